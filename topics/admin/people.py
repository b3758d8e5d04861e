"""Accounts: who may sign in, in which of the five roles."""

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AdminUserCreationForm,
    UserChangeForm,
)
from django.contrib.auth.models import Group
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from topics.admin.base import RefusableForm
from topics.admin.columns import badge
from topics.admin.configuration import ConfigurationAdmin
from topics.admin.desk.me import TimeZoneField
from topics.admin.lists.filters import Links
from topics.models import User
from topics.workflow.ledger import begin_act
from topics.workflow.roles import ROLE_LABELS


class RolesField(forms.ModelMultipleChoiceField):
    """The five roles by what people call them."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        roles = Group.objects.filter(name__in=ROLE_LABELS).order_by("name")
        super().__init__(queryset=roles, required=False, label=_("Roles"), **kwargs)

    def label_from_instance(self, group):
        return ROLE_LABELS[group.name]


class AccountForm(RefusableForm, UserChangeForm):
    groups = RolesField()
    time_zone = TimeZoneField()


class NewAccountForm(RefusableForm, AdminUserCreationForm):
    usable_password = None
    groups = RolesField()

    class Meta(AdminUserCreationForm.Meta):
        model = User
        fields = ("username",)


class PasswordForm(AdminPasswordChangeForm):
    """A new password for somebody. There is no other way to sign in, so none is taken away here."""

    def __init__(self, user, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        self.fields.pop("usable_password", None)
        for field in self.fields.values():
            field.required = True


class RoleFilter(Links):
    title = _("role")
    parameter_name = "role"

    def lookups(self, request, model_admin):
        return list(ROLE_LABELS.items())

    def narrow(self, rows, value):
        return rows.filter(groups__name=value)


class AccountAdmin(ConfigurationAdmin, DjangoUserAdmin):
    """Whoever has a role may sign in. Nobody gives roles to themselves, or rights beyond a role."""

    form = AccountForm
    add_form = NewAccountForm
    change_password_form = PasswordForm
    list_display = ("username", "full_name", "email", "roles", "active", "last_login")
    list_filter = (RoleFilter, "is_active", "is_superuser")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email", "time_zone"]}),
        (_("Access"), {"fields": ["is_active", "groups", "last_login", "date_joined"]}),
    )
    add_fieldsets = (
        (
            None,
            {
                "fields": [
                    *("username", "password1", "password2"),
                    *("first_name", "last_name", "email", "groups"),
                ]
            },
        ),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj and request.user.is_superuser:
            return [*fieldsets, (_("Beyond the roles"), {"fields": ["is_superuser"]})]
        return fieldsets

    @admin.display(description=_("name"), ordering="last_name")
    def full_name(self, account):
        return account.get_full_name() or None

    @admin.display(description=_("roles"))
    def roles(self, account):
        names = [str(ROLE_LABELS.get(group.name, group.name)) for group in account.groups.all()]
        if account.is_superuser:
            names.insert(0, str(_("Superuser")))
        return ", ".join(names) or None

    @admin.display(description=_("account"), ordering="is_active")
    def active(self, account):
        return badge("current", _("Active")) if account.is_active else badge("expired", _("Closed"))

    def has_change_permission(self, request, obj=None):
        may = super().has_change_permission(request, obj)
        return may and (obj is None or request.user.is_superuser or not obj.is_superuser)

    def get_readonly_fields(self, request, obj=None):
        fixed = ["last_login", "date_joined"]
        if obj == request.user and not request.user.is_superuser:
            fixed += ["groups", "is_active"]
        return fixed

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        account = form.instance
        account.is_staff = account.is_superuser or account.groups.exists()
        account.save(update_fields=["is_staff"])

    def user_change_password(self, request, id, form_url=""):
        """Sets another's password. One's own is changed where the old one is asked for.

        Else a session that was left open could set a password, and then sign with it.
        """
        with transaction.atomic():
            account = self.get_object(request, unquote(id))
            if account == request.user:
                return HttpResponseRedirect(reverse(f"{self.admin_site.name}:password_change"))
            if request.method == "POST" and account and self.has_change_permission(request, account):
                request.act_at = begin_act()
                request.before = self.state(account, lock=True)
            return super().user_change_password(request, id, form_url)
