"""The forms that let editions out and take them back: release, move, cancel, withdraw."""

import json

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from topics.admin.desk.fields import ArticleField, ExplainedChoices, explained
from topics.admin.desk.forms import ActForm
from topics.admin.desk.instants import InstantForm
from topics.admin.desk.meanings import WITHDRAWALS
from topics.admin.desk.trail import MOVES, SAYING
from topics.admin.moments import spoken
from topics.publishing.foreseeing import answer_after
from topics.publishing.release import release
from topics.publishing.together import RefusedTogether, reschedule
from topics.publishing.withdraw import cancel_release, together_with, why_not_withdraw, withdraw
from topics.rules.refusal import Refused
from topics.vocabulary import WithdrawalKind


class ReleaseForm(ActForm, InstantForm):
    button = gettext_lazy("Release")
    can_look, foreseen = True, "topics/desk/foreseen/release.html"
    stale_after = (*MOVES, *SAYING)
    beside = {
        "start_is_past": "day",
        "withdrawal_is_planned": "when",
        "review_is_overdue": "when",
    }

    def do(self):
        edition = self.outcome = release(self.subject, actor=self.actor, starts_at=self.instant())
        told = {"edition": edition.number, "at": spoken(edition.starts_at)}
        if self.instant():
            return [_("Edition %(edition)s is scheduled: the public reads it from %(at)s.") % told]
        return [_("Edition %(edition)s is public since %(at)s.") % told]


class MoveForm(ReleaseForm):
    """A new instant for a scheduled edition and all that was released together with it."""

    button = gettext_lazy("Move the release")
    foreseen = "topics/desk/foreseen/move.html"
    stale_after = MOVES
    beside = {**ReleaseForm.beside, "starts_then_already": "day"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Not “now”, as a release begins: whoever only presses the button moves nothing.
        local = self.subject.starts_at.astimezone(self.zone)
        self.initial = {"when": self.LATER, "day": local.date(), "time": local.time(), **self.initial}

    def do(self):
        try:
            self.outcome = reschedule(self.subject, actor=self.actor, starts_at=self.instant())
        except RefusedTogether as refused:
            versions = [member.version for member in together_with(self.subject)]
            raise Refused(refused.by_title(versions)) from refused
        self.leads_to = next(
            edition for edition in self.outcome if edition.article_id == self.subject.article_id
        )
        told = {"count": len(self.outcome), "at": spoken(self.leads_to.starts_at)}
        if len(self.outcome) > 1:
            return [_("%(count)s editions are moved together: public from %(at)s.") % told]
        return [_("The release is moved: public from %(at)s.") % told]


class CancelReleaseForm(ActForm):
    button = gettext_lazy("Cancel this release")
    grave = True

    def do(self):
        count = len(together_with(self.subject))
        edition = cancel_release(self.subject, actor=self.actor)
        if count > 1:
            return [_("The releases of all %s editions are cancelled.") % count]
        return [_("The release of edition %s is cancelled.") % edition.number]


class WithdrawForm(ActForm, InstantForm):
    """Kind, explanation, what to read instead, when; and the slug, so that nobody errs in the page."""

    button = gettext_lazy("Withdraw this edition")
    grave = True
    can_look, foreseen = True, "topics/desk/foreseen/withdraw.html"
    beside = {
        "unknown_kind": "kind",
        "no_explanation": "explanation",
        "no_replacement": "replacement",
        "replacement_not_in_force": "replacement",
        "effective_at_is_wrong": "when",
    }
    field_order = (
        *("kind", "explanation", "replacement", "when", "day", "time", "which", "confirmation"),
    )

    class Media:
        js = [forms.Script("topics/replacement.js", defer=True)]

    kind = forms.CharField(label=gettext_lazy("Kind"), required=False, widget=ExplainedChoices)
    explanation = forms.CharField(
        label=gettext_lazy("Explanation"),
        required=False,
        help_text=gettext_lazy("For readers and consumers: it stands in the article's place."),
        widget=forms.Textarea(attrs={"rows": 5, "required": True}),
    )
    replacement = ArticleField(
        label=gettext_lazy("What to read instead"),
        required=False,
        help_text=gettext_lazy(
            "Type words of the title, then choose; or type the slug. It must be public. Needed where "
            "the article moved."
        ),
        widget=forms.TextInput(attrs={"list": "desk-articles", "autocomplete": "off"}),
    )
    confirmation = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].widget.choices = explained(WithdrawalKind.choices, WITHDRAWALS)
        self.fields["replacement"].language = self.subject.language
        article = self.subject.article
        self.fields["replacement"].widget.attrs["data-search"] = (
            reverse("admin:public_articles") + f"?without={article.pk}&language={article.language}"
        )
        slug = {"slug": article.slug}
        self.fields["confirmation"].label = _("To confirm, type the slug: %(slug)s") % slug

    def clean(self):
        cleaned = super().clean()
        slug = self.subject.article.slug
        looking = "look" in self.data
        if not looking and (cleaned.get("confirmation") or "").strip() != slug:
            sentence = _("Type %(slug)s, so that it is certain which article is meant.")
            self.add_error("confirmation", sentence % {"slug": slug})
        return cleaned

    def refusals_of_the_rest(self):
        given = self.cleaned_data
        refusals = why_not_withdraw(
            self.subject,
            actor=self.actor,
            kind=given.get("kind", ""),
            explanation=given.get("explanation"),
            replacement=given.get("replacement"),
        )
        return [refusal for refusal in refusals if self.field_of(refusal) not in (None, *self.errors)]

    def do(self):
        given = self.cleaned_data
        done = withdraw(
            self.subject,
            kind=given["kind"],
            explanation=given["explanation"],
            replacement=given["replacement"],
            effective_at=self.instant(),
            actor=self.actor,
        )
        self.outcome, self.answer = done, answer_after(done)
        self.answer_text = json.dumps(self.answer.record, indent=2, ensure_ascii=False)
        told = {"edition": self.subject.number, "at": spoken(done.effective_at)}
        if self.instant():
            return [_("Edition %(edition)s will be withdrawn at %(at)s.") % told]
        return [_("Edition %(edition)s is withdrawn since %(at)s.") % told]
