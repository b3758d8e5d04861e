"""May this reviewer fill this role on this version? Every reason against it, as sentences."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from topics.content.languages import covers, language_name
from topics.models import User, VersionAuthor
from topics.rules.refusal import Refusal
from topics.rules.review_dates import utc_day


def specialty_for(reviewer, requirement):
    """The reviewer's first specialty (by name) that the role asks for, or None."""
    asked = {specialty.pk for specialty in requirement.specialties.all()}
    return next((s for s in reviewer.specialties.all() if s.pk in asked), None)


def valid_credential(reviewer, *, on):
    """The reviewer's credential that stays in date longest among those valid on that day, or None."""
    # Newest first, from memory where the caller has fetched them for many reviewers at once.
    dated = reviewer.credential_set.all()
    return next((item for item in dated if item.valid_from <= on <= item.expires_on), None)


def reads(reviewer, language):
    """Whether the reviewer's languages include this one; a base language covers its regions."""
    return any(covers(known.language, language) for known in reviewer.languages.all())


def signer_ids():
    """The ids of the accounts that are open and may sign: one query, however many there are."""
    signers = User.objects.with_perm(
        "topics.sign_version", backend="django.contrib.auth.backends.ModelBackend"
    )
    return set(signers.values_list("pk", flat=True))


def why_not_eligible(reviewer, requirement, *, on, writers=None, source_writers=None, signers=None):
    """Why this reviewer can't fill this role, as refusals; none means that they may.

    `on` is the day on which they would sign. Who asks of many reviewers spares queries by giving
    the ids of those who wrote the version, of those who wrote what it was translated from, and of
    the accounts that may sign (`signer_ids`).
    """
    version = requirement.version
    name = reviewer.name
    writers = version.writers() if writers is None else writers
    source_writers = version.source_writers() if source_writers is None else source_writers
    language = version.article.language
    refusals = []
    if reviewer.user_id is None:
        refusals.append(Refusal("no_account", _("%s has no account to sign with.") % name))
    elif not reviewer.user.is_active:
        refusals.append(Refusal("account_closed", _("The account of %s is closed.") % name))
    elif not may_sign(reviewer.user, signers):
        refusals.append(
            Refusal("not_in_role", _("The account of %s is not a medical reviewer's.") % name)
        )
    wrote, wrote_source = reviewer.user_id in writers, reviewer.user_id in source_writers
    refusals.extend(writing_refusals(reviewer, wrote=wrote, wrote_source=wrote_source))
    refusals.extend(language_refusals(reviewer, language))
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


def may_sign(user, signers=None):
    """Whether the account has the right to sign: asked of it, or looked up among the `signers`."""
    return user.has_perm("topics.sign_version") if signers is None else user.pk in signers


def writing_refusals(reviewer, *, wrote, wrote_source):
    """Why a text is the reviewer's own: they wrote it, or what it was translated from."""
    if wrote:
        sentence = _("%s wrote, edited or is credited with this text; nobody signs their own.")
        return [Refusal("wrote_the_version", sentence % reviewer.name)]
    if wrote_source:
        sentence = _("%s wrote, edited or is credited with the text that this one was translated from.")
        return [Refusal("wrote_the_source", sentence % reviewer.name)]
    return []


def language_refusals(reviewer, language):
    """Why the reviewer can't answer for a text in this language."""
    if reads(reviewer, language):
        return []
    sentence = _("%(name)s does not review in this language: %(language)s.")
    words = {"name": reviewer.name, "language": language_name(language)}
    return [Refusal("language_not_among", sentence % words)]


def credential_refusals(reviewer, *, on):
    """Why the reviewer's credentials don't allow a signature on that day."""
    if valid_credential(reviewer, on=on):
        return []
    last = next(iter(reviewer.credential_set.all()), None)
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
    """Why the sign-offs of a version don't carry a release that starts at that instant.

    An author may have been given the account of a signer since the signature.
    """
    on, language = utc_day(starts_at), version.article.language
    signed = (
        version.sign_offs.select_related("reviewer")
        .prefetch_related("reviewer__languages", "reviewer__credential_set")
        .annotate(
            wrote=is_credited(version=OuterRef("version")),
            wrote_source=is_credited(version__editions__translated_as=OuterRef("version")),
        )
    )
    return [
        refusal
        for sign_off in signed
        for refusal in (
            *writing_refusals(
                sign_off.reviewer, wrote=sign_off.wrote, wrote_source=sign_off.wrote_source
            ),
            *language_refusals(sign_off.reviewer, language),
            *credential_refusals(sign_off.reviewer, on=on),
        )
    ]


def is_credited(**with_what):
    """Of a sign-off: whether its account is, or was on submission, that of an author credited so."""
    account = Q(user=OuterRef("user")) | Q(author__user=OuterRef("user"))
    return Exists(VersionAuthor.objects.filter(account, **with_what))
