"""What a version's page shows to read: its content, and everything that was said and signed about it."""

from topics.admin.around import around
from topics.admin.entries import told
from topics.vocabulary import State
from topics.workflow.changes import document_of
from topics.workflow.former import former_assignment, told_on_release

IN_REVIEW = (State.EDITORIAL_REVIEW, State.MEDICAL_REVIEW)


def reading(request, version):
    """The version's content with what stands around it; rows that the account may not see are left out.

    The content of a submitted version is its frozen document, the very bytes that were signed; that
    of a draft is what it would freeze to.
    """
    user = request.user
    document = document_of(version)
    shown = {
        "version": version,
        "content": document,
        "around": around(version.article, document, user=user),
        "sign_offs": version.sign_offs.select_related("requirement", "user"),
    }
    if user.has_perm("topics.view_requirement"):
        assignments = version.assignments.select_related("requirement", "reviewer", "assigned_by")
        shown["requirements"] = requirements_of(version)
        shown["assignments"] = assignments.order_by("-assigned_at", "-pk")
    else:
        shown["assignments"] = version.assignments.filter(reviewer__user=user).select_related(
            "requirement", "reviewer", "assigned_by"
        )
    if version.state in IN_REVIEW:
        former = former_assignment(version, user)
        shown["released_of_it"] = told_on_release(former) if former else []
    if user.has_perm("topics.view_sourcestatement"):
        shown["source"] = getattr(version, "source", None)
    if user.has_perm("topics.view_auditentry"):
        entries = version.audit_entries.select_related("actor").order_by("-number")[:50]
        shown["entries"] = told(entries)
    return shown


def requirements_of(version):
    """The sign-offs that the version needs, each with who was asked and what was signed."""
    asked = {a.requirement_id: a for a in version.assignments.active().select_related("reviewer")}
    signed = {sign_off.requirement_id: sign_off for sign_off in version.sign_offs.all()}
    return [
        {
            "requirement": requirement,
            "specialties": requirement.specialties.all(),
            "assignment": asked.get(requirement.pk),
            "sign_off": signed.get(requirement.pk),
        }
        for requirement in version.requirements.prefetch_related("specialties")
    ]
