"""Reviewers with their credentials, and authors: the people as they are printed with an article."""

from django.contrib import admin
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from topics.admin.base import ConfigurationAdmin
from topics.admin.columns import badge
from topics.models import Credential
from topics.rules.review_dates import utc_day


class CredentialInline(admin.TabularInline):
    """A reviewer's licences. One that was entered stays: a renewal is a new row."""

    model = Credential
    extra = 0
    can_delete = False
    fields = ["title", "issuer", "number", "valid_from", "expires_on"]


class CredentialFilter(admin.SimpleListFilter):
    title = _("credential")
    parameter_name = "credential"

    def lookups(self, request, model_admin):
        return [("valid", _("In date")), ("expired", _("Expired or none"))]

    def queryset(self, request, queryset):
        today = utc_day(timezone.now())
        valid = Q(valid_until__gte=today)
        if self.value() == "valid":
            return queryset.filter(valid)
        return queryset.exclude(valid) if self.value() == "expired" else queryset


class ReviewerAdmin(ConfigurationAdmin):
    list_display = ("name", "credentials", "qualified_in", "account", "licence", "valid_to")
    list_filter = (CredentialFilter, "specialties")
    list_select_related = ("user",)
    search_fields = ("name", "user__username")
    filter_horizontal = ("specialties",)
    autocomplete_fields = ("user",)
    inlines = (CredentialInline,)
    fields = ["name", "credentials", "user", "specialties", "disclosure", "biography"]

    def get_queryset(self, request):
        reviewers = super().get_queryset(request).prefetch_related("specialties")
        started = Q(credential_set__valid_from__lte=utc_day(timezone.now()))
        return reviewers.annotate(valid_until=Max("credential_set__expires_on", filter=started))

    @admin.display(description=_("specialties"))
    def qualified_in(self, reviewer):
        return ", ".join(specialty.name for specialty in reviewer.specialties.all()) or None

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


class AuthorAdmin(ConfigurationAdmin):
    list_display = ("name", "credentials", "account")
    list_select_related = ("user",)
    search_fields = ("name", "user__username")
    fields = ["name", "credentials", "biography", "user"]

    def get_autocomplete_fields(self, request):
        # A writer may add an author, but not look through the accounts.
        return ["user"] if request.user.has_perm("topics.view_user") else []

    def get_fields(self, request, obj=None):
        may = request.user.has_perm("topics.view_user")
        return self.fields if may else [name for name in self.fields if name != "user"]

    @admin.display(description=_("account"), ordering="user__username")
    def account(self, author):
        return author.user
