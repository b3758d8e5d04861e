"""Periodic reviews: what they will ask for, whom to propose, and starting one in a single act."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from topics.models import PolicyRole, SignOff, Version
from topics.rules.refusal import ILLEGAL, Refusal, refuse
from topics.vocabulary import ChangeKind
from topics.workflow.acts import assign, send_to_medical_review, submit
from topics.workflow.candidates import Pool
from topics.workflow.drafting import open_version
from topics.workflow.ledger import begin_act


class Specialties(tuple):
    """Specialties that are known already, asked for as those of a row are."""

    def all(self):
        return self


@dataclass(frozen=True)
class Foreseen:
    """A role as the policy will ask for it once the review is submitted; it reads as a requirement does.

    `version` is that of the edition to be reviewed.
    """

    version: Version
    role: str
    label: str
    specialties: Specialties

    @property
    def version_id(self):
        return self.version.pk


@dataclass
class Proposal:
    """One role with its candidates, best first, those who can't with their refusals, and whom to ask:
    who signed in it last, if they still may (`signed_last`), or else the first of the ranking.
    """

    role: Foreseen
    eligible: list
    others: list
    proposed: object = None
    signed_last: bool = False


def proposals(versions, *, actor, on, due_on=None):
    """Version id to the proposals of its roles; the queries don't grow with the number of versions.

    `versions` are those of the editions to be reviewed, with article and category. Who starts a
    review counts as having written it, so the actor is proposed for none of them.
    """
    policies = {version.pk: version.article.category.effective_policy() for version in versions}
    roles = {}
    wanted = {policy.pk for policy in policies.values() if policy}
    for role in PolicyRole.objects.filter(policy__in=wanted).prefetch_related("specialties"):
        roles.setdefault(role.policy_id, []).append(role)
    pool = Pool(versions, on=on)
    signed = last_signers(versions)
    found = {}
    for version in versions:
        pool.writers[version.pk] = pool.writers[version.pk] | {actor.pk}
        policy, taken, found[version.pk] = policies[version.pk], set(), []
        for role in roles.get(policy and policy.pk, []):
            specialties = Specialties(role.specialties_for(version.article.category))
            foreseen = Foreseen(version, role.role, role.label, specialties)
            proposal = propose(
                foreseen, pool, former=signed.get((version.article_id, role.role)), taken=taken
            )
            if proposal.proposed:
                taken.add(proposal.proposed.pk)
                pool.ask(proposal.proposed, due_on=due_on)
            found[version.pk].append(proposal)
    return found


def propose(role, pool, *, former, taken):
    """The role's candidates; proposed is the former signer, or the best of those who are still free."""
    field = pool.field(role)
    free = [c.reviewer for c in field.eligible if c.reviewer.pk not in taken]
    again = next((reviewer for reviewer in free if reviewer.pk == former), None)
    return Proposal(
        role,
        eligible=field.eligible,
        others=field.others,
        proposed=again or next(iter(free), None),
        signed_last=again is not None,
    )


def last_signers(versions):
    """By article and role, the reviewer who signed in it last; one query."""
    signed = (
        SignOff.objects.filter(version__article__in={version.article_id for version in versions})
        .order_by("signed_at")
        .values_list("version__article", "requirement__role", "reviewer")
    )
    return {(article, role): reviewer for article, role, reviewer in signed}


@transaction.atomic
def begin_periodic_review(article, *, actor, asked, due_on, send=False, seen=None, at=None):
    """Opens an article's periodic review, submits it, asks reviewers, and sends it on where wanted.

    `asked` maps roles to reviewers; a role may be left open unless it is to be sent. `seen` is the id
    of the edition that the actor had before them: where another took its place, it is refused.
    Returns the version. Raises `Refused` with the reasons of the first step that isn't possible, and
    then none of it happened.
    """
    at = begin_act(at=at)
    if seen is not None:
        refuse(overtaken(article, seen=seen, at=at))
    version = open_version(article, change_kind=ChangeKind.PERIODIC_REVIEW, actor=actor, at=at)
    version = submit(version, actor=actor, at=at)
    for requirement in version.requirements.order_by("position"):
        if reviewer := asked.get(requirement.role):
            assign(
                version,
                requirement=requirement,
                reviewer=reviewer,
                due_on=due_on,
                actor=actor,
                at=at,
            )
    if send:
        version = send_to_medical_review(version, actor=actor, at=at)
    return version


def overtaken(article, *, seen, at):
    """The refusals of an article of which another edition stands than the one that was seen.

    One that readers lack because its review is overdue stands too: this review brings it back. A
    version that was signed and waits for its release would be lost by a copy of the edition.
    """
    edition = article.editions.started(at=at).order_by("-starts_at", "-number").first()
    if edition is None or not (edition.is_in_force(at=at) or is_withheld(edition)):
        yield Refusal("nothing_in_force", _("No edition of it is in force any more."), ILLEGAL)
    elif edition.pk != seen:
        sentence = _("Edition %s came into force after you opened this page. Look at it first.")
        yield Refusal("acted_meanwhile", sentence % edition.number, ILLEGAL)
    for version in article.versions.taken_back():
        sentence = _("Version %s is signed by all, and its release was cancelled: release that first.")
        yield Refusal("waits_for_release", sentence % version.number, ILLEGAL)


def is_withheld(edition):
    """Whether an edition that is over ended for want of a review, and not by being withdrawn."""
    return edition.withdrawal_id is None and edition.ends_at == edition.expires_at
