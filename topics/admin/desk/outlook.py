"""What will happen: the facts that an act's page shows before anybody decides."""

from django.utils import timezone

from topics.admin.desk.meanings import CHANGES
from topics.admin.desk.reading import readable
from topics.models import Article, Edition
from topics.rules.eligibility import specialty_for, valid_credential
from topics.rules.review_dates import review_dates, utc_day
from topics.vocabulary import ChangeKind, Meaning, State
from topics.workflow.acts import MEANINGS
from topics.workflow.conditions import Case, assignment_of
from topics.workflow.dates import last_full_review

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
    }


def of_assign(version, *, actor):
    return {}


def of_send(version, *, actor):
    """Who is asked for which role, by when."""
    return {"review": review_of(version)}


def of_return(version, *, actor):
    """Who is released of their task, and which sign-offs stay on record."""
    return {"review": review_of(version), "next_number": version.number + 1}


def of_sign_off(version, *, actor):
    """The whole text to be signed, what it would replace, and how the signature will read."""
    now = timezone.now()
    in_place = newest_edition(version.article)
    facts = {
        "document": readable(version.document) if version.document else None,
        "kind_means": CHANGES[version.change_kind],
        "review": review_of(version),
        "in_place": in_place,
        "document_in_place": readable(in_place.document) if in_place else None,
        "unchanged": bool(in_place) and in_place.digest == version.digest,
    }
    assignment = assignment_of(Case(version, actor, now))
    if assignment:
        requirement, reviewer = assignment.requirement, assignment.reviewer
        facts |= {
            "reviewer": reviewer,
            "requirement": requirement,
            "due_on": assignment.due_on,
            "specialty": specialty_for(reviewer, requirement),
            "credential": valid_credential(reviewer, on=utc_day(now)),
            "statement": Meaning(requirement.meaning).label,
        }
    return facts


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
        "related": public.filter(version__related__article=edition.article)
        .exclude(article=edition.article)
        .select_related("article")
        .order_by("title")
        .distinct(),
        "translations": translations(edition.article, at=now),
        "scheduled": Edition.objects.scheduled(at=now)
        .filter(article=edition.article)
        .select_related("version"),
        "open_version": edition.article.versions.open().first(),
        "suggested": slugs[:SUGGESTED],
    }


def of_cancel_release(edition, *, actor):
    """The edition in place, and whether it stays in force."""
    now = timezone.now()
    return {"in_force": edition.article.editions.in_force(at=now).first()}


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


def translations(article, *, at):
    """The editions in force of the article's translations, or of its source and their siblings."""
    source = article.translation_of_id or article.pk
    family = Article.objects.filter(translation_of=source) | Article.objects.filter(pk=source)
    return (
        Edition.objects.in_force(at=at)
        .filter(article__in=family)
        .exclude(article=article)
        .select_related("article")
        .order_by("language")
    )


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
