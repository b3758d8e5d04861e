"""Django's registration of the app: installs the database's walls and the roles after migrating."""

from django.apps import AppConfig
from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class TopicsConfig(AppConfig):
    name = "topics"
    verbose_name = _("Signoff")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        # By name, because models can't be imported before the registry is ready.
        prepare = import_string("topics.workflow.prepare.prepare_database")
        post_migrate.connect(prepare, sender=self)
        post_migrate.connect(import_string("topics.publishing.search.index.prepare"), sender=self)


class SignoffAdminConfig(AdminConfig):
    default_site = "topics.admin.site.SignoffAdminSite"

    def ready(self):
        super().ready()
        # By name, as above; and not by autodiscovery, which comes while the site is being made.
        import_string("topics.admin.pages.register")(admin.site)
