"""The demo's story, and what it prints."""

from io import StringIO

from django.core.management import call_command


def demo(**options):
    """What the demo prints."""
    out = StringIO()
    call_command("demo", no_serve=True, stdout=out, **options)
    return out.getvalue()
