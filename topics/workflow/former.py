"""What a reviewer is told who was asked and no longer is: who released them, when, why, who follows."""

from django.utils.translation import gettext as _

from topics.models import Assignment


def former_assignment(version, user):
    """The account's newest ended assignment on the version, where none of theirs stands; or None."""
    own = Assignment.objects.filter(version=version, reviewer__user=user)
    if own.active().exists():
        return None
    return own.select_related("requirement", "ended_by").order_by("-ended_at", "-pk").first()


def told_on_release(assignment):
    """The sentences for the reviewer of an assignment that ended."""
    successor = (
        assignment.requirement.assignments.filter(assigned_at=assignment.ended_at)
        .exclude(reviewer=assignment.reviewer)
        .select_related("reviewer")
        .first()
    )
    words = {
        "by": assignment.ended_by.printed_name(),
        "at": f"{assignment.ended_at:%Y-%m-%d %H:%M}",
        "role": assignment.requirement.label,
    }
    if successor:
        words["name"] = successor.reviewer.name
        said = [_("%(by)s asked %(name)s to sign as %(role)s in your place, at %(at)s UTC.") % words]
    else:
        said = [_("%(by)s released you of signing as %(role)s, at %(at)s UTC.") % words]
    if assignment.end_reason:
        said.append(_("The reason given: %s") % assignment.end_reason)
    return said
