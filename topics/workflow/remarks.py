"""The doors of remarks: who may remark, reply, answer and reopen, on which version, and how."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from topics.content.canonical import digest
from topics.content.document import plain
from topics.models import Assignment, Remark, Version
from topics.models.remark import CONTEXT, LONGEST_QUOTE, LONGEST_REMARK
from topics.rules.anchoring import Anchor, quoted, texts
from topics.rules.refusal import FORBIDDEN, ILLEGAL, Refusal, refuse
from topics.vocabulary import OPEN_STATES, RemarkKind, RemarkPart, State
from topics.workflow.changes import document_of
from topics.workflow.ledger import begin_act, record

WHOLE = Anchor(RemarkPart.VERSION)


@dataclass(frozen=True)
class Standing:
    """What an account may say of a version, asked once for all of its remarks."""

    remark: list
    reply: list
    answer: list
    reopen: list


def standing(version, *, actor, asked=None):
    """Every reason why the actor can't remark, reply, answer or reopen on the version, by act.

    `asked` spares a query where the caller knows whether the actor is asked to review it.
    """
    closed = why_not_open(version)
    reads = may_read(version, actor=actor, asked=asked)
    asks, answers = may(actor, "remark_version"), may(actor, "answer_remark")
    strange = [] if reads else [not_asked()]
    remark = [*closed, *([] if asks else [not_in_role(_("Remark"))]), *strange]
    if not remark and version.state == State.DRAFT and not may(actor, "return_version"):
        remark = [Refusal("still_a_draft", _("A draft is not with the reviewers yet."), ILLEGAL)]
    return Standing(
        remark=remark,
        reply=[*closed, *([] if asks or answers else [not_in_role(_("Reply"))]), *strange],
        answer=[*closed, *([] if answers else [not_in_role(_("Answer"))]), *strange],
        reopen=[*closed, *([] if asks else [not_in_role(_("Reopen"))]), *strange],
    )


def may(actor, permission):
    return actor.is_active and actor.has_perm(f"topics.{permission}")


def not_in_role(label):
    return Refusal("not_permitted", _("Your role does not include “%s”.") % label, FORBIDDEN)


def not_asked():
    return Refusal("not_assigned", _("You were not asked to review this version."), FORBIDDEN)


def may_read(version, *, actor, asked=None):
    """Whether the actor follows reviews as a whole, or was asked to review this version and still is."""
    if may(actor, "view_requirement"):
        return True
    if asked is None:
        asked = Assignment.objects.active().filter(version=version, reviewer__user=actor).exists()
    return asked


def why_not_open(version):
    """Why nothing can be said of the version any more."""
    if version.state in OPEN_STATES:
        return []
    sentence = _(
        "Version %(number)s is %(state)s: what was said of it stays as it is. Go on in the next version."
    ) % {"number": version.number, "state": version.get_state_display().lower()}
    return [Refusal("version_is_closed", sentence, ILLEGAL)]


def why_not_said(text):
    """Why a text can't be a remark."""
    if not text:
        return [Refusal("no_text", _("Write what you want to say."))]
    if len(text) > LONGEST_REMARK:
        words = {"length": len(text), "most": LONGEST_REMARK}
        sentence = _("This has %(length)s characters; a remark has at most %(most)s.") % words
        return [Refusal("text_too_long", sentence)]
    return []


def why_not_anchored(anchor, found):
    """Why a remark can't speak of that passage; `found` is what the version's document has of it."""
    if anchor.part not in RemarkPart.values:
        return [Refusal("no_such_part", _("Choose what the remark speaks of."))]
    if len(anchor.quote) > LONGEST_QUOTE:
        sentence = _("A passage has at most %s characters. Quote its beginning.") % LONGEST_QUOTE
        return [Refusal("quote_too_long", sentence)]
    if found is None and anchor.quote:
        sentence = _("These words don't stand there in this version: “%s”. Quote them as they are.")
        return [Refusal("quote_not_found", sentence % anchor.quote)]
    if found is None:
        return [Refusal("no_such_part", _("The version has no such section. Choose another."))]
    return []


# The acts -------------------------------------------------------------------------------------------


@transaction.atomic
def remark(version, *, text, actor, anchor=WHOLE, at=None):
    """Begins a thread on a version and returns its first remark.

    The anchor's quote must occur in the version's document; it is kept with what stands around it.
    Raises `IllegalMove`, `NotPermitted` or `Unmet` with every reason.
    """
    at = begin_act(at=at)
    version = locked(version)
    text = plain(text)
    among = texts(document_of(version))
    found = quoted(anchor, among, context=CONTEXT)
    reasons = standing(version, actor=actor).remark
    refuse([*reasons, *why_not_said(text), *why_not_anchored(anchor, found)])
    heading = next((t.heading for t in among if found.section and t.section == found.section), "")
    return written(version, RemarkKind.REMARK, text, actor=actor, at=at, anchor=found, heading=heading)


def reply(thread, *, version, text, actor, at=None):
    """Adds to a thread without changing whether it is answered; returns the new row."""
    return follow(thread, RemarkKind.REPLY, version=version, text=text, actor=actor, at=at)


def answer(thread, *, version, text, actor, at=None):
    """Answers a thread: says what was done about it, or why nothing was. Returns the new row."""
    return follow(thread, RemarkKind.ANSWER, version=version, text=text, actor=actor, at=at)


def reopen(thread, *, version, text, actor, at=None):
    """Takes an answered thread up again, with what is still missing. Returns the new row."""
    return follow(thread, RemarkKind.REOPEN, version=version, text=text, actor=actor, at=at)


@transaction.atomic
def follow(thread, kind, *, version, text, actor, at=None):
    """Adds a row of that kind to a thread. `version` is the one that the actor had before them."""
    at = begin_act(at=at)
    version = locked(version)
    text = plain(text)
    reasons = list(getattr(standing(version, actor=actor), kind))
    reasons += why_not_in_thread(thread, kind, version=version)
    refuse([*reasons, *why_not_said(text)])
    return written(version, kind, text, actor=actor, at=at, thread=thread)


def why_not_in_thread(thread, kind, *, version):
    """Why a row of that kind has no place in the thread as it stands."""
    began = thread.version
    if thread.thread_id or (began.article_id, True) != (
        version.article_id,
        began.number <= version.number,
    ):
        return [Refusal("not_its_thread", _("This thread does not belong to this version."), ILLEGAL)]
    unanswered = Remark.objects.unanswered().filter(pk=thread.pk).exists()
    if kind == RemarkKind.ANSWER and not unanswered:
        return [Refusal("answered_already", _("This remark was answered already."), ILLEGAL)]
    if kind == RemarkKind.REOPEN and unanswered:
        return [Refusal("not_answered", _("This remark is not answered yet: it is open."), ILLEGAL)]
    return []


def locked(version):
    """The version read afresh, so that no step of its life comes between the question and the act."""
    rows = Version.objects.select_for_update(of=("self",)).select_related("article")
    return rows.get(pk=version.pk)


def written(version, kind, text, *, actor, at, thread=None, anchor=None, heading=""):
    """Writes the ledger's entry, then the row that it speaks of. Ask the questions first."""
    anchor = anchor or Anchor("")
    named = {"part": str(anchor.part), "section": anchor.section, "quote": anchor.quote}
    entry = record(
        str(kind),
        actor=actor,
        at=at,
        version=version,
        number=version.number,
        thread=str(thread.entry_id) if thread else "",
        text_digest=digest(text),
        **named,
    )
    return Remark.objects.create(
        thread=thread,
        version=version,
        kind=kind,
        text=text,
        heading=heading,
        prefix=anchor.prefix,
        suffix=anchor.suffix,
        said_by=actor,
        said_at=at,
        entry=entry,
        **named,
    )
