"""What returning and sending ask of the remarks: that there are some, that they were answered."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from topics.models import Remark
from topics.rules.refusal import Refusal


def own_remarks(version, *, actor):
    """The unanswered threads that the actor began on the version."""
    return Remark.objects.unanswered().filter(version=version, said_by=actor)


def unanswered_remarks(version):
    """The unanswered threads of the version and of those before it."""
    earlier = Q(version__number__lte=version.number, version__article_id=version.article_id)
    return Remark.objects.unanswered().filter(earlier)


def remarks_are_given(case):
    if str(case.given.get("remarks") or "").strip():
        return
    if not own_remarks(case.version, actor=case.actor).exists():
        yield Refusal("no_remarks", _("Say in the remarks what should change."))


def remarks_are_answered(case):
    if str(case.given.get("unanswered_reason") or "").strip():
        return
    left = unanswered_remarks(case.version).count()
    if left:
        yield Refusal(
            "remarks_unanswered",
            ngettext(
                "%s remark is not answered yet. Say why the reviewers should read the version all the "
                "same, or have it answered first.",
                "%s remarks are not answered yet. Say why the reviewers should read the version all the "
                "same, or have them answered first.",
                left,
            )
            % left,
        )
