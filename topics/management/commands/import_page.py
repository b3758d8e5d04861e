"""`manage.py import_page FILE`: makes a draft from an attributed page that was saved as plain text."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from topics.importing.attributed_page import MAX_BYTES, UnreadablePage, read_page
from topics.importing.draft import draft_from
from topics.models import Category


class Command(BaseCommand):
    help = (
        "Makes a draft from a plain-text page with title, text, credit lines and notices. "
        "Nothing is published; the source's dates and reviewers are kept as what it stated."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the page, plain text in UTF-8, at most 2 MB")
        parser.add_argument("--category", help="slug of the article's category")
        parser.add_argument("--language", default="en", help="BCP 47 tag (default: en)")
        parser.add_argument("--slug", help="the article's address (default: made from the title)")

    def handle(self, *, file, category, language, slug, **options):
        page = self.read(file)
        try:
            imported = draft_from(
                page,
                file_name=file.name,
                category=self.category(category),
                language=language,
                slug=slug,
            )
        except UnreadablePage as error:
            raise CommandError(f"{file}: {str(error).rstrip('.')}. Nothing was imported.") from error
        except ValidationError as error:
            raise CommandError(
                f"{file}: {' '.join(error.messages)} Nothing was imported."
                " Another address can be given with --slug."
            ) from error
        self.report(page, imported)

    def read(self, file):
        try:
            with file.open("rb") as opened:
                return read_page(opened.read(MAX_BYTES + 1))
        except OSError as error:
            raise CommandError(f"{file} can't be read: {error.strerror}.") from error
        except UnreadablePage as error:
            raise CommandError(f"{file}: {str(error).rstrip('.')}. Nothing was imported.") from error

    def category(self, slug):
        if slug is None:
            return None
        try:
            return Category.objects.get(slug=slug)
        except Category.DoesNotExist:
            known = ", ".join(Category.objects.values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"There is no category “{slug}”. Known: {known}.") from None

    def report(self, page, imported):
        version = imported.version
        say = self.stdout.write
        say(self.style.SUCCESS(f"Draft of “{version.title}” ({version.article}), public id "))
        say(f"  {version.article.public_id}, in the category “{version.article.category}”.")
        stated = page.source_date.isoformat() if page.source_date else "no date"
        say(f"  The source states: last updated {stated}. The review date stays unknown.")
        for credit in page.reviewers:
            stated = f"{credit.name}, {credit.credentials}, {credit.specialty}"
            say(f"  The source states: reviewed by {stated}.")
        for person in imported.new_authors:
            say(f"  New author: {person}")
        for person in imported.new_reviewers:
            say(f"  New reviewer, without an account: {person}")
        for notice in imported.notices:
            say(f"  Notice, in force only once a publisher says so: {notice.get_kind_display()}")
        for item in imported.left_out:
            say(f"  Left out, line {item.line}: {item.text} ({item.reason})")
        say("  Nothing was published. A writer can go on with it in the admin.")
