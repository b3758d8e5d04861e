"""The admin site: "my work" in front, the desks' acts beside the lists, and no deletion anywhere."""

from django.contrib.admin import AdminSite
from django.contrib.auth.views import PasswordChangeView
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog

from topics.admin.desk.landing import landing
from topics.admin.desk.urls import desk_urls
from topics.admin.navigation import navigation
from topics.admin.own_password import OwnPasswordForm
from topics.admin.session import session


class SignoffAdminSite(AdminSite):
    """Lists and forms of this project's models only; the five roles are fixed, so no groups."""

    site_header = site_title = "Signoff"
    index_title = _("My work")
    site_url = None
    empty_value_display = "–"
    enable_nav_sidebar = False

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
        return [path("session/", session, name="session"), *desk_urls(self), *super().get_urls()]

    def i18n_javascript(self, request, extra_context=None):
        """The words of scripts: Django's, the editor's and our own."""
        packages = ["django.contrib.admin", "django_prose_editor", "topics"]
        return JavaScriptCatalog.as_view(packages=packages)(request)

    def password_change(self, request, extra_context=None):
        """As Django's own, which takes no other form."""
        request.current_app = self.name
        return PasswordChangeView.as_view(
            form_class=OwnPasswordForm,
            success_url=reverse("admin:password_change_done"),
            extra_context={**self.each_context(request), **(extra_context or {})},
        )(request)

    def index(self, request, extra_context=None):
        return landing(request, self)

    def each_context(self, request):
        """What the frame of every page shows: the places that this person may open."""
        context = super().each_context(request)
        if not context["has_permission"]:
            return context
        models = {
            model["object_name"]: model for app in context["available_apps"] for model in app["models"]
        }
        return {**context, "navigation": navigation(request, self, models)}
