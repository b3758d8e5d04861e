"""What will happen: the facts that an act's page shows before anybody decides."""

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from topics.admin.desk.meanings import CHANGES
from topics.models import Article, Edition, Version
from topics.publishing.linking import linking_editions
from topics.publishing.withdraw import scheduled_translations, together_with
from topics.rules.review_dates import review_dates
from topics.vocabulary import ChangeKind, Meaning, State
from topics.workflow import signature
from topics.workflow.acts import MEANINGS
from topics.workflow.case import Case
from topics.workflow.cautions import cautions
from topics.workflow.conditions import assignment_of
from topics.workflow.dates import last_full_review
from topics.workflow.remark_conditions import unanswered_remarks

SUGGESTED = 300
"""How many articles are suggested as a replacement at most."""


def of_submit(version, *, actor):
    """Which roles will have to sign, and what each of them will state."""
    category = version.article.category
    policy = category.effective_policy()
    roles = list(policy.roles.prefetch_related("specialties")) if policy else []
    if version.change_kind == ChangeKind.MINOR:
        roles = roles[:1]
    return {
        "policy": policy,
        "roles": [
            (role, ", ".join(sorted(s.name for s in role.specialties_for(category)))) for role in roles
        ],
        "statement": Meaning(MEANINGS[version.change_kind]).label,
        "kind_means": CHANGES[version.change_kind],
        "in_place": newest_edition(version.article),
        "cautions": cautions(version, at=timezone.now()) if version.is_draft else [],
    }


def of_assign(version, *, actor):
    return {}


def of_send(version, *, actor):
    """Who is asked for which role, by when."""
    return {"review": review_of(version), "unanswered": unanswered_of(version)}


def of_return(version, *, actor):
    """Who is released of their task, and which sign-offs stay on record."""
    return {"review": review_of(version), "next_number": version.number + 1}


def of_sign_off(version, *, actor):
    """How the actor's signature would read; empty where they are not asked."""
    return signature_of(Case(version, actor, timezone.now()))


def signature_of(case):
    """The same of a case that is asked more."""
    now, assignment = case.at, case.once(assignment_of)
    if assignment is None:
        return {}
    requirement, reviewer = assignment.requirement, assignment.reviewer
    found = signature.facts(assignment, at=now)
    return {
        "reviewer": reviewer,
        "requirement": requirement,
        "due_on": assignment.due_on,
        "asked_by": assignment.assigned_by.printed_name(),
        "statement": Meaning(requirement.meaning).label,
        **found,
        "printed": signature.to_carry(signature.printed(assignment, found)),
    }


def of_release(version, *, actor):
    """The edition that begins, the one that ends, and the review dates that follow."""
    now = timezone.now()
    article = version.article
    facts = {
        "number": article.editions.count() + 1,
        "in_force": article.editions.in_force(at=now).first(),
        "newest": newest_edition(article),
        "scheduled": article.editions.scheduled(at=now).first(),
        "review": review_of(version),
        "unanswered": unanswered_of(version),
        "kind_means": CHANGES[version.change_kind],
    }
    if version.policy_id and facts["review"] and all(row["sign_off"] for row in facts["review"]):
        facts["dates"] = review_dates(version.policy, reviewed_on=last_full_review(version))
    return facts


def of_withdraw(edition, *, actor):
    """What leads to the article, what is cancelled with it, and what could be read instead."""
    now = timezone.now()
    public = Edition.objects.in_force(at=now)
    slugs = (
        Article.objects.filter(pk__in=public.values("article"), language=edition.language)
        .exclude(pk=edition.article_id)
        .order_by("slug")
    )
    return {
        "related": linking_editions(edition.article, at=now),
        "scheduled": scheduled_with(edition.article, at=now),
        "renderings": renderings(edition, at=now),
        "open_version": edition.article.versions.open().first(),
        "suggested": slugs[:SUGGESTED],
    }


def scheduled_with(article, *, at):
    """Each scheduled edition of the article, with those that were released together with it."""
    scheduled = Edition.objects.scheduled(at=at).filter(article=article)
    return [
        {"edition": edition, "others": [m for m in together_with(edition) if m != edition]}
        for edition in scheduled.select_related("version", "batch")
    ]


def renderings(edition, *, at):
    """The article's translations, or its source and their siblings: what is public, what is at work.

    `recall_cancels` is the start of a scheduled translation of just this content.
    """
    article = edition.article
    source = article.translation_of_id or article.pk
    family = Article.objects.filter(Q(translation_of=source) | Q(pk=source)).exclude(pk=article.pk)
    public = Edition.objects.in_force(at=at).filter(article=OuterRef("pk"))
    newest = Version.objects.filter(article=OuterRef("pk")).order_by("-number")
    cancelled = scheduled_translations(edition, at=at).filter(article=OuterRef("pk"))
    rows = family.order_by("language").annotate(
        public_title=Subquery(public.values("title")[:1]),
        public_number=Subquery(public.values("number")[:1]),
        newest_state=Subquery(newest.values("state")[:1]),
        newest_number=Subquery(newest.values("number")[:1]),
        newest_pk=Subquery(newest.values("pk")[:1]),
        recall_cancels=Subquery(cancelled.values("starts_at")[:1]),
    )
    for row in rows:
        row.newest_label = row.newest_state and State(row.newest_state).label
    return rows


def of_cancel_release(edition, *, actor):
    """The edition in place, and what was released together with this one."""
    now = timezone.now()
    return {
        "in_force": edition.article.editions.in_force(at=now).first(),
        "members": together_with(edition),
    }


of_move = of_cancel_release


def of_open_version(article, *, actor):
    """What will be copied, by kind."""
    newest = article.versions.order_by("-number").first()
    in_place = newest_edition(article)
    continues = newest if newest and newest.state == State.RETURNED else None
    return {
        "newest": newest,
        "next_number": newest.number + 1 if newest else 1,
        "continues": continues,
        "in_place": in_place,
        "open_version": article.versions.open().first(),
        "copied": continues or (in_place.version if in_place else newest),
        "remarks": continues.return_remarks if continues else "",
    }


def of_recategorise(article, *, actor):
    """Where it is now, and under which policy."""
    return {"policy": article.category.effective_policy(), "in_place": newest_edition(article)}


def newest_edition(article):
    """The article's newest edition that wasn't cancelled, with its version; or None."""
    editions = article.editions.ever_in_force().select_related("version")
    return editions.order_by("-number").first()


def unanswered_of(version):
    """The remarks that nobody answered yet, as the version's readers should know them."""
    return unanswered_remarks(version).select_related("said_by")


def review_of(version):
    """Each role that the version needs: who is asked, by when, and the signature if it was given."""
    rows = []
    for requirement in version.requirements.select_related("sign_off").prefetch_related(
        "assignments__reviewer", "specialties"
    ):
        rows.append(
            {
                "role": requirement.label,
                "sign_off": getattr(requirement, "sign_off", None),
                "assignment": next(
                    (asked for asked in requirement.assignments.all() if asked.ended_at is None), None
                ),
                "specialties": ", ".join(s.name for s in requirement.specialties.all()),
            }
        )
    return rows
