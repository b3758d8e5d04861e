"""May this reviewer fill this role on this version? Every reason against it, as sentences."""

from django.utils.translation import gettext as _

from topics.rules.refusal import Refusal
from topics.rules.review_dates import utc_day


def specialty_for(reviewer, requirement):
    """The reviewer's first specialty (by name) that the role asks for, or None."""
    asked = {specialty.pk for specialty in requirement.specialties.all()}
    return next((s for s in reviewer.specialties.all() if s.pk in asked), None)


def valid_credential(reviewer, *, on):
    """The reviewer's credential that stays in date longest among those valid on that day, or None."""
    return reviewer.credential_set.valid(on=on).first()


def why_not_eligible(reviewer, requirement, *, on, writers=None):
    """Why this reviewer can't fill this role, as refusals; none means that they may.

    `on` is the day on which they would sign. `writers` spares a query where the caller has the ids
    of those who wrote the version.
    """
    version = requirement.version
    name = reviewer.name
    writers = version.writers() if writers is None else writers
    refusals = []
    if reviewer.user_id is None:
        refusals.append(Refusal("no_account", _("%s has no account to sign with.") % name))
    elif not reviewer.user.is_active:
        refusals.append(Refusal("account_closed", _("The account of %s is closed.") % name))
    elif not reviewer.user.has_perm("topics.sign_version"):
        refusals.append(
            Refusal("not_in_role", _("The account of %s is not a medical reviewer's.") % name)
        )
    if reviewer.user_id in writers:
        refusals.append(
            Refusal(
                "wrote_the_version",
                _("%s wrote, edited or is credited with this text; nobody signs their own.") % name,
            )
        )
    if specialty_for(reviewer, requirement) is None:
        asked = ", ".join(sorted(s.name for s in requirement.specialties.all()))
        refusals.append(
            Refusal(
                "specialty_not_asked_for",
                _("%(name)s has none of the specialties that the %(role)s needs: %(asked)s.")
                % {"name": name, "role": requirement.label, "asked": asked or "–"},
            )
        )
    refusals.extend(credential_refusals(reviewer, on=on))
    return refusals


def credential_refusals(reviewer, *, on):
    """Why the reviewer's credentials don't allow a signature on that day."""
    if valid_credential(reviewer, on=on):
        return []
    last = reviewer.credential_set.first()
    if last is None:
        sentence = _("%s has no credential on record.") % reviewer.name
        return [Refusal("no_credential", sentence)]
    if last.valid_from > on:
        sentence = _("The credential of %(name)s is valid only from %(day)s.")
        return [
            Refusal(
                "credential_not_yet_valid",
                sentence % {"name": reviewer.name, "day": last.valid_from.isoformat()},
            )
        ]
    sentence = _("The credential of %(name)s expired on %(day)s.")
    return [
        Refusal(
            "credential_expired",
            sentence % {"name": reviewer.name, "day": last.expires_on.isoformat()},
        )
    ]


def release_refusals(version, *, starts_at):
    """Why the sign-offs of a version don't carry a release that starts at that instant."""
    on = utc_day(starts_at)
    return [
        refusal
        for sign_off in version.sign_offs.select_related("reviewer")
        for refusal in credential_refusals(sign_off.reviewer, on=on)
    ]
