"""Reviewers with their credentials, and authors: the people as they are printed with an article."""

import re

from django import forms
from django.contrib import admin
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from topics.admin.base import RefusableForm
from topics.admin.columns import badge
from topics.admin.configuration import ConfigurationAdmin
from topics.admin.lists.filters import Links
from topics.admin.lists.of_work import QueueFilter
from topics.admin.specialties import TickedSpecialties
from topics.content.languages import canonical_tag, language_name
from topics.models import Credential, ReviewerLanguage
from topics.models.article import LANGUAGE
from topics.rules.review_dates import utc_day


class LanguagesField(forms.CharField):
    """Tags of languages in one line, parted by commas or spaces."""

    def __init__(self, **kwargs):
        super().__init__(required=False, widget=admin.widgets.AdminTextInputWidget, **kwargs)

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, (list, tuple)) else value

    def clean(self, value):
        tags = [canonical_tag(typed) for typed in re.split(r"[,;\s]+", super().clean(value)) if typed]
        for tag in tags:
            if not LANGUAGE.fullmatch(tag):
                raise forms.ValidationError(
                    _("“%(tag)s” is no BCP 47 tag. Name languages as en, es or es-MX."),
                    params={"tag": tag},
                )
        return sorted(set(tags))

    def has_changed(self, initial, data):
        try:
            return sorted(initial or []) != self.clean(data)
        except forms.ValidationError:
            return True


class ReviewerForm(RefusableForm):
    languages = LanguagesField(
        label=_("Reviews in"),
        help_text=_(
            "Tags of the languages that this person reads well enough to sign, such as en, es. "
            "A base language covers its regions: es covers es-MX."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["languages"] = [known.language for known in self.instance.languages.all()]


class LanguageFilter(Links):
    """By a language in which they review."""

    title = _("reviews in")
    parameter_name = "reads"

    def lookups(self, request, model_admin):
        tags = ReviewerLanguage.objects.order_by("language").values_list("language", flat=True)
        return [(tag, language_name(tag)) for tag in tags.distinct()]

    def narrow(self, rows, value):
        return rows.filter(languages__language=value)


class CredentialInline(admin.TabularInline):
    """A reviewer's licences. One that was entered stays: a renewal is a new row."""

    model = Credential
    extra = 0
    can_delete = False
    fields = ["title", "issuer", "number", "valid_from", "expires_on"]


class CredentialFilter(Links):
    title = _("credential")
    parameter_name = "credential"

    def lookups(self, request, model_admin):
        return [("valid", _("In date")), ("expired", _("Expired or none"))]

    def narrow(self, rows, value):
        in_date = Q(valid_until__gte=utc_day(timezone.now()))
        return rows.filter(in_date) if value == "valid" else rows.exclude(in_date)


class ReviewerAdmin(TickedSpecialties, ConfigurationAdmin):
    form = ReviewerForm
    list_display = ("name", "credentials", "qualified_in", "reads", "account", "licence", "valid_to")
    list_filter = (QueueFilter, CredentialFilter, LanguageFilter, "specialties")
    list_select_related = ("user",)
    search_fields = ("name", "user__username")
    ordering = ("name", "pk")
    autocomplete_fields = ("user",)
    inlines = (CredentialInline,)
    lines = ("languages",)
    fields = ["name", "credentials", "user", "specialties", "languages", "disclosure", "biography"]

    def get_queryset(self, request):
        reviewers = super().get_queryset(request).prefetch_related("specialties", "languages")
        started = Q(credential_set__valid_from__lte=utc_day(timezone.now()))
        return reviewers.annotate(valid_until=Max("credential_set__expires_on", filter=started))

    @admin.display(description=_("specialties"))
    def qualified_in(self, reviewer):
        return ", ".join(specialty.name for specialty in reviewer.specialties.all()) or None

    @admin.display(description=_("reviews in"))
    def reads(self, reviewer):
        return ", ".join(known.language for known in reviewer.languages.all()) or None

    def get_fields(self, request, obj=None):
        if obj is None or self.has_change_permission(request, obj):
            return self.fields
        shown = {"languages": "reads", "user": "account"}  # Not with a link to what they may not open.
        return [shown.get(name, name) for name in self.fields]

    def get_readonly_fields(self, request, obj=None):
        return ("reads", "account")

    def get_form(self, request, obj=None, change=False, **kwargs):
        # The languages are rows of their own, which only this form shows as one line.
        kwargs["fields"] = [name for name in self.fields if name != "languages"]
        return super().get_form(request, obj, change=change, **kwargs)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if "languages" in form.changed_data:
            chosen = form.cleaned_data["languages"]
            kept = form.instance.languages
            kept.exclude(language__in=chosen).delete()
            for language in chosen:
                kept.get_or_create(language=language)

    @admin.display(description=_("account"), ordering="user__username")
    def account(self, reviewer):
        return reviewer.user

    @admin.display(description=_("credential"), ordering="valid_until")
    def licence(self, reviewer):
        if reviewer.valid_until is None:
            return badge("expired", _("None in date"))
        if reviewer.valid_until < utc_day(timezone.now()):
            return badge("expired", _("Expired"))
        return badge("current", _("In date"))

    @admin.display(description=_("until"), ordering="valid_until")
    def valid_to(self, reviewer):
        return reviewer.valid_until


class AuthorAdmin(TickedSpecialties, ConfigurationAdmin):
    list_display = ("name", "credentials", "account")
    list_select_related = ("user",)
    search_fields = ("name", "user__username")
    fields = ["name", "credentials", "user", "specialties", "disclosure", "biography"]

    def get_autocomplete_fields(self, request):
        # A writer may add an author, but not look through the accounts.
        return ["user"] if request.user.has_perm("topics.view_user") else []

    def get_fields(self, request, obj=None):
        may = request.user.has_perm("topics.view_user")
        return self.fields if may else [name for name in self.fields if name != "user"]

    @admin.display(description=_("account"), ordering="user__username")
    def account(self, author):
        return author.user
