"""How a signature would read: all that it prints, to be read before and compared when it is given."""

import json

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from topics.content.canonical import canonical
from topics.models import Assignment, AuditEntry
from topics.models.signing import as_printed
from topics.rules.eligibility import specialty_for, valid_credential
from topics.rules.refusal import Refusal
from topics.rules.review_dates import utc_day
from topics.vocabulary import Meaning

PARTS = {
    "printed_name": gettext_lazy("Printed name"),
    "printed_credentials": gettext_lazy("Credentials as printed"),
    "credential": gettext_lazy("Credential"),
    "printed_specialty": gettext_lazy("Specialty"),
    "disclosure": gettext_lazy("Disclosure"),
    "role": gettext_lazy("Role"),
    "statement": gettext_lazy("Statement"),
}
"""What a signature prints, by the name that people read."""

SET_IN = {
    "printed_name": "name",
    "printed_credentials": "credentials",
    "credential": "credential",
    "printed_specialty": "specialties",
    "disclosure": "disclosure",
}
"""The field of the reviewer, in the ledger's words, in which a part is set."""


def facts(assignment, *, at):
    """The credential and the specialty that the reviewer would sign with; None where there is none."""
    reviewer = assignment.reviewer
    return {
        "credential": valid_credential(reviewer, on=utc_day(at)),
        "specialty": specialty_for(reviewer, assignment.requirement),
    }


def texts(assignment):
    """The other parts, as they read now."""
    requirement, reviewer = assignment.requirement, assignment.reviewer
    return {
        "role": requirement.label,
        "statement": str(Meaning(requirement.meaning).label),
        "printed_name": reviewer.name,
        "printed_credentials": reviewer.credentials,
        "disclosure": reviewer.disclosure,
    }


def row(assignment, *, at):
    """All that the row of the sign-off copies."""
    found = facts(assignment, at=at)
    return {
        **texts(assignment),
        **found,
        **as_printed(found["credential"]),
        "printed_specialty": found["specialty"].name,
        "meaning": assignment.requirement.meaning,
    }


def printed(assignment, found):
    """What the signature would print with these `facts`, as texts by part."""
    return {
        **texts(assignment),
        "credential": str(found["credential"] or ""),
        "printed_specialty": found["specialty"].name if found["specialty"] else "",
    }


def read_by(version, actor, *, at=None):
    """What the actor's signature on the version would print; nothing where they are not asked."""
    asked = Assignment.objects.active().filter(version=version, reviewer__user=actor)
    assignment = asked.select_related("requirement", "reviewer").first()
    return printed(assignment, facts(assignment, at=at or timezone.now())) if assignment else {}


def to_carry(parts):
    """What was printed as a text that a form carries until it is signed."""
    return canonical(parts)


def carried(text):
    """What a form says that it had printed; nothing where it says nothing that can be read."""
    try:
        parts = json.loads(text)
        as_carried = canonical(parts) == text
    except (ValueError, RecursionError):
        return {}
    return parts if as_carried and isinstance(parts, dict) else {}


def differences(assignment, read, *, at):
    """Why a signature can't be given by somebody who read `read`: a sentence for each part."""
    now = printed(assignment, facts(assignment, at=at))
    if not isinstance(read, dict) or read.keys() != now.keys():
        sentence = _("The form does not say what you saw. Open this page anew.")
        return [Refusal("signature_not_read", sentence)]
    changed = [part for part in PARTS if read[part] != now[part]]
    return [
        Refusal("signature_differs", told(part, read[part], now[part], assignment.reviewer))
        for part in changed
    ]


def told(part, before, now, reviewer):
    """What was changed in a part of the signature since it was read, and by whom, where it is known."""
    words = {"part": PARTS[part], "before": before or "–", "now": now or "–"}
    entry = setting(part, reviewer)
    if entry is None:
        sentence = _(
            "%(part)s: it read “%(before)s” when you opened this page and reads “%(now)s” now. "
            "Read it, then sign."
        )
        return sentence % words
    words["name"] = entry.actor.printed_name()
    sentence = _(
        "%(part)s: it read “%(before)s” when you opened this page and reads “%(now)s” now, changed "
        "by %(name)s. Read it, then sign."
    )
    return sentence % words


def setting(part, reviewer):
    """The ledger's newest entry that set this part of the reviewer, or None."""
    model, pk = (canonical(named)[1:] for named in ({"model": "reviewer"}, {"pk": str(reviewer.pk)}))
    entries = AuditEntry.objects.filter(act="configure", detail__contains=model[:-1])
    entries = entries.filter(detail__endswith=pk)
    for entry in entries.select_related("actor").order_by("-number"):
        if SET_IN.get(part) in json.loads(entry.detail)["fields"]:
            return entry
    return None
