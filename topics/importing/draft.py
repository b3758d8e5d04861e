"""From an attributed page to a draft: people, parts and notices, and what the source said of itself."""

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.text import slugify

from topics.importing.attributed_page import AttributedPage, UnreadablePage
from topics.models import (
    Author,
    Category,
    Notice,
    Reviewer,
    SourceStatement,
    Specialty,
    User,
    Version,
    VersionAuthor,
)
from topics.workflow import drafting
from topics.workflow.ledger import begin_act, record
from topics.workflow.roles import join

IMPORTER = "importer"
"""The account in whose name pages are imported: a writer that nobody can log in as."""

UNSORTED = "unsorted"
"""The category of imports that name none. It has no review policy, so nothing is submitted from it."""

ROLES = ("primary", "specialist")
"""What the source's reviewers were, in the order in which it names them."""


@dataclass(frozen=True)
class Imported:
    """What an import made: the draft, the people it did not know, the notices, what it left out."""

    version: Version
    new_authors: tuple
    new_reviewers: tuple
    notices: tuple
    left_out: tuple


def importer():
    user, created = User.objects.get_or_create(
        username=IMPORTER, defaults={"first_name": "Import", "last_name": "of pages"}
    )
    if created:
        user.set_unusable_password()
        user.save()
        join(user, "writer")
    return user


def unsorted_category():
    return Category.objects.get_or_create(slug=UNSORTED, defaults={"name": "Unsorted imports"})[0]


@transaction.atomic
def draft_from(page: AttributedPage, *, file_name, category=None, language="en", slug=None, at=None):
    """Makes a draft of a new article from a page, and returns an `Imported`; nothing goes public.

    The stated date and reviewers are kept as the source's statement: the article has no review date
    until reviewers of this installation sign it. Notices are kept without a beginning, so that none
    is in force until a publisher says so.

    Raises `ValidationError` where slug or language are not acceptable or taken, and
    `UnreadablePage` where the page names a person twice or makes no slug.
    """
    actor = importer()
    refuse_repeated(page.authors, "author")
    refuse_repeated(page.reviewers, "reviewer")
    slug = slug or slugify(page.title)[:120].strip("-")
    if not slug:
        raise UnreadablePage(1, "the title gives no slug; expected: one is given with --slug")
    version = drafting.create_article(
        actor=actor,
        slug=slug,
        language=language,
        category=category or unsorted_category(),
        title=page.title,
        body=page.body_html,
        internal_note=f"Imported from {file_name}.",
        at=at,
    )
    at = begin_act(at=version.created_at)
    authors, new_authors = people(page.authors, author)
    reviewers, new_reviewers = people(page.reviewers, reviewer)
    for position, known in enumerate(authors, start=1):
        VersionAuthor.objects.create(version=version, author=known, position=position)
    notices = tuple(
        Notice.objects.create(
            kind=notice.kind, language=language, text=notice.text, created_by=actor, created_at=at
        )
        for notice in page.notices
        if not Notice.objects.filter(kind=notice.kind, language=language, text=notice.text).exists()
    )
    SourceStatement.objects.create(
        version=version,
        file_name=file_name,
        stated_date=page.source_date,
        stated_reviewers=[
            {"role": stated_role(index), "reviewer": known.pk, **asdict(credit)}
            for index, (credit, known) in enumerate(zip(page.reviewers, reviewers, strict=True))
        ],
        left_out=[asdict(item) for item in page.left_out],
        imported_at=at,
    )
    record("import_page", actor=actor, at=at, version=version, file=file_name)
    return Imported(version, new_authors, new_reviewers, notices, page.left_out)


def stated_role(index):
    return ROLES[index] if index < len(ROLES) else ""


def refuse_repeated(credits, kind):
    names = [credit.name for credit in credits]
    for name in names:
        if names.count(name) > 1:
            raise UnreadablePage(None, f"{name} is named twice as {kind}; expected: each person once")


def people(credits, make):
    """The rows of the credited people, in order, and which of them were not known before."""
    found = [make(credit) for credit in credits]
    return [row for row, _created in found], tuple(row for row, created in found if created)


def author(credit):
    return known_or_made(Author, credit)


def known_or_made(model, credit):
    """The person who is credited so, the first where several are, and whether it was made for that."""
    printed = {"name": credit.name, "credentials": credit.credentials}
    known = model.objects.filter(**printed).order_by("pk").first()
    return known or model.objects.create(**printed), known is None


def reviewer(credit):
    known, created = known_or_made(Reviewer, credit)
    if created:
        known.specialties.add(Specialty.objects.get_or_create(name=credit.specialty)[0])
    return known, created
