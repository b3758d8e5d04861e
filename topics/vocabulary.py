"""The project's words as enumerations, so that code, admin, API and database spell them alike."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where a version stands in its life. A version never goes back to an earlier state."""

    DRAFT = "draft", _("Draft")
    EDITORIAL_REVIEW = "editorial_review", _("Editorial review")
    MEDICAL_REVIEW = "medical_review", _("Medical review")
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Returned")
    RELEASED = "released", _("Released")


OPEN_STATES = (State.DRAFT, State.EDITORIAL_REVIEW, State.MEDICAL_REVIEW, State.APPROVED)
"""A version in one of these holds its article's only open place."""


class ChangeKind(TextChoices):
    """What a version changes; it decides who signs and whether `last_reviewed` moves."""

    NEW = "new", _("New article")
    SUBSTANTIVE = "substantive", _("Substantive change")
    MINOR = "minor", _("Minor change")
    PERIODIC_REVIEW = "periodic_review", _("Periodic review")


REWRITTEN = (ChangeKind.NEW, ChangeKind.SUBSTANTIVE)
"""The kinds of change whose text is free. A periodic review may change nothing, and a minor change
no sentence: neither can be refused for the grade of what was released before.
"""


class Audience(TextChoices):
    """Whom a wording speaks to; signed with it, since the same words may be wrong for the other."""

    PATIENT = "patient", _("Patients and their families")
    PROFESSIONAL = "professional", _("Health professionals")


class Meaning(TextChoices):
    """What a reviewer states by signing (21 CFR 11.50 asks that a signature carry its meaning)."""

    ACCURATE = "accurate", _("I reviewed the whole article; it is clinically accurate and complete")
    STILL_CURRENT = (
        "still_current",
        _("I reviewed the whole article again; unchanged, it is still clinically current"),
    )
    NOT_CLINICAL = (
        "not_clinical",
        _("I read the change; it does not alter the clinical meaning of the article"),
    )


class WhenOverdue(TextChoices):
    """What a review policy does with an edition whose review is overdue."""

    FLAG = "flag", _("Keep serving it, marked as overdue")
    WITHHOLD = "withhold", _("Withhold it when the grace period ends")


class ReviewStatus(TextChoices):
    """How an edition stands against its review date on a given day."""

    CURRENT = "current", _("Current")
    DUE = "due", _("Due")
    OVERDUE = "overdue", _("Overdue")


class WithdrawalKind(TextChoices):
    """Why an edition was withdrawn."""

    CORRECTION = "correction", _("Correction")
    SAFETY_RECALL = "safety_recall", _("Safety recall")
    RETIRED = "retired", _("Retired")
    MOVED = "moved", _("Moved to another article")


WRONG = (WithdrawalKind.SAFETY_RECALL, WithdrawalKind.CORRECTION)
"""The kinds that say that the text was wrong. What was retired or moved was not."""


class Severity(TextChoices):
    """What it would mean to go on showing what was removed; the most severe first."""

    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")


class RemarkKind(TextChoices):
    """What a row of a thread of remarks does; the ledger calls the act by the same name."""

    REMARK = "remark", _("Remark")
    REPLY = "reply", _("Reply")
    ANSWER = "answer", _("Answer")
    REOPEN = "reopen", _("Reopened")


class Purpose(TextChoices):
    """What a password is asked again for."""

    SIGN_OFF = "sign_off", _("a signature")
    PASSWORD_CHANGE = "password_change", _("a new password")


class RemarkPart(TextChoices):
    """What of a version a remark speaks of."""

    VERSION = "version", _("The version as a whole")
    TITLE = "title", _("Title")
    ALSO_CALLED = "also_called", _("Other names")
    SUMMARY = "summary", _("Summary")
    SECTION = "section", _("Section")
    AUTHORS = "authors", _("Authors")
    REFERENCES = "references", _("References")
    RELATED = "related", _("Related articles")
    CODES = "codes", _("Codes")


class NoticeKind(TextChoices):
    """The dated legal texts that accompany articles."""

    DISCLAIMER = "disclaimer", _("Disclaimer")
    TERMS = "terms", _("Terms of use")
    PRIVACY = "privacy", _("Privacy policy")
    COPYRIGHT = "copyright", _("Copyright")
    TRADEMARK = "trademark", _("Trademark")
    DEVELOPMENT = "development", _("How this information was developed")


class DirectoryKind(TextChoices):
    """What stands in a licensee's directory."""

    PHYSICIAN = "physician", _("Physician")
    SERVICE = "service", _("Service")


class GradeRule(TextChoices):
    """What happens where a text reads harder than the school grade that its category asks for."""

    WARN = "warn", _("Warn the writer")
    BLOCK = "block", _("Refuse the submission")


class CodeSystem(TextChoices):
    """Code systems that an article's subject may be coded in. No vocabulary is shipped."""

    ICD_10_CM = "icd-10-cm", "ICD-10-CM"
    ICD_9_CM = "icd-9-cm", "ICD-9-CM"
    SNOMED_CT = "snomed-ct", "SNOMED CT"
    LOINC = "loinc", "LOINC"
    RXNORM = "rxnorm", "RxNorm"
    MESH = "mesh", "MeSH"
    NDC = "ndc", "NDC"
