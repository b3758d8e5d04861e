"""Periodic reviews of many articles: choose what is due, see whom to ask, then start them one by one."""

from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache

from topics.admin.columns import category_tree
from topics.admin.desk.asking import USUAL_TIME, due_field
from topics.admin.desk.bulk import MOST, address, chosen_ids
from topics.admin.desk.due import DueForm, due_for_review, with_work
from topics.models import Reviewer, walls
from topics.models.version import TAKEN_BACK
from topics.rules.refusal import Refused
from topics.rules.review_dates import utc_day
from topics.vocabulary import State
from topics.workflow.ledger import ClockError
from topics.workflow.periodic import begin_periodic_review, proposals

PAGE = "periodic_review"


@dataclass
class Outcome:
    """What became of one article: its new version, or why there is none."""

    edition: object
    version: object = None
    reasons: list = field(default_factory=list)


class PlanForm(forms.Form):
    """One due date for all, whether to send them on, and for each article whom to ask for which role."""

    send = forms.BooleanField(
        label=gettext_lazy("Send them to medical review at once"),
        required=False,
        initial=True,
        help_text=gettext_lazy("Without it they wait in editorial review, with their reviewers asked."),
    )

    def __init__(self, *args, editions, proposed, today, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["due_on"] = due_field(label=_("To sign by"), initial=today + USUAL_TIME)
        self.order_fields(["due_on", "send"])
        self.names = {}
        for edition in editions:
            for proposal in proposed[edition.version_id]:
                self.add_role(edition, proposal)

    def add_role(self, edition, proposal):
        name = f"reviewer_{edition.article_id}_{proposal.role.role}"
        self.names[edition.article_id, proposal.role.role] = name
        choice = forms.ModelChoiceField(
            Reviewer.objects.all(),
            required=False,
            label=proposal.role.label,
            initial=proposal.proposed and proposal.proposed.pk,
        )
        self.fields[name] = choice
        choice.widget.choices = [
            ("", _("– choose –") if proposal.eligible else _("– nobody can sign as this –")),
            *(
                (
                    candidate.reviewer.pk,
                    _("%(name)s: %(work)s")
                    % {"name": candidate.reviewer, "work": candidate.work.sentence()},
                )
                for candidate in proposal.eligible
            ),
        ]

    def asked(self, edition):
        """Role to reviewer, as chosen for that article."""
        return {
            role: self.cleaned_data.get(name)
            for (article_id, role), name in self.names.items()
            if article_id == edition.article_id and self.cleaned_data.get(name)
        }


@method_decorator(never_cache, name="dispatch")
class PeriodicReviewView(View):
    """GET without rows lists what is due, with rows (`?id=`, articles) proposes; POST starts them."""

    admin_site = None

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm("topics.send_version"):
            raise PermissionDenied
        self.now = timezone.now()
        self.today = utc_day(self.now)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        ids = chosen_ids(request.GET)
        return self.plan(ids) if ids else self.choose()

    def post(self, request):
        ids = chosen_ids(request.POST)
        editions, proposed = self.proposed(ids)
        form = PlanForm(request.POST, editions=editions, proposed=proposed, today=self.today)
        if not form.is_valid() or not form.cleaned_data["due_on"]:
            if not form.errors:
                form.add_error("due_on", _("Choose a due date that is not in the past."))
            return self.show_plan(editions, proposed, form, status=422)
        outcomes = [self.begin(edition, form) for edition in editions]
        refused = [outcome.edition.article_id for outcome in outcomes if outcome.reasons]
        return self.show(
            "topics/desk/periodic_report.html",
            {
                "done": [outcome for outcome in outcomes if outcome.version],
                "refused": [outcome for outcome in outcomes if outcome.reasons],
                "sent": form.cleaned_data["send"],
                "due_on": form.cleaned_data["due_on"],
                "again": address(PAGE, refused),
            },
        )

    def begin(self, edition, form):
        """Starts the review of one article, in a transaction of its own."""
        try:
            version = begin_periodic_review(
                edition.article,
                actor=self.request.user,
                asked=form.asked(edition),
                due_on=form.cleaned_data["due_on"],
                send=form.cleaned_data["send"],
                seen=self.seen(edition),
            )
        except Refused as refused:
            return Outcome(edition, reasons=[refusal.sentence for refusal in refused.refusals])
        except IntegrityError as error:
            sentence = walls.message_of(error)
            if sentence is None:
                raise
            return Outcome(edition, reasons=[sentence])
        except ClockError as error:
            return Outcome(edition, reasons=[str(error)])
        return Outcome(edition, version=version)

    def seen(self, edition):
        """The id of the edition that the page showed of its article; 0, which none has, without it."""
        shown = self.request.POST.get(f"edition_{edition.article_id}", "")
        return int(shown) if shown.isdecimal() and len(shown) < 19 else 0

    # The pages -------------------------------------------------------------------------------------

    def choose(self):
        form = DueForm(self.request.GET)
        found = with_work(form.chosen(now=self.now, today=self.today)[: MOST + 1])
        editions = found[:MOST]
        for edition in editions:
            edition.status = edition.review_status(on=self.today)
            edition.days_late = (self.today - edition.next_review_due).days
            edition.work_label = edition.at_work and label_of(edition.at_work.state)
        context = {"form": form, "editions": editions, "more": len(found) > MOST, "most": MOST}
        return self.show("topics/desk/periodic_choose.html", context)

    def plan(self, ids):
        editions, proposed = self.proposed(ids)
        form = PlanForm(editions=editions, proposed=proposed, today=self.today)
        return self.show_plan(editions, proposed, form)

    def proposed(self, ids):
        """The chosen articles' editions, overdue first, and the proposals for each."""
        found = due_for_review(now=self.now).filter(article__in=ids).order_by("next_review_due", "pk")
        editions = with_work(found)
        categories = {category.pk: category for category, _depth in category_tree()}
        for edition in editions:
            edition.article.category = categories[edition.article.category_id]
            edition.version.article = edition.article
        versions = [edition.version for edition in editions]
        due_on = self.today + USUAL_TIME
        return editions, proposals(versions, actor=self.request.user, on=self.today, due_on=due_on)

    def show_plan(self, editions, proposed, form, *, status=200):
        rows = [
            {
                "edition": edition,
                "status": edition.review_status(on=self.today),
                "reasons": list(reasons_of(edition, proposed[edition.version_id])),
                "roles": [
                    (proposal, form[form.names[edition.article_id, proposal.role.role]])
                    for proposal in proposed[edition.version_id]
                ],
            }
            for edition in editions
        ]
        context = {"rows": rows, "form": form}
        return self.show("topics/desk/periodic_plan.html", context, status=status)

    def show(self, template, context, *, status=200):
        context = {
            **self.admin_site.each_context(self.request),
            "title": _("Periodic review"),
            "today": self.today,
            **context,
        }
        return TemplateResponse(self.request, template, context, status=status)


def label_of(state):
    """The word for the state of a version at work; one that was released is so only if taken back."""
    return TAKEN_BACK if state == State.RELEASED else State(state).label


def reasons_of(edition, roles):
    """What is known already to stand against this article's review, in sentences."""
    if edition.at_work:
        yield _("Version %(number)s is still open: %(state)s.") % {
            "number": edition.at_work.number,
            "state": label_of(edition.at_work.state),
        }
    if not roles:
        sentence = _("The category %s has no review policy that asks for a sign-off.")
        yield sentence % edition.article.category
    for proposal in roles:
        if not proposal.eligible:
            yield _("Nobody can sign as %s.") % proposal.role.label
