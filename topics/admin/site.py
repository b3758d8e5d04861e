"""The admin site: "my work" in front, the desks' acts beside the lists, and no deletion anywhere."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _

from topics.admin.desk.landing import landing
from topics.admin.desk.urls import desk_urls

GROUPS = (
    ("writing", _("Writing"), ("Article", "Version", "Author")),
    ("publishing", _("Publishing"), ("Edition", "Notice")),
    ("people", _("People"), ("User", "Reviewer", "Specialty")),
    ("rules", _("Rules"), ("Category", "ReviewPolicy")),
    ("record", _("Record"), ("AuditEntry",)),
)
"""The sidebar: what belongs together, in the order in which people look for it."""


class SignoffAdminSite(AdminSite):
    """Lists and forms of this project's models only; the five roles are fixed, so no groups."""

    site_header = site_title = "Signoff"
    index_title = _("My work")
    site_url = None
    empty_value_display = "–"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.disable_action("delete_selected")

    def register(self, model_or_iterable, admin_class=None, **options):
        """Registers this project's models; Django's groups, which hold our roles, stay out of forms."""
        models = (
            model_or_iterable if isinstance(model_or_iterable, (list, tuple)) else [model_or_iterable]
        )
        ours = [model for model in models if model._meta.app_label == "topics"]
        super().register(ours, admin_class, **options)

    def get_urls(self):
        return [*desk_urls(self), *super().get_urls()]

    def index(self, request, extra_context=None):
        return landing(request, self)

    def get_app_list(self, request, app_label=None):
        """One heading per group of `GROUPS`; the page of the app itself keeps Django's single list."""
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        known = {model["object_name"]: model for app in apps for model in app["models"]}
        return [
            {
                "name": label,
                "app_label": slug,
                "app_url": "",
                "has_module_perms": True,
                "models": [known[name] for name in names if name in known],
            }
            for slug, label, names in GROUPS
            if any(name in known for name in names)
        ]
