"""The acts of people on a version, one verb each; all of them go through the door."""

from django.utils.translation import gettext as _

from topics.content.canonical import canonical, digest
from topics.content.document import plain
from topics.models import Requirement, SignOff
from topics.vocabulary import ChangeKind, Meaning, RemarkKind
from topics.workflow import signature
from topics.workflow.assigning import assign, change_due_date, withdraw_assignment
from topics.workflow.case import authors_of, base_of, policy_of
from topics.workflow.changes import document_of
from topics.workflow.conditions import assignment_of
from topics.workflow.door import approve_if_complete, transition
from topics.workflow.mentions import note_mentions
from topics.workflow.remarks import WHOLE, written

__all__ = [
    "assign",
    "change_due_date",
    "return_with_remarks",
    "send_to_medical_review",
    "sign_off",
    "submit",
    "withdraw_assignment",
]

MEANINGS = {
    ChangeKind.NEW: Meaning.ACCURATE,
    ChangeKind.SUBSTANTIVE: Meaning.ACCURATE,
    ChangeKind.MINOR: Meaning.NOT_CLINICAL,
    ChangeKind.PERIODIC_REVIEW: Meaning.STILL_CURRENT,
}


def submit(version, *, actor, at=None):
    """Freezes the draft's document and digest, notes which sign-offs it needs, and passes it on."""
    return transition(version, "submit", actor=actor, at=at, effect=freeze)


def freeze(case, entry):
    version = case.version
    # `document_of` sanitises once more: a draft may have been written past `save()`.
    if version.change_kind == ChangeKind.PERIODIC_REVIEW:
        document = case.once(base_of).document
    else:
        document = canonical(document_of(version))
    note_mentions(version)
    for credit in case.once(authors_of):
        if credit.author.user_id not in (None, credit.user_id):
            credit.save(update_fields=["user"])
    policy = case.once(policy_of)
    require_roles(version, policy)
    return {
        "document": document,
        "digest": digest(document),
        "policy": policy,
        "submitted_by": case.actor,
        "submitted_at": case.at,
    }


def require_roles(version, policy):
    """Writes down the sign-offs that the version needs: all of the policy's, or one if minor."""
    for requirement in version.requirements.all():
        requirement.specialties.clear()
        requirement.delete()
    roles = list(policy.roles.all())
    if version.change_kind == ChangeKind.MINOR:
        roles = roles[:1]
    requirements = Requirement.objects.bulk_create(
        Requirement(
            version=version,
            position=position,
            role=role.role,
            label=role.label,
            meaning=MEANINGS[version.change_kind],
        )
        for position, role in enumerate(roles, start=1)
    )
    asked_for = Requirement.specialties.through
    asked_for.objects.bulk_create(
        asked_for(requirement=requirement, specialty=specialty)
        for requirement, role in zip(requirements, roles, strict=True)
        for specialty in role.specialties_for(version.article.category)
    )


def send_to_medical_review(version, *, actor, at=None, unanswered_reason=""):
    """Passes a version on to its assigned reviewers. Unanswered remarks need a reason on record."""
    reason = unanswered_reason.strip()
    detail = {"unanswered_reason": reason} if reason else {}
    return transition(version, "send", actor=actor, at=at, detail=detail, unanswered_reason=reason)


def return_with_remarks(version, *, remarks, actor, at=None, as_reviewer=False):
    """Ends a version with remarks; the author continues in the next one, and has them to answer.

    `remarks` speak of the version as a whole and begin a thread; they may be left out where the actor
    has remarked on passages of it.
    """
    remarks = plain(remarks)

    def first(case):
        if remarks:
            written(case.version, RemarkKind.REMARK, remarks, actor=actor, at=case.at, anchor=WHOLE)

    def effect(case, entry):
        case.version.assignments.active().update(ended_by=actor, ended_at=case.at)
        return {"return_remarks": remarks or _("See the remarks on its passages.")}

    act = "return_as_reviewer" if as_reviewer else "return"
    return transition(
        version,
        act,
        actor=actor,
        at=at,
        effect=effect,
        first=first,
        detail={"remarks": remarks},
        remarks=remarks,
    )


def sign_off(version, *, digest, printed, answer, actor, at=None):
    """Signs the version in the role that the actor was asked for; the last signature approves it.

    `digest` is that of the text which the reviewer read, `printed` what the signature was said to
    print (`signature.read_by`), and `answer` what came of asking for the password again
    (`password.ask`): all are part of the signature's meaning. Printed name, credentials, specialty,
    disclosure and the licence that it is given on are copied as they stand on that day (21 CFR 11.50).
    """

    def effect(case, entry):
        assignment = case.once(assignment_of)
        SignOff.objects.create(
            version=case.version,
            requirement=assignment.requirement,
            reviewer=assignment.reviewer,
            user=actor,
            digest=digest,
            **signature.row(assignment, at=case.at),
            signed_at=case.at,
            entry=entry,
        )
        approve_if_complete(case)

    return transition(
        version,
        "sign_off",
        actor=actor,
        at=at,
        effect=effect,
        digest=digest,
        printed=printed,
        answer=answer,
    )
