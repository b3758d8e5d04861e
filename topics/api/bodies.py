"""The bodies of replies as serializers, for the schema alone: nothing is served through them."""

from rest_framework import serializers as s

from topics.publishing.removal import SEVERITIES
from topics.vocabulary import (
    Audience,
    ChangeKind,
    CodeSystem,
    Meaning,
    NoticeKind,
    ReviewStatus,
    Severity,
    WithdrawalKind,
)

STATUS = ["in_force", "superseded", "withdrawn", "expired"]
STATUS_OF_SHOWN = "How it stands now, also where an earlier instant was asked for."


def choice(words, **more):
    return s.ChoiceField(choices=list(words), **more)


class Section(s.Serializer):
    id = s.CharField(help_text="The anchor; `lead` stands before the first heading.")
    heading = s.CharField(allow_null=True)
    html = s.CharField(
        help_text="Its own content, without its subsections, in a strict vocabulary. A link to another "
        "article is `article:` and its id; `links` has those that can be followed."
    )
    text = s.CharField(help_text="The same as plain text.")

    def get_fields(self):
        return super().get_fields() | {"sections": Section(many=True)}


class Author(s.Serializer):
    name = s.CharField()
    credentials = s.CharField()


class Reference(s.Serializer):
    title = s.CharField()
    url = s.CharField()
    doi = s.CharField()
    pmid = s.CharField()


class Code(s.Serializer):
    system = choice(CodeSystem.values)
    code = s.CharField()
    display = s.CharField()


class Review(s.Serializer):
    role = s.CharField()
    name = s.CharField(help_text="As printed on the day of signing; so are the next three.")
    credentials = s.CharField()
    specialty = s.CharField()
    disclosure = s.CharField()
    meaning = choice(Meaning.values)
    statement = s.CharField(help_text="What the reviewer stated by signing.")
    signed_at = s.DateTimeField()
    version = s.IntegerField(help_text="The version that was signed.")
    digest = s.CharField(help_text="The digest that was signed.")


class CategoryName(s.Serializer):
    slug = s.CharField()
    name = s.CharField()


class LinkedArticle(s.Serializer):
    id = s.UUIDField()
    slug = s.CharField()
    language = s.CharField()
    title = s.CharField()
    url = s.CharField(help_text="A path on this host.")


class Notice(s.Serializer):
    kind = choice(NoticeKind.values)
    text = s.CharField()
    in_force_from = s.DateTimeField()


class Site(s.Serializer):
    """Whose key asked."""

    organisation = s.CharField()
    names = s.ListField(child=s.CharField(), help_text="As its pages print them around an article.")


class ListedInDirectory(s.Serializer):
    """A physician or a service of the licensee. What is not known is an empty text."""

    name = s.CharField()
    credentials = s.CharField()
    description = s.CharField()
    url = s.CharField()
    telephone = s.CharField()
    specialties = s.ListField(child=s.CharField())


class Withdrawal(s.Serializer):
    kind = choice(WithdrawalKind.values)
    explanation = s.CharField()
    withdrawn_at = s.DateTimeField()
    effective_at = s.DateTimeField()
    replacement = LinkedArticle(allow_null=True, help_text="Named only while it is in force itself.")


class FromRecord(s.Serializer):
    """What is frozen with each edition."""

    slug = s.CharField()
    category = CategoryName()
    edition = s.IntegerField()
    version = s.IntegerField()
    change_kind = choice(ChangeKind.values)
    change_note = s.CharField()
    first_published = s.DateTimeField()
    published = s.DateTimeField(help_text="When this edition came into force.")
    modified = s.DateTimeField(help_text="When the text last changed.")
    last_reviewed = s.DateField(help_text="When the whole article was last reviewed by everyone.")
    next_review_due = s.DateField()
    digest = s.CharField(help_text="`sha-256:` over the RFC 8785 form of the signed fields.")


class State(s.Serializer):
    """How an edition stands at the instant of the answer."""

    status = choice(STATUS, help_text=STATUS_OF_SHOWN)
    review_status = choice(ReviewStatus.values, allow_null=True, help_text="Null once it has ended.")
    ended = s.DateTimeField(allow_null=True)
    withdrawal = Withdrawal(allow_null=True)


class Article(FromRecord, State):
    """An edition of an article: its signed document, its record, and what stands around it."""

    id = s.UUIDField()
    language = s.CharField()
    title = s.CharField()
    also_called = s.ListField(child=s.CharField())
    audience = choice(Audience.values, help_text="Whom the text speaks to.")
    summary = s.CharField()
    sections = Section(many=True)
    authors = Author(many=True)
    references = Reference(many=True)
    codes = Code(many=True)
    related_ids = s.ListField(child=s.UUIDField(), help_text="As signed, in force or not.")
    reviews = Review(many=True)
    signed_fields = s.ListField(child=s.CharField(), help_text="The fields that `digest` covers.")
    as_of = s.DateTimeField(required=False, help_text="The instant that was asked for.")
    related = LinkedArticle(many=True, help_text="Those in force.")
    links = LinkedArticle(
        many=True,
        help_text="The articles in force that the text links to, as `article:` and their id.",
    )
    translations = LinkedArticle(many=True, help_text="Those in force.")
    notices = Notice(
        many=True, help_text="Those in force, one of each kind; with a key, the licensee's own first."
    )
    site = Site(required=False, help_text="With a key only; so are the next two.")
    related_physicians = ListedInDirectory(many=True, required=False)
    related_services = ListedInDirectory(many=True, required=False)
    url = s.CharField(help_text="The article, whichever edition is in force.")
    permanent_url = s.CharField(help_text="This edition.")
    provenance_url = s.CharField(help_text="What the publisher signed of this edition.")


class ListedArticle(FromRecord):
    id = s.UUIDField()
    language = s.CharField()
    title = s.CharField()
    audience = choice(Audience.values)
    summary = s.CharField()
    review_status = choice(ReviewStatus.values)
    url = s.CharField()


class ListedEdition(FromRecord, State):
    id = s.UUIDField()
    language = s.CharField()
    title = s.CharField()
    url = s.CharField()


class EditionList(s.Serializer):
    editions = ListedEdition(many=True)


class ChangeBase(s.Serializer):
    id = s.UUIDField()
    slug = s.CharField()
    language = s.CharField()
    effective_at = s.DateTimeField()
    recall = s.BooleanField(help_text="A safety recall lies in this window: act on it first.")


class Published(FromRecord, ChangeBase):
    """Store it under its id, in place of what is there."""

    type = choice(["published"])
    severity = choice(["high"], allow_null=True, help_text="`high` where it follows a safety recall.")
    title = s.CharField()
    url = s.CharField()


class Removed(ChangeBase):
    """Delete what is stored under its id."""

    type = choice(["removed"])
    reason = choice(list(SEVERITIES))
    severity = choice(
        Severity.values,
        help_text="What it would mean to go on showing it: harm that was recognised (high), a text "
        "that is wrong or that nobody vouches for now (medium), neither (low).",
    )
    explanation = s.CharField()
    replacement = LinkedArticle(allow_null=True)


class Category(CategoryName):
    parent = s.CharField(allow_null=True, help_text="The slug of the category above.")


class CategoryList(s.Serializer):
    categories = Category(many=True)


class Root(s.Serializer):
    articles = s.CharField()
    search = s.CharField()
    suggest = s.CharField()
    categories = s.CharField()
    changes = s.CharField()
    connect = s.CharField()
    infobutton = s.CharField()
    nhs = s.CharField()
    changes_feed = s.CharField()
    problems = s.CharField()
    schema = s.CharField()
    docs = s.CharField()
    keys = s.CharField()


class ProblemType(s.Serializer):
    type = s.CharField()
    title = s.CharField()
    status = s.IntegerField()
    meaning = s.CharField()


class ProblemTypeList(s.Serializer):
    problems = ProblemType(many=True)


class ConcernedEdition(s.Serializer):
    id = s.UUIDField()
    slug = s.CharField()
    language = s.CharField()
    edition = s.IntegerField()


class Problem(s.Serializer):
    """Problem details (RFC 9457). `type` is one of problems/; the rest depends on it."""

    type = s.CharField()
    title = s.CharField()
    status = s.IntegerField()
    detail = s.CharField()
    instance = s.CharField()
    parameter = s.CharField(required=False)
    accepted = s.ListField(child=s.CharField(), required=False)
    languages = s.ListField(child=s.CharField(), required=False)
    article = ConcernedEdition(required=False)
    withdrawal = Withdrawal(required=False)
    next_review_due = s.DateField(required=False)
    retry_after = s.IntegerField(required=False, help_text="Seconds.")
