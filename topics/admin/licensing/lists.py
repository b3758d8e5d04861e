"""Licensees and their directories as lists and forms."""

from datetime import timedelta

from django import forms
from django.contrib import admin
from django.db.models import Count, Max, OuterRef, Q, Subquery, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from topics.admin.base import RefusableForm
from topics.admin.columns import badge
from topics.admin.configuration import ConfigurationAdmin
from topics.admin.editor import LinesField
from topics.admin.moments import clock
from topics.admin.specialties import TickedSpecialties
from topics.content.canonical import canonical
from topics.models import ApiKey, AuditEntry, Licence, Licensee, Notice, Usage
from topics.publishing.directory import place_directory
from topics.publishing.licences import ACT
from topics.rules.review_dates import utc_day


class LicenseeForm(RefusableForm):
    site_names = LinesField(
        label=_("Site names"),
        required=False,
        help_text=Licensee._meta.get_field("site_names").help_text,
    )

    class Meta:
        model = Licensee
        fields = ["name", "site_names", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "site_names" in self.fields:
            self.fields["site_names"].widget.attrs["rows"] = 3
            self.fields["note"].widget.attrs["rows"] = 4


def standing(licence, *, at):
    """The badge of a licence: in effect, still to come, ended, or none at all."""
    if licence is None:
        return badge("draft", _("None"))
    if licence.is_in_effect(at=at):
        return badge("in_force", _("In effect"))
    return badge("scheduled", _("To come")) if licence.starts_at > at else badge("expired", _("Ended"))


def licence_of(licensee, *, at):
    """The licence that counts now, else the next to come, or None."""
    ahead = licensee.licences.filter(starts_at__gt=at).order_by("starts_at", "-pk")
    return licensee.licences.begun(at=at).first() or ahead.first()


class LicenseeAdmin(ConfigurationAdmin):
    form = LicenseeForm
    list_display = ("name", "licensed", "until", "keys_in_use", "used")
    search_fields = ("name",)
    ordering = ("name",)
    fields = ["name", "site_names", "note"]
    change_form_template = "topics/licensing/licensee.html"

    def get_queryset(self, request):
        now = timezone.now()
        alive = Q(keys__revoked_at=None) & (Q(keys__expires_at=None) | Q(keys__expires_at__gt=now))
        begun = Licence.objects.filter(licensee=OuterRef("pk")).begun(at=now)
        licensees = super().get_queryset(request)
        return licensees.annotate(
            alive_keys=Count("keys", filter=alive, distinct=True),
            last_used=Max("keys__last_used_at"),
            licence_begun=Subquery(begun.values("starts_at")[:1]),
            licence_ends=Subquery(begun.values("ends_at")[:1]),
        )

    @admin.display(description=_("licence"))
    def licensed(self, licensee):
        if licensee.licence_begun is None:
            return badge("draft", _("None"))
        if licensee.licence_ends and licensee.licence_ends <= timezone.now():
            return badge("expired", _("Ended"))
        return badge("in_force", _("In effect"))

    @admin.display(description=_("until"), ordering="licence_ends")
    def until(self, licensee):
        return clock(licensee.licence_ends)

    @admin.display(description=_("keys in use"), ordering="alive_keys")
    def keys_in_use(self, licensee):
        return licensee.alive_keys

    @admin.display(description=_("last used"), ordering="last_used")
    def used(self, licensee):
        return clock(licensee.last_used)

    def entries_about(self, licensee):
        about = canonical({"model": "licensee"})[1:-1]
        key = canonical({"pk": str(licensee.pk)})[1:-1]
        acts = AuditEntry.objects.filter(act__in=("configure", ACT, "make_key", "revoke_key"))
        return acts.filter(detail__contains=about).filter(
            Q(detail__contains=f"{key},") | Q(detail__contains=f"{key}}}")
        )

    def render_change_form(self, request, context, *args, **kwargs):
        licensee = kwargs.get("obj")
        if licensee is not None:
            context |= stand_of(licensee, at=timezone.now())
        return super().render_change_form(request, context, *args, **kwargs)


def stand_of(licensee, *, at):
    """What the page of a licensee shows beside its form."""
    licence = licence_of(licensee, at=at)
    month = Usage.objects.filter(key__licensee=licensee, day__gt=utc_day(at - timedelta(days=30)))
    return {
        "licence": licence,
        "licence_standing": standing(licence, at=at),
        "keys": ApiKey.objects.alive(at=at).filter(licensee=licensee),
        "own_notices": own_notices(licensee, at=at),
        "listed": licensee.directory.filter(is_listed=True).count(),
        "month": month.aggregate(n=Sum("requests"))["n"] or 0,
    }


def own_notices(licensee, *, at):
    """The newest notice of each kind and language that has begun, without those given back."""
    newest = {}
    for notice in Notice.objects.filter(licensee=licensee, in_force_from__lte=at).order_by(
        "in_force_from"
    ):
        newest[notice.kind, notice.language] = notice
    return [newest[key] for key in sorted(newest) if newest[key].text]


class DirectoryEntryForm(RefusableForm):
    url = forms.URLField(
        label=_("Address on the web"),
        required=False,
        assume_scheme="https",
        widget=admin.widgets.AdminURLFieldWidget,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "description" in self.fields:
            self.fields["description"].widget.attrs["rows"] = 4


class DirectoryEntryAdmin(TickedSpecialties, ConfigurationAdmin):
    form = DirectoryEntryForm
    list_display = ("name", "kind", "licensee", "beside", "is_listed")
    list_filter = ("licensee", "kind", "is_listed")
    list_select_related = ("licensee",)
    search_fields = ("name",)
    fieldsets = (
        (None, {"fields": ["licensee", "kind", "name", "credentials", "is_listed"]}),
        (_("What is shown"), {"fields": ["description", "telephone", "url"]}),
        (
            _("With which articles"),
            {
                "fields": ["categories", "specialties"],
                "description": _(
                    "Those of the categories and all below them, and those of every category "
                    "whose own specialty is ticked."
                ),
            },
        ),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("categories", "specialties")

    @admin.display(description=_("with articles of"))
    def beside(self, entry):
        named = [*entry.categories.all(), *entry.specialties.all()]
        return ", ".join(map(str, named)) or None

    def get_readonly_fields(self, request, obj=None):
        return ["licensee"] if obj else []

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "categories":
            kwargs["widget"] = forms.CheckboxSelectMultiple(attrs={"class": "ticks"})
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        place_directory(self.model.objects.filter(pk=form.instance.pk))
