"""Who could fill each role of a version, ranked, and why each of the others can't."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Max, Min, Q

from topics.models import (
    Assignment,
    Category,
    Contribution,
    Edition,
    Reviewer,
    SignOff,
    Version,
    VersionAuthor,
)
from topics.rules.eligibility import signer_ids, why_not_eligible
from topics.rules.ranking import Candidate, Work, ranked
from topics.rules.review_dates import utc_day
from topics.vocabulary import State


@dataclass
class Field:
    """The reviewers of one role: `eligible` as ranked candidates, `others` with their refusals."""

    eligible: list = field(default_factory=list)
    others: list = field(default_factory=list)


class Pool:
    """Every reviewer with an account, and all that is asked of them, for some versions on a day.

    It takes the same number of queries for one version and for a hundred, whatever the number of
    reviewers. The versions come with their article and category, and with their requirements and
    the specialties of these prefetched. `with_history` also asks who signed last in their categories,
    which is much to read where these are many.
    """

    def __init__(self, versions, *, on, with_history=True):
        self.on = on
        self.reviewers = list(
            Reviewer.objects.filter(user__isnull=False)
            .select_related("user")
            .prefetch_related("specialties", "languages", "credential_set")
        )
        self.signers = signer_ids()
        self.work = open_work(on=on)
        self.writers, self.source_writers = writers_of(versions)
        categories = {version.article.category_id for version in versions}
        self.own = own_specialties(categories)
        self.signed = last_signed(categories) if with_history else {}
        self.known = {}

    def field(self, requirement):
        """Who may fill the role, best first, and why each of the others may not."""
        found = Field()
        for reviewer in self.reviewers:
            refusals = self.refusals(reviewer, requirement)
            if refusals:
                found.others.append((reviewer, refusals))
            else:
                found.eligible.append(self.candidate(reviewer, requirement))
        found.eligible = ranked(found.eligible)
        return found

    def eligible(self, requirement):
        """Who may fill the role, best first: the same as `field`, for when the others aren't shown.

        Many versions ask for the same specialties in the same language: only who wrote them differs.
        """
        language = requirement.version.article.language
        key = language, frozenset(specialty.pk for specialty in requirement.specialties.all())
        if key not in self.known:
            self.known[key] = [
                reviewer
                for reviewer in self.reviewers
                if not self.refusals(reviewer, requirement, writers=(), source_writers=())
            ]
        version_id = requirement.version_id
        barred = self.writers[version_id] | self.source_writers[version_id]
        fitting = (reviewer for reviewer in self.known[key] if reviewer.user_id not in barred)
        return ranked(self.candidate(reviewer, requirement) for reviewer in fitting)

    def refusals(self, reviewer, requirement, **others):
        given = {
            "writers": self.writers[requirement.version_id],
            "source_writers": self.source_writers[requirement.version_id],
            **others,
        }
        return why_not_eligible(reviewer, requirement, on=self.on, signers=self.signers, **given)

    def candidate(self, reviewer, requirement):
        category_id = requirement.version.article.category_id
        asked = {specialty.pk for specialty in requirement.specialties.all()}
        fitting = [specialty for specialty in reviewer.specialties.all() if specialty.pk in asked]
        return Candidate(
            reviewer=reviewer,
            name=reviewer.name,
            specialties=tuple(specialty.name for specialty in fitting),
            own_specialty=self.own[category_id] in fitting,
            work=self.work.get(reviewer.pk, Work()),
            last_signed=self.signed.get((category_id, reviewer.pk)),
        )

    def ask(self, reviewer, *, due_on):
        """Counts one more to sign for the reviewer: what is proposed next takes it into account."""
        self.work[reviewer.pk] = self.work.get(reviewer.pk, Work()).with_one_more(due_on)


def open_work(*, on):
    """By reviewer, what they were asked for and have not signed, of versions that are in review."""
    asked = (
        Assignment.objects.active()
        .filter(
            requirement__sign_off=None,
            version__state__in=(State.EDITORIAL_REVIEW, State.MEDICAL_REVIEW),
        )
        .order_by()
        .values("reviewer")
        .annotate(open=Count("pk"), late=Count("pk", filter=Q(due_on__lt=on)), next_due=Min("due_on"))
    )
    return {row["reviewer"]: Work(row["open"], row["late"], row["next_due"]) for row in asked}


def own_specialties(wanted):
    """By category, the specialty that counts as its own: one query, however deep the tree is."""
    known = {category.pk: category for category in Category.objects.select_related("specialty")}
    for category in known.values():
        category.parent = known.get(category.parent_id)
    return {pk: known[pk].effective_specialty() for pk in wanted}


def last_signed(categories):
    """By category and reviewer, the day of the reviewer's last sign-off there."""
    signed = (
        SignOff.objects.filter(version__article__category__in=list(categories))
        .order_by()
        .values("version__article__category", "reviewer")
        .annotate(at=Max("signed_at"))
    )
    return {(row["version__article__category"], row["reviewer"]): utc_day(row["at"]) for row in signed}


def writers_of(versions):
    """By version, the accounts that may not sign it: of its own writers, and of its source's."""
    sources = dict(
        Edition.objects.filter(
            pk__in={version.made_from_id for version in versions if version.made_from_id}
        ).values_list("pk", "version")
    )
    asked = {version.pk for version in versions} | set(sources.values())
    wrote = defaultdict(set)
    for rows in (
        Version.objects.filter(pk__in=asked).values_list("pk", "created_by"),
        Contribution.objects.filter(version__in=asked).values_list("version", "user"),
        VersionAuthor.objects.filter(version__in=asked)
        .order_by()
        .values_list("version", "user", "author__user"),
    ):
        for version_id, *user_ids in rows:
            wrote[version_id].update(user_id for user_id in user_ids if user_id)
    return (
        {version.pk: wrote[version.pk] for version in versions},
        {version.pk: wrote[sources.get(version.made_from_id)] for version in versions},
    )
