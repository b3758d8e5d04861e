"""What a freshly migrated database needs: its walls, the roles, and the words to search by."""

from django.contrib.auth.management import create_permissions

from topics.models import Version, VersionWord
from topics.models.walls import install
from topics.workflow.roles import ensure_roles


def prepare_database(*, app_config, using, **kwargs):
    """Raises the walls anew, because SQLite drops triggers when a migration rebuilds their table."""
    install(using)
    # Django makes permissions in a receiver of its own, which may run after this one.
    create_permissions(app_config, verbosity=0, using=using)
    ensure_roles(using)
    VersionWord.objects.using(using).fill(Version.objects.using(using).all())
