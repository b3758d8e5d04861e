"""The five roles as data: what each may do and see. Installed as Django groups after every migrate."""

from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

CONTENT = (
    *("article", "version", "versionauthor", "reference", "code", "relatedarticle"),
    *("category", "author", "edition", "sourcestatement"),
)
REVIEW = ("requirement", "assignment", "signoff", "remark", "reviewer", "specialty")
RULES = ("reviewpolicy", "policyrole", "notice", "withdrawal")


def view(*models):
    return tuple(f"view_{model}" for model in models)


def manage(*models):
    return tuple(f"{verb}_{model}" for model in models for verb in ("add", "change", "view"))


@dataclass(frozen=True)
class Role:
    """A role's group name, what people call it, and its permissions (codenames of this app)."""

    name: str
    label: str
    permissions: tuple


DRAFTING = (
    *("create_article", "edit_version", "submit_version", "share_version", "answer_remark"),
    *manage("author"),
)

ROLES = (
    Role("writer", _("Writer"), (*DRAFTING, *view(*CONTENT, *REVIEW, *RULES))),
    Role(
        "editor",
        _("Editor"),
        (
            *DRAFTING,
            *("send_version", "return_version", "assign_reviewer", "remark_version"),
            *view(*CONTENT, *REVIEW, *RULES, "credential", "auditentry"),
        ),
    ),
    Role(
        "medical_reviewer",
        _("Medical reviewer"),
        (
            *("sign_version", "remark_version"),
            *view("article", "version", "assignment", "signoff", "edition", "remark"),
        ),
    ),
    Role(
        "publisher",
        _("Publisher"),
        (
            *("release_version", "return_version", "share_version", "remark_version"),
            *view(*CONTENT, *REVIEW, *RULES, "credential", "auditentry"),
            "add_notice",
        ),
    ),
    Role(
        "administrator",
        _("Administrator"),
        (
            *manage("user", "author", "reviewer", "credential", "specialty"),
            *manage("category", "reviewpolicy", "policyrole"),
            *manage("licensee", "directoryentry"),
            *("delete_policyrole", "add_notice"),
            *view("licence", "apikey", "usage"),
            *view(*CONTENT, *REVIEW, *RULES, "auditentry"),
        ),
    ),
)

ROLE_LABELS = {role.name: role.label for role in ROLES}
"""What people call each role, by the name of its group."""


def ensure_roles(using="default"):
    """Makes each group hold exactly its role's permissions. Safe to repeat."""
    types = ContentType.objects.using(using).filter(app_label="topics")
    permissions = Permission.objects.using(using).filter(content_type__in=types)
    known = {permission.codename: permission for permission in permissions}
    for role in ROLES:
        group, _created = Group.objects.using(using).get_or_create(name=role.name)
        group.permissions.set([known[name] for name in role.permissions])


def join(user, role):
    """Gives an account a role."""
    user.groups.add(Group.objects.get(name=role))
