"""A form for each act: what is asked for, and the door that the answer goes through."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from topics.admin.desk.fields import ExplainedChoices, explained
from topics.admin.desk.meanings import CHANGES
from topics.admin.desk.trail import ASSIGNING, MOVES, SAYING
from topics.models import Category
from topics.vocabulary import ChangeKind
from topics.workflow import acts, signature
from topics.workflow.drafting import open_version, recategorise, why_not_open
from topics.workflow.remark_conditions import unanswered_remarks


class ActForm(forms.Form):
    """Asks for what one act needs. `do` takes it through the door and returns what to tell.

    `beside` names the field that a refusal's sentence stands beside; what isn't asked in a field
    is checked by the door alone, so that its sentences are the only ones. `stale_after` are the
    acts after which the page must be looked at again. With `can_look` it also has a button that asks
    what would happen, and `foreseen` names the template that shows it.
    """

    button = gettext_lazy("Do it")
    grave = False
    can_look = False
    foreseen = ""
    beside = {}
    stale_after = MOVES

    def __init__(self, *args, subject, actor, seen=None, **kwargs):
        self.subject, self.actor, self.seen = subject, actor, seen
        super().__init__(*args, label_suffix="", **kwargs)

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
    stale_after = (*MOVES, *ASSIGNING, *SAYING)
    beside = {"remarks_unanswered": "unanswered_reason"}

    unanswered_reason = forms.CharField(
        label=gettext_lazy("Why the reviewers should read it with unanswered remarks"),
        required=False,
        help_text=gettext_lazy("The reviewers see your reason; it stays on record."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_bound and not unanswered_remarks(self.subject).exists():
            del self.fields["unanswered_reason"]

    def do(self):
        reason = self.cleaned_data["unanswered_reason"]
        version = acts.send_to_medical_review(self.subject, actor=self.actor, unanswered_reason=reason)
        return [_("Version %s is in medical review. Its reviewers can sign.") % version.number]


class ReturnForm(ActForm):
    button = gettext_lazy("Return with these remarks")
    grave = True
    as_reviewer = False
    beside = {"no_remarks": "remarks"}

    remarks = forms.CharField(
        label=gettext_lazy("Remarks"),
        required=False,
        help_text=gettext_lazy(
            "What should change in the version as a whole, for those who continue the text. Your open "
            "remarks on passages go with it."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
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
    stale_after = (*MOVES, *SAYING)
    beside = {"password_is_wrong": "password", "password_is_barred": "password"}
    answer = None

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
            printed=signature.carried(self.data.get("seen_printed", "")),
            answer=self.answer,
            actor=self.actor,
        )
        missing = version.requirements.filter(sign_off=None).count()
        if missing:
            return [_("You signed. Sign-offs still missing: %s.") % missing]
        return [_("You signed, as the last one: version %s is approved.") % version.number]


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
