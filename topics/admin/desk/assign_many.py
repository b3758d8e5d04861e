"""Asking reviewers for several versions at once: each through its own door, each told apart."""

from collections import Counter
from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max, Prefetch
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from topics.admin.base import sentences_of
from topics.admin.columns import state_badge
from topics.admin.desk.access import visible_versions
from topics.admin.desk.asking import USUAL_TIME, due_field, quick_days, told_of
from topics.admin.desk.bulk import chosen_ids
from topics.admin.desk.trail import ASSIGNING, MOVES, Seen, not_seen
from topics.models import Assignment, AuditEntry, Requirement, Reviewer
from topics.rules.refusal import ILLEGAL, Refused, refuse
from topics.rules.review_dates import utc_day
from topics.workflow import acts
from topics.workflow.candidates import Pool
from topics.workflow.door import why_not
from topics.workflow.ledger import ClockError, begin_act

OFFERED = 12
"""Reviewers offered for a role here, best first; the version's own page has all of them."""


class WhenForm(forms.Form):
    """The day by which everybody who is asked here is to sign."""

    class Media:
        css = {"all": ["topics/assigning.css"]}
        js = [forms.Script("topics/assigning.js", defer=True)]

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["due_on"] = due_field(label=_("To sign by"), initial=today + USUAL_TIME)
        self.quick_days = quick_days(today)


@dataclass
class Slot:
    """One role of one version on the page: who is asked or has signed, or who is proposed."""

    requirement: Requirement
    name: str
    assignment: Assignment | None = None
    signed: bool = False
    offered: list = field(default_factory=list)
    more: int = 0
    chosen: str = ""

    @property
    def open(self):
        return self.assignment is None and not self.signed


@dataclass
class Line:
    """One version on the page: its roles, what was done to it, and why something was not."""

    version: object
    badge: str
    seen: Seen
    slots: list
    told: list = field(default_factory=list)
    refusals: list = field(default_factory=list)

    @property
    def asks(self):
        return any(slot.open for slot in self.slots)


def propose(lines, pool, *, due_on, typed):
    """Proposes the best reviewer for every open role; who was proposed above counts as busier.

    The roles that fewest people can fill are filled first, so that nobody is taken who is needed
    elsewhere on the same version. What a person chose stays chosen.
    """
    open_slots = [(line, slot) for line in lines for slot in line.slots if slot.open]
    found = {slot.name: pool.eligible(slot.requirement) for _line, slot in open_slots}
    taken = Counter()
    for line, slot in sorted(open_slots, key=lambda pair: len(found[pair[1].name])):
        everybody = pool.eligible(slot.requirement)
        elsewhere = {other.assignment.reviewer_id for other in line.slots if other.assignment}
        free = [
            candidate
            for candidate in everybody
            if candidate.reviewer.pk not in elsewhere
            and not taken[line.version.pk, candidate.reviewer.pk]
        ]
        best = free[0].reviewer if free else None
        slot.chosen = typed[slot.name] if slot.name in typed else str(best.pk if best else "")
        slot.offered = everybody[:OFFERED]
        slot.offered += [c for c in everybody[OFFERED:] if str(c.reviewer.pk) == slot.chosen]
        slot.more = len(everybody) - len(slot.offered)
        if best and slot.chosen == str(best.pk):
            taken[line.version.pk, best.pk] += 1
            pool.ask(best, due_on=due_on)


@method_decorator(never_cache, name="dispatch")
class AssignManyView(View):
    """One page for the versions that were chosen in a list.

    GET proposes. POST asks, version by version, each in a transaction of its own: of one version
    everything is done or nothing, and one that is refused keeps nobody else back.
    """

    admin_site = None

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm("topics.assign_reviewer"):
            raise PermissionDenied
        self.today = utc_day(timezone.now())
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self.show(WhenForm(today=self.today), chosen_ids(request.GET), typed={})

    def post(self, request):
        when = WhenForm(request.POST, today=self.today)
        ids = chosen_ids(request.POST)
        if not when.is_valid():
            return self.show(when, ids, typed=request.POST, status=422)
        told, refused = {}, {}
        for pk in ids:
            try:
                told[pk] = self.ask(pk, when.cleaned_data["due_on"])
            except Refused as error:
                refused[pk] = error.refusals
            except (IntegrityError, ClockError) as error:
                refused[pk] = sentences_of(error) if isinstance(error, IntegrityError) else [str(error)]
        status = 200
        if refused and not any(told.values()):
            kinds = {getattr(why, "kind", "") for found in refused.values() for why in found}
            status = 409 if kinds == {ILLEGAL} else 422
        return self.show(when, ids, typed=request.POST, told=told, refused=refused, status=status)

    @transaction.atomic
    def ask(self, pk, due_on):
        """Asks whoever was chosen for one version; what to tell of it, or raises with every reason."""
        begin_act()
        version = self.versions([pk]).get(pk)
        if version is None:
            return []
        chosen = {
            requirement: self.request.POST.get(f"reviewer_{requirement.pk}", "")
            for requirement in version.requirements.all()
        }
        chosen = {requirement: pk for requirement, pk in chosen.items() if pk.isdecimal()}
        if not chosen:
            return []
        seen = Seen.posted({name: self.request.POST.get(f"{name}_{pk}", "") for name in SEEN_NAMES})
        stale = [not_seen()] if seen is None else seen.refusals(version, after=(*MOVES, *ASSIGNING))
        refuse(stale)
        reviewers = Reviewer.objects.in_bulk([int(pk) for pk in chosen.values()])
        told, refusals = [], []
        for requirement, reviewer_id in chosen.items():
            reviewer = reviewers.get(int(reviewer_id))
            try:
                with transaction.atomic():
                    acts.assign(
                        version,
                        requirement=requirement,
                        reviewer=reviewer,
                        due_on=due_on,
                        actor=self.request.user,
                    )
            except Refused as error:
                refusals += error.refusals
            else:
                told.append(told_of(reviewer, requirement.label, due_on))
        refuse(refusals)
        return told

    def versions(self, ids):
        """The chosen versions that this person may see, with all that the page asks of them."""
        requirements = Requirement.objects.select_related("sign_off").prefetch_related(
            "specialties",
            Prefetch("assignments", Assignment.objects.active().select_related("reviewer")),
        )
        versions = (
            visible_versions(self.request.user)
            .select_related("article__category")
            .defer("document", "body", "summary")
            .prefetch_related(Prefetch("requirements", requirements.order_by("position")))
        )
        return versions.in_bulk(ids)

    def lines(self, ids, told, refused):
        found = self.versions(ids)
        newest = dict(
            AuditEntry.objects.filter(version__in=list(found))
            .order_by()
            .values_list("version")
            .annotate(number=Max("number"))
        )
        for pk in ids:
            if pk not in found:
                continue
            version = found[pk]
            slots = [
                Slot(
                    requirement,
                    f"reviewer_{requirement.pk}",
                    assignment=next(iter(requirement.assignments.all()), None),
                    signed=hasattr(requirement, "sign_off"),
                )
                for requirement in version.requirements.all()
            ]
            seen = Seen(newest.get(pk, 0), version.state, version.digest)
            line = Line(version, state_badge(version), seen, slots, told=told.get(pk, []))
            line.closed = why_not(version, "assign", actor=self.request.user)
            line.refusals = refused.get(pk, [])
            yield line

    def show(self, when, ids, *, typed, told=None, refused=None, status=200):
        lines = list(self.lines(ids, told or {}, refused or {}))
        open_lines = [line for line in lines if not line.closed]
        due_on = when.cleaned_data.get("due_on") if when.is_bound and when.is_valid() else None
        pool = Pool([line.version for line in lines], on=self.today, with_history=False)
        propose(open_lines, pool, due_on=due_on or self.today + USUAL_TIME, typed=typed)
        context = {
            **self.admin_site.each_context(self.request),
            "title": _("Assign reviewers to several versions"),
            "when": when,
            "lines": lines,
            "reported": told is not None,
            "done": sum(bool(line.told) for line in lines),
            "kept_back": sum(bool(line.refusals) for line in lines),
            "asks": any(line.asks for line in open_lines),
        }
        return TemplateResponse(self.request, "topics/desk/assign_many.html", context, status=status)


SEEN_NAMES = ("seen_entry", "seen_state", "seen_digest")
