"""`manage.py rotate_key`: a new key signs provenance from now on; the former ones stay published."""

import os
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from topics.publishing.keys import parsed, rotated


class Command(BaseCommand):
    help = (
        "Makes a new signing key. Keys in a file are replaced there; keys from the environment are "
        "printed, private part included, to be put into SIGNING_KEYS."
    )

    def handle(self, **options):
        if settings.SIGNING_KEYS:
            self.stdout.write(rotated(settings.SIGNING_KEYS))
            return
        path = Path(settings.SIGNING_KEYS_FILE)
        text = rotated(path.read_text(encoding="utf-8"))
        aside = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
        aside.replace(path)
        signs, *others = (key["kid"] for key in parsed(text))
        self.stdout.write(f"{signs} signs from now on. Still published: {', '.join(others)}.")
