"""The acts of people on a version, one verb each; all of them go through the door."""

from topics.content.canonical import canonical, digest
from topics.models import Assignment, Requirement, SignOff
from topics.rules.eligibility import specialty_for, valid_credential
from topics.rules.review_dates import utc_day
from topics.vocabulary import ChangeKind, Meaning
from topics.workflow.changes import document_of, released_base
from topics.workflow.conditions import assignment_of
from topics.workflow.door import approve_if_complete, transition

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
        document = released_base(version).document
    else:
        document = canonical(document_of(version))
    policy = version.article.category.effective_policy()
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
    for position, role in enumerate(roles, start=1):
        requirement = Requirement.objects.create(
            version=version,
            position=position,
            role=role.role,
            label=role.label,
            meaning=MEANINGS[version.change_kind],
        )
        requirement.specialties.set(role.specialties_for(version.article.category))


def assign(version, *, requirement, reviewer, due_on, actor, at=None):
    """Asks a reviewer to fill a role by a day; whoever was asked for it before is released of it."""

    def effect(case, entry):
        requirement.assignments.active().update(ended_by=actor, ended_at=case.at)
        Assignment.objects.create(
            version=case.version,
            requirement=requirement,
            reviewer=reviewer,
            due_on=due_on,
            assigned_by=actor,
            assigned_at=case.at,
        )

    return transition(
        version,
        "assign",
        actor=actor,
        at=at,
        effect=effect,
        detail={
            "role": requirement.role,
            "reviewer": reviewer.name if reviewer else "",
            "due_on": due_on.isoformat() if due_on else "",
        },
        requirement=requirement,
        reviewer=reviewer,
        due_on=due_on,
    )


def send_to_medical_review(version, *, actor, at=None):
    """Passes a version on to its assigned reviewers."""
    return transition(version, "send", actor=actor, at=at)


def return_with_remarks(version, *, remarks, actor, at=None, as_reviewer=False):
    """Ends a version with remarks; the author continues in the next one."""

    def effect(case, entry):
        case.version.assignments.active().update(ended_by=actor, ended_at=case.at)
        return {"return_remarks": remarks.strip()}

    act = "return_as_reviewer" if as_reviewer else "return"
    return transition(
        version,
        act,
        actor=actor,
        at=at,
        effect=effect,
        detail={"remarks": remarks},
        remarks=remarks,
    )


def sign_off(version, *, digest, password, actor, at=None):
    """Signs the version in the role that the actor was asked for; the last signature approves it.

    `digest` is that of the text which the reviewer read, and `password` is asked again: both are
    part of the signature's meaning. Printed name, credentials, specialty and disclosure are copied
    as they stand on that day (21 CFR 11.50).
    """

    def effect(case, entry):
        assignment = assignment_of(case)
        requirement, reviewer = assignment.requirement, assignment.reviewer
        specialty = specialty_for(reviewer, requirement)
        SignOff.objects.create(
            version=case.version,
            requirement=requirement,
            reviewer=reviewer,
            user=actor,
            digest=digest,
            meaning=requirement.meaning,
            statement=Meaning(requirement.meaning).label,
            role=requirement.label,
            printed_name=reviewer.name,
            printed_credentials=reviewer.credentials,
            credential=valid_credential(reviewer, on=utc_day(case.at)),
            specialty=specialty,
            printed_specialty=specialty.name,
            disclosure=reviewer.disclosure,
            signed_at=case.at,
            entry=entry,
        )
        approve_if_complete(case)

    return transition(
        version, "sign_off", actor=actor, at=at, effect=effect, digest=digest, password=password
    )
