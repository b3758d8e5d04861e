"""Forms of remarks: on a passage of a version, and within a thread."""

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from topics.admin.desk.forms import ActForm
from topics.models.remark import LONGEST_QUOTE, LONGEST_REMARK
from topics.rules.anchoring import Anchor
from topics.vocabulary import RemarkKind, RemarkPart
from topics.workflow import remarks

SECTION = "section:"
LONGEST_NAME = 70


def places(document):
    """What a remark may speak of, in the order of the text, as choices."""
    parts = RemarkPart
    yield parts.VERSION, parts.VERSION.label
    for part in (parts.TITLE, parts.ALSO_CALLED, parts.SUMMARY):
        yield part, part.label
    waiting = [(section, 0) for section in reversed(document["sections"])]
    while waiting:
        section, depth = waiting.pop()
        name = Truncator(section["heading"] or _("Introduction")).chars(LONGEST_NAME)
        yield SECTION + section["id"], "\u2003" * depth + name
        waiting += [(below, depth + 1) for below in reversed(section["sections"])]
    for part in (parts.AUTHORS, parts.REFERENCES, parts.RELATED, parts.CODES):
        yield part, part.label


class RemarkForm(ActForm):
    """A remark on a passage: chosen by selecting it, or by its section and its words."""

    button = gettext_lazy("Remark")
    beside = {
        "no_text": "text",
        "text_too_long": "text",
        "quote_not_found": "quote",
        "quote_too_long": "quote",
        "no_such_part": "where",
    }

    where = forms.ChoiceField(label=gettext_lazy("On"), required=False)
    quote = forms.CharField(
        label=gettext_lazy("Passage"),
        required=False,
        help_text=gettext_lazy("The words as they stand there. Empty: all of it."),
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST_QUOTE}),
    )
    prefix = forms.CharField(required=False, widget=forms.HiddenInput)
    suffix = forms.CharField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("Your remark"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_REMARK}),
    )

    def __init__(self, *args, document, **kwargs):
        kwargs.setdefault("auto_id", "remark_%s")
        super().__init__(*args, **kwargs)
        self.fields["where"].choices = places(document)

    def anchor(self):
        given = self.cleaned_data
        where = given.get("where", "")
        part, _colon, section = where.partition(":")
        return Anchor(part, section, given["quote"], given["prefix"], given["suffix"])

    def do(self):
        remark = remarks.remark(
            self.subject, text=self.cleaned_data["text"], actor=self.actor, anchor=self.anchor()
        )
        self.thread = remark
        return [_("Your remark is kept with version %s.") % self.subject.number]


class FollowForm(ActForm):
    """What is said within a thread; the button pressed says whether it replies, answers or reopens."""

    beside = {"no_text": "text", "text_too_long": "text"}

    kind = forms.ChoiceField(choices=[(k, k.label) for k in RemarkKind if k != RemarkKind.REMARK])
    text = forms.CharField(
        label=gettext_lazy("What you say"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_REMARK}),
    )

    def __init__(self, *args, thread, **kwargs):
        kwargs.setdefault("auto_id", f"thread_{thread.pk}_%s")
        super().__init__(*args, **kwargs)
        self.thread = thread

    def do(self):
        kind = self.cleaned_data["kind"]
        remarks.follow(
            self.thread,
            RemarkKind(kind),
            version=self.subject,
            text=self.cleaned_data["text"],
            actor=self.actor,
        )
        told = {
            RemarkKind.REPLY: _("Your reply is kept."),
            RemarkKind.ANSWER: _("The remark is answered."),
            RemarkKind.REOPEN: _("The remark is open again."),
        }
        return [told[RemarkKind(kind)]]
