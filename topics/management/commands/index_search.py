"""Makes the index of search anew; searching itself keeps it in step afterwards."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from topics.publishing.search import index


class Command(BaseCommand):
    help = "Makes the search index anew from the editions in force."

    def handle(self, *args, **options):
        for left in index.rebuild(at=timezone.now()):
            if left:
                self.stdout.write(f"{left} editions to go")
        self.stdout.write("The search index is in step.")
