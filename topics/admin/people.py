"""Accounts: who may sign in, in which of the five roles."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from topics.admin.base import ConfigurationAdmin, RefusableForm
from topics.admin.columns import badge
from topics.models import User
from topics.workflow.roles import ROLES

ROLE_LABELS = {role.name: role.label for role in ROLES}


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


class NewAccountForm(RefusableForm, AdminUserCreationForm):
    usable_password = None
    groups = RolesField()

    class Meta(AdminUserCreationForm.Meta):
        model = User
        fields = ("username",)


class AccountAdmin(ConfigurationAdmin, DjangoUserAdmin):
    """Whoever has a role may sign in. Nobody gives roles to themselves, or rights beyond a role."""

    form = AccountForm
    add_form = NewAccountForm
    list_display = ("username", "full_name", "email", "roles", "active", "last_login")
    list_filter = ("groups", "is_active", "is_superuser")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email"]}),
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
        with transaction.atomic():
            return super().user_change_password(request, id, form_url)
