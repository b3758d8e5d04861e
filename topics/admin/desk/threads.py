"""The remarks that are shown with a version: its own, and those before it that are still of interest."""

from dataclasses import dataclass, field

from django.db.models import F, Max, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from topics.admin.desk.access import sees_every_version, visible_versions
from topics.admin.desk.trail import Seen
from topics.content.passages import blocks, marked
from topics.models import Remark
from topics.rules.anchoring import MOVED, REMOVED, REWRITTEN, WHOLE, Anchor, Passage, locate, texts
from topics.vocabulary import RemarkKind, RemarkPart
from topics.workflow.changes import document_of
from topics.workflow.remarks import Standing, standing

HEAD = (RemarkPart.TITLE, RemarkPart.ALSO_CALLED, RemarkPart.SUMMARY)
FOOT = (RemarkPart.AUTHORS, RemarkPart.REFERENCES, RemarkPart.RELATED, RemarkPart.CODES)


@dataclass
class Thread:
    """A remark with all that followed it, and where its passage stands in the version that is shown."""

    first: Remark
    number: int
    """Of the version on which it began."""
    carried: bool
    """Whether that is an earlier one than the version shown."""
    rows: list = field(default_factory=list)
    passage: Passage | None = None
    may: Standing | None = None
    form: object = None
    """The form that was refused, to be given back with what was typed."""

    @property
    def pk(self):
        return self.first.pk

    @property
    def answered(self):
        return answered(self.rows)

    @property
    def where(self):
        """What the remark speaks of, in words."""
        if self.first.part == RemarkPart.SECTION:
            return self.first.heading or _("Introduction")
        return self.first.get_part_display()

    @property
    def lost(self):
        """Whether nothing is left in the document that it could stand beside."""
        return self.passage.how == REMOVED and self.passage.block is None

    @property
    def removed(self):
        return self.passage.how == REMOVED

    @property
    def moved(self):
        return self.passage.how == MOVED

    @property
    def rewritten(self):
        return self.passage.how == REWRITTEN

    @property
    def may_reply(self):
        return not self.may.reply

    @property
    def may_answer(self):
        return not self.may.answer and not self.answered

    @property
    def may_reopen(self):
        return not self.may.reopen and self.answered


def answered(rows):
    """Whether the newest row that is no reply is an answer."""
    turns = [row.kind for row in rows if row.kind != RemarkKind.REPLY]
    return bool(turns) and turns[-1] == RemarkKind.ANSWER


@dataclass
class Remarks:
    """A version's threads in the order of its text, and what this person may say."""

    threads: list
    may: Standing
    among: list = field(default_factory=list)
    """The document's texts, where there is a thread to place."""

    @property
    def open(self):
        return [thread for thread in self.threads if not thread.answered]

    @property
    def unplaced(self):
        """Those on the version as a whole, and those whose passage is gone."""
        return [t for t in self.threads if t.lost or t.first.part == RemarkPart.VERSION]

    def of(self, parts):
        return [t for t in self.threads if t.passage.part in parts and not t.lost]

    @property
    def head(self):
        return self.of(HEAD)

    @property
    def foot(self):
        return self.of(FOOT)


def threads_of(version, *, actor):
    """The threads that began on the version or before it, in two queries.

    What was said of them on later versions is only for those who may look at these.

    Those since the newest edition before it are all shown; of older ones those that were still open
    when the version was begun.
    """
    began = Coalesce(F("thread__version__number"), F("version__number"))
    rows = (
        Remark.objects.filter(version__article_id=version.article_id)
        .annotate(began=began, on_version=F("version__number"))
        .filter(began__lte=version.number)
        .select_related("said_by")
        .order_by("pk")
    )
    if not sees_every_version(actor):
        rows = rows.filter(Q(on_version__lte=version.number) | Q(version__in=visible_versions(actor)))
    found = {}
    for row in rows:
        if row.thread_id is None:
            found[row.pk] = Thread(row, row.began, carried=row.began < version.number)
        else:
            found[row.thread_id].rows.append(row)
    carried = [thread for thread in found.values() if thread.carried]
    if not carried:
        return list(found.values())
    released = version.article.editions.ever_in_force().filter(version__number__lt=version.number)
    base = released.aggregate(newest=Max("version__number"))["newest"] or 0
    settled = {
        thread.pk
        for thread in carried
        if thread.number <= base
        and answered([row for row in thread.rows if row.said_at < version.created_at])
    }
    return [thread for thread in found.values() if thread.pk not in settled]


def remarks_of(version, document, *, actor, asked=None):
    """The version's threads, each with its place in the document, in the order of the text."""
    may = standing(version, actor=actor, asked=asked)
    threads = threads_of(version, actor=actor)
    among = texts(document) if threads else []
    order = {(text.part, text.section): n for n, text in enumerate(among)}
    for thread in threads:
        first = thread.first
        anchor = Anchor(first.part, first.section, first.quote, first.prefix, first.suffix)
        thread.may, thread.passage = may, locate(anchor, among)
    last = len(order)
    threads.sort(
        key=lambda t: (
            order.get((t.passage.part, t.passage.section), -1 if t.passage.how == WHOLE else last),
            t.passage.start,
            t.pk,
        )
    )
    return Remarks(threads, may, among)


def laid_out(document, remarks):
    """The document with the threads beside their passages: sections get `pieces` and `threads`.

    The HTML stays what consumers get, but for the marks around the passages.
    """
    beside = {}
    for thread in remarks.threads:
        if thread.passage.part == RemarkPart.SECTION and not thread.lost:
            beside.setdefault(thread.passage.section, []).append(thread)
    if not beside:
        return document
    by_section = {text.section: text for text in remarks.among if text.section in beside}

    def lay(section):
        inner = [lay(below) for below in section["sections"]]
        threads = beside.get(section["id"])
        if not threads:
            return {**section, "sections": inner}
        whole = [t for t in threads if t.passage.block is None]
        placed = [t for t in threads if t.passage.block is not None]
        pieces = cut(by_section[section["id"]], placed) if placed else []
        return {**section, "sections": inner, "pieces": pieces, "threads": whole}

    return {**document, "sections": [lay(section) for section in document["sections"]]}


def cut(text, threads):
    """A section's HTML in pieces: each but the first begins with a block that threads stand beside."""
    quiet = [str(thread.pk) for thread in threads if thread.answered]
    pieces = [{"html": "", "rest": "", "threads": []}]
    for n, html in enumerate(blocks(text.html)):
        start, length = text.starts[n], len(text.lines[n])
        spans = [
            ((max(t.passage.start - start, 0), min(t.passage.end - start, length)), str(t.pk))
            for t in threads
        ]
        html = marked(html, spans, quiet)
        own = [thread for thread in threads if thread.passage.block == n]
        if own:
            pieces.append({"html": html, "rest": "", "threads": own})
        else:
            pieces[-1]["rest" if pieces[-1]["threads"] else "html"] += html
    return [piece for piece in pieces if piece["html"]]


def remarks_beside(request, version):
    """Context of `topics/desk/remarks.html`, for the page of a version."""
    remarks = remarks_of(version, document_of(version), actor=request.user)
    back = "draft" if version.is_draft else ""
    return {"remarks": remarks, "seen": Seen.of(version), "back": back}
