"""Writes the words that the lists are searched by anew, from the versions as they are."""

from django.core.management.base import BaseCommand
from django.db import transaction

from topics.models import Version, VersionWord


class Command(BaseCommand):
    help = "Writes anew the words by which the admin's lists are searched."

    def handle(self, *args, **options):
        with transaction.atomic():
            VersionWord.objects.all().delete()
            filled = VersionWord.objects.fill(Version.objects.all())
        self.stdout.write(f"{filled} versions can be found by their words.")
