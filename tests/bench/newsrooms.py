"""Newsrooms of any size: a shelf with all that stands behind it, and the work that is under way."""

from datetime import timedelta

from tests import make
from tests.bench.shelves import BATCH, KINDS_OF_TEXT, WORDS, Shelf, body
from topics.content.canonical import digest
from topics.models import (
    Article,
    Assignment,
    AuditEntry,
    Contribution,
    Edition,
    PolicyRole,
    Requirement,
    Reviewer,
    SignOff,
    Version,
    VersionWord,
)
from topics.models.signing import as_printed
from topics.rules.review_dates import utc_day
from topics.vocabulary import ChangeKind

REVIEWERS = 60
EVERY_17TH, EVERY_97TH = 17, 97
NEVER = 0.04
"""So many articles beside the released ones never were."""

UNDER_WAY = (
    *("draft", "draft", "draft", "editorial_review", "editorial_review"),
    *("medical_review", "medical_review", "medical_review", "approved", "returned"),
)
"""The states of the versions that are under way, in turn."""

BEFORE_RELEASE = ("create_article", "submit", "assign", "assign", "send", "sign_off", "sign_off")


class Newsroom(Shelf):
    """`size` articles that were released, and `NEVER` as many that never were.

    Every 17th has its next version under way. Reviews are due after 22 months, so that some are
    overdue, and every 97th edition expires within a quarter of a year.
    """

    def fill(self):
        self.numbers = iter(range(1, 100 * self.size))
        self.bodies = [body(self.dice) for _ in range(KINDS_OF_TEXT)]
        super().fill()

    def staff(self):
        people = {role: make.user(role, f"bench-{role}") for role in ("writer", "editor", "publisher")}
        self.people = people | {"administrator": make.user("administrator", "bench-administrator")}
        super().staff()
        self.user = people["publisher"]
        self.policy.interval_months = 22
        self.policy.save()
        self.roles = [
            PolicyRole(policy=self.policy, position=1, role="primary", label="Primary reviewer"),
            PolicyRole(policy=self.policy, position=2, role="specialist", label="Specialist"),
        ]
        PolicyRole.objects.bulk_create(self.roles)
        self.specialties = [make.specialty(name) for name in ("Family Medicine", "Cardiology")]
        for role, specialty in zip(self.roles, self.specialties, strict=True):
            role.specialties.set([specialty])
        self.reviewers = [
            make.reviewer(self.specialties[n % 2].name, name=f"Reviewer {n:03}")
            for n in range(REVIEWERS)
        ]
        self.credentials = {r.pk: r.credential_set.get() for r in self.reviewers}
        Reviewer.objects.bulk_create(
            Reviewer(name=f"Credited {n:03}", credentials="MD") for n in range(REVIEWERS)
        )

    def version(self, article, at):
        version = super().version(article, at)
        return self.worded(version, f"Topic {article.pk} {' '.join(self.dice.choices(WORDS, k=3))}")

    def worded(self, version, title):
        """The version with about as much text as an article has, and a document frozen from it."""
        version.title, version.also_called = title, ["Tussis", f"Hack {version.article_id % 500}"]
        version.summary = "What it is and what helps. " * 5
        version.body = self.bodies[version.article_id % KINDS_OF_TEXT]
        if version.state != "draft":
            version.document = self.document(version.article, title)
            version.digest = digest(version.document)
            version.submitted_by, version.submitted_at = version.created_by, version.created_at
            version.policy = self.policy
        return version

    def batch(self, numbers):
        super().batch(numbers)
        ids = [number + 1 for number in numbers]
        versions = list(Version.objects.filter(pk__in=ids).select_related("article").order_by("pk"))
        self.history(versions)
        self.made_from([version for version in versions if version.article.translation_of_id])
        for edition in Edition.objects.in_force(at=self.now).filter(article__in=ids[::EVERY_97TH]):
            edition.expires_at = edition.ends_at = self.now + timedelta(days=1 + edition.pk % 90)
            edition.save(update_fields=["expires_at", "ends_at"])
        self.under_way([v.article for v in versions if v.article_id % EVERY_17TH == 0], number=2)
        never = [
            Article(
                id=10 * self.size + article_id,
                slug=f"never-{article_id}",
                language="en",
                category=self.categories[article_id // 25 % len(self.categories)],
                created_by=self.people["writer"],
                created_at=self.now,
            )
            for article_id in ids
            if article_id % round(1 / NEVER) == 0
        ]
        Article.objects.bulk_create(never)
        self.under_way(never, number=1)
        VersionWord.objects.fill(Version.objects.filter(article__in=[*ids, *(a.pk for a in never)]))

    def made_from(self, translations):
        """Every other translation was made from its source's newest edition, the rest from the first."""
        editions = Edition.objects.started(at=self.now).order_by("number")
        sources = {version.article.translation_of_id for version in translations}
        known = {}
        for pk, article_id in editions.filter(article__in=sources).values_list("pk", "article"):
            known.setdefault(article_id, []).append(pk)
        for place, version in enumerate(translations):
            of_source = known.get(version.article.translation_of_id, [None])
            version.made_from_id = of_source[-(place % 2)]
        Version.objects.bulk_update(translations, ["made_from"])

    def under_way(self, articles, *, number):
        """The next versions of these articles, in states in turn, with reviewers asked and signed."""
        kinds = [kind for kind in ChangeKind if (kind == ChangeKind.NEW) == (number == 1)]
        made = []
        for place, article in enumerate(articles):
            at = self.now - timedelta(hours=self.dice.randrange(1, 24 * 40))
            version = Version(
                id=(10 + number) * self.size + article.pk,
                article=article,
                number=number,
                state=UNDER_WAY[(place + article.pk // BATCH) % len(UNDER_WAY)],
                state_since=at,
                change_kind=kinds[place % len(kinds)],
                change_note="Reworded.",
                created_by=self.people["writer"],
                created_at=at,
                edited_by=self.people["writer"],
                edited_at=at,
            )
            if version.state == "returned":
                version.return_remarks = "Give the dose by weight. " * 8
            made.append(self.worded(version, f"Topic {article.pk} {self.dice.choice(WORDS)} anew"))
        Version.objects.bulk_create(made)
        self.history(made)

    def history(self, versions):
        """What stands behind these versions: who wrote them, who was asked and signed, the entries."""
        Contribution.objects.bulk_create(
            Contribution(version=v, user=self.people["writer"], at=v.created_at) for v in versions
        )
        entries = {}
        for version in versions:
            acts = BEFORE_RELEASE if version.state in ("released", "approved") else ["create_article"]
            entries[version.pk] = [self.entry(act, version.article, version.created_at) for act in acts]
            for entry in entries[version.pk]:
                entry.version = version
        AuditEntry.objects.bulk_create(entry for found in entries.values() for entry in found)
        submitted = [version for version in versions if version.state != "draft"]
        requirements = [
            Requirement(
                version=version, position=r.position, role=r.role, label=r.label, meaning="accurate"
            )
            for version in submitted
            for r in self.roles
        ]
        Requirement.objects.bulk_create(requirements)
        through = Requirement.specialties.through
        through.objects.bulk_create(
            through(requirement=r, specialty=self.specialties[r.position - 1]) for r in requirements
        )
        asked = [self.asked(requirement) for requirement in requirements]
        Assignment.objects.bulk_create(assignment for assignment in asked if assignment)
        SignOff.objects.bulk_create(
            self.signed(assignment, entries[assignment.version_id][-1])
            for assignment in asked
            if assignment and self.is_signed(assignment)
        )

    def asked(self, requirement):
        version = requirement.version
        if version.state == "editorial_review" and version.pk % 3 == 0:
            return None
        reviewers = self.reviewers[requirement.position - 1 :: 2]
        return Assignment(
            version=version,
            requirement=requirement,
            reviewer=reviewers[version.pk % len(reviewers)],
            due_on=utc_day(version.created_at) + timedelta(days=14),
            assigned_by=self.people["editor"],
            assigned_at=version.created_at,
        )

    def is_signed(self, assignment):
        """All of what was approved, and the first role of half of what is in medical review."""
        version = assignment.version
        half = (
            version.state == "medical_review" and version.pk % 2 and assignment.requirement.position == 1
        )
        return bool(half) or version.state in ("released", "approved")

    def signed(self, assignment, entry):
        reviewer, version = assignment.reviewer, assignment.version
        credential = self.credentials[reviewer.pk]
        specialty = self.specialties[assignment.requirement.position - 1]
        return SignOff(
            version=version,
            requirement=assignment.requirement,
            reviewer=reviewer,
            user=reviewer.user,
            digest=version.digest,
            meaning="accurate",
            statement="I reviewed the whole article; it is clinically accurate and complete",
            role=assignment.requirement.label,
            printed_name=reviewer.name,
            printed_credentials=reviewer.credentials,
            credential=credential,
            **as_printed(credential),
            specialty=specialty,
            printed_specialty=specialty.name,
            signed_at=version.created_at,
            entry=entry,
        )


def fill(size, *, now):
    """Fills the default database with a newsroom of that many released articles, and returns it."""
    newsroom = Newsroom(size, now=now)
    newsroom.fill()
    return newsroom
