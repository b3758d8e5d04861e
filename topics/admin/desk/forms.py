"""A form for each act: what is asked for, and the door that the answer goes through."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from topics.admin.desk.fields import ArticleField, ExplainedChoices, InstantForm, explained
from topics.admin.desk.meanings import CHANGES, WITHDRAWALS
from topics.admin.desk.trail import MOVES
from topics.models import Category
from topics.publishing.release import release
from topics.publishing.withdraw import cancel_release, why_not_withdraw, withdraw
from topics.vocabulary import ChangeKind, WithdrawalKind
from topics.workflow import acts
from topics.workflow.drafting import open_version, recategorise, why_not_open


class ActForm(forms.Form):
    """Asks for what one act needs. `do` takes it through the door and returns what to tell.

    `beside` names the field that a refusal's sentence stands beside; what isn't asked in a field
    is checked by the door alone, so that its sentences are the only ones. `stale_after` are the
    acts after which the page must be looked at again.
    """

    button = gettext_lazy("Do it")
    grave = False
    beside = {}
    stale_after = MOVES

    def __init__(self, *args, subject, actor, seen=None, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.subject, self.actor, self.seen = subject, actor, seen

    def do(self):
        raise NotImplementedError

    def field_of(self, refusal):
        return self.beside.get(refusal.code)

    def refusals_of_the_rest(self):
        """Where some of what was typed can't be read: the door's refusals of the rest."""
        return []


class SubmitForm(ActForm):
    button = gettext_lazy("Submit to the editors")

    def do(self):
        version = acts.submit(self.subject, actor=self.actor)
        return [_("Version %s is submitted. Its text is frozen.") % version.number]


class SendForm(ActForm):
    button = gettext_lazy("Send to medical review")
    stale_after = (*MOVES, "assign")

    def do(self):
        version = acts.send_to_medical_review(self.subject, actor=self.actor)
        return [_("Version %s is in medical review. Its reviewers can sign.") % version.number]


class ReturnForm(ActForm):
    button = gettext_lazy("Return with these remarks")
    grave = True
    as_reviewer = False
    beside = {"no_remarks": "remarks"}

    remarks = forms.CharField(
        label=gettext_lazy("Remarks"),
        required=False,
        help_text=gettext_lazy("What should change, for those who continue the text."),
        widget=forms.Textarea(attrs={"rows": 8, "required": True}),
    )

    def do(self):
        version = acts.return_with_remarks(
            self.subject,
            remarks=self.cleaned_data["remarks"],
            actor=self.actor,
            as_reviewer=self.as_reviewer,
        )
        return [_("Version %s is returned with your remarks.") % version.number]


class ReturnAsReviewerForm(ReturnForm):
    as_reviewer = True


class SignOffForm(ActForm):
    button = gettext_lazy("Sign off")
    beside = {"password_is_wrong": "password"}

    password = forms.CharField(
        label=gettext_lazy("Your password, again"),
        required=False,
        strip=False,
        help_text=gettext_lazy("By giving it you sign the statement above, in your name."),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "required": True}),
    )

    def do(self):
        version = acts.sign_off(
            self.subject,
            digest=self.seen.digest,
            password=self.cleaned_data["password"],
            actor=self.actor,
        )
        missing = version.requirements.filter(sign_off=None).count()
        if missing:
            return [_("You signed. Sign-offs still missing: %s.") % missing]
        return [_("You signed, as the last one: version %s is approved.") % version.number]


class ReleaseForm(ActForm, InstantForm):
    button = gettext_lazy("Release")
    beside = {
        "start_is_past": "day",
        "withdrawal_is_planned": "when",
        "review_is_overdue": "when",
    }

    def do(self):
        edition = release(self.subject, actor=self.actor, starts_at=self.instant())
        told = {"edition": edition.number, "at": f"{edition.starts_at:%Y-%m-%d %H:%M}"}
        if self.instant():
            return [_("Edition %(edition)s is scheduled: the public reads it from %(at)s UTC.") % told]
        return [_("Edition %(edition)s is public since %(at)s UTC.") % told]


class WithdrawForm(ActForm, InstantForm):
    button = gettext_lazy("Withdraw this edition")
    grave = True
    beside = {
        "unknown_kind": "kind",
        "no_explanation": "explanation",
        "no_replacement": "replacement",
        "replacement_not_in_force": "replacement",
        "effective_at_is_wrong": "when",
    }
    field_order = ("kind", "explanation", "replacement", "when", "day", "time")

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
        help_text=gettext_lazy("The slug of an article that is public. Needed where it moved."),
        widget=forms.TextInput(attrs={"list": "desk-articles", "autocomplete": "off"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].widget.choices = explained(WithdrawalKind.choices, WITHDRAWALS)
        self.fields["replacement"].language = self.subject.language

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
        told = {"edition": self.subject.number, "at": f"{done.effective_at:%Y-%m-%d %H:%M}"}
        if self.instant():
            return [_("Edition %(edition)s will be withdrawn at %(at)s UTC.") % told]
        return [_("Edition %(edition)s is withdrawn since %(at)s UTC.") % told]


class CancelReleaseForm(ActForm):
    button = gettext_lazy("Cancel this release")
    grave = True

    def do(self):
        edition = cancel_release(self.subject, actor=self.actor)
        return [_("The release of edition %s is cancelled.") % edition.number]


class OpenVersionForm(ActForm):
    button = gettext_lazy("Start the new version")
    beside = {"unknown_kind": "kind", "change_kind_does_not_fit": "kind"}
    stale_after = ("open_version", *MOVES)

    kind = forms.CharField(label=gettext_lazy("Kind of change"), required=False, widget=ExplainedChoices)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = self.fields["kind"]
        kinds.widget.choices = explained(ChangeKind.choices, CHANGES)
        unfit = {kind for kind in ChangeKind.values if self.unfit(kind)}
        kinds.widget.closed = unfit
        fit = [kind for kind in ChangeKind.values if kind not in unfit]
        kinds.initial = fit[0] if len(fit) == 1 else None

    def unfit(self, kind):
        return any(
            refusal.code == "change_kind_does_not_fit"
            for refusal in why_not_open(self.subject, kind, actor=self.actor)
        )

    def do(self):
        self.version = open_version(
            self.subject, change_kind=self.cleaned_data["kind"], actor=self.actor
        )
        return [_("Version %s is yours to write.") % self.version.number]


class RecategoriseForm(ActForm):
    button = gettext_lazy("Change the category")
    stale_after = ("recategorise", *MOVES)

    category = forms.ModelChoiceField(label=gettext_lazy("Category"), queryset=Category.objects.all())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].initial = self.subject.category_id

    def do(self):
        article = recategorise(self.subject, category=self.cleaned_data["category"], actor=self.actor)
        return [_("The article is in the category “%s” now.") % article.category]
