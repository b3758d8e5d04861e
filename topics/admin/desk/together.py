"""Releasing several versions at one instant: choose them, see what each replaces, then do it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache

from topics.admin.desk.access import visible_versions
from topics.admin.desk.bulk import MOST, address, chosen_ids
from topics.admin.desk.forms import ActForm
from topics.admin.desk.instants import InstantForm
from topics.admin.desk.queues import to_release
from topics.admin.desk.trail import MOVES, SAYING, deed
from topics.admin.desk.views import LOOK, placed, status_of, typed_wrongly
from topics.admin.moments import spoken
from topics.models import AuditEntry, Edition, Remark, walls
from topics.publishing.together import RefusedTogether, release_together, why_not_together
from topics.rules.refusal import ILLEGAL, Refusal, Refused, Unmet, refuse
from topics.workflow.ledger import ClockError, begin_act

PAGE = "release_together"


class TogetherForm(ActForm, InstantForm):
    """The instant that all of them share. `subject` is the list of versions."""

    button = gettext_lazy("Release them together")
    can_look, foreseen = True, "topics/desk/foreseen/together.html"
    beside = {"start_is_past": "day", "too_few": "when"}

    def do(self):
        self.outcome = release_together(self.subject, actor=self.actor, starts_at=self.instant())
        told = {"count": len(self.outcome), "at": spoken(self.outcome[0].starts_at)}
        if self.instant():
            return [_("%(count)s editions are scheduled together: public from %(at)s.") % told]
        return [_("%(count)s editions are public together since %(at)s.") % told]


def waiting(user):
    """The versions that could be released, longest waiting first: those of the queue on “my work”."""
    return (
        to_release(visible_versions(user))
        .with_taken_back()
        .select_related("article__category")
        .defer("document", "body", "summary")
        .order_by("state_since", "pk")
    )


@method_decorator(never_cache, name="dispatch")
class TogetherView(View):
    """GET without rows lets choose, with rows (`?id=`) shows what would happen; POST does it."""

    admin_site = None

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm("topics.release_version"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        ids = chosen_ids(request.GET)
        if len(ids) < 2:
            return self.choose(ids)
        versions = self.versions(ids)
        form = TogetherForm(subject=versions, actor=request.user)
        found = why_not_together(versions, actor=request.user)
        return self.show(versions, form, found, [], status=409 if found else 200)

    def post(self, request):
        ids = chosen_ids(request.POST)
        versions = self.versions(ids)
        form = TogetherForm(request.POST, subject=versions, actor=request.user)
        looking = LOOK in request.POST
        try:
            with transaction.atomic():
                begin_act()  # From here on nobody acts between the look and the act.
                refuse(self.stale(versions))
                if not form.is_valid():
                    raise Unmet([])
                told = form.do()
                transaction.set_rollback(looking)
        except RefusedTogether as refused:
            return self.show(
                versions, form, refused.of, [], status=status_of(refused.refusals, otherwise=422)
            )
        except Refused as refused:
            found = why_not_together(versions, actor=request.user)
            status = status_of(refused.refusals, otherwise=422)
            return self.show(versions, form, found, refused.refusals, status=status)
        except IntegrityError as error:
            sentence = walls.message_of(error)
            if sentence is None:
                raise
            return self.show(versions, form, {}, [Refusal("wall", sentence)], status=422)
        except ClockError as error:
            return self.show(versions, form, {}, [Refusal("clock", str(error))], status=422)
        if looking:
            return self.show(versions, form, {}, [], status=200, looked=True)
        for sentence in told:
            messages.success(request, sentence)
        return HttpResponseRedirect(reverse("admin:topics_edition_change", args=[form.outcome[0].pk]))

    def versions(self, ids):
        """The chosen versions that this person may see, in the order of their titles."""
        found = visible_versions(self.request.user).filter(pk__in=ids)
        return list(found.select_related("article__category", "policy").order_by("title", "pk"))

    def stale(self, versions):
        """Why the page is stale: who did what to one of them since it was opened."""
        try:
            seen = int(self.request.POST["seen_entry"])
        except (KeyError, ValueError):
            sentence = _("The form does not say what you saw. Open this page anew.")
            return [Refusal("nothing_seen", sentence)]
        acts = (*MOVES, *SAYING)
        since = AuditEntry.objects.filter(version__in=versions, number__gt=seen, act__in=acts)
        sentence = _("%s, after you opened this page. Look at how it stands now.")
        entries = since.select_related("actor", "version").order_by("-number")[:3]
        return [Refusal("acted_meanwhile", sentence % deed(entry), ILLEGAL) for entry in entries]

    def choose(self, ids):
        found = list(waiting(self.request.user)[: MOST + 1])
        context = {
            **self.admin_site.each_context(self.request),
            "title": _("Release together"),
            "versions": found[:MOST],
            "more": len(found) > MOST,
            "most": MOST,
            "chosen": ids,
        }
        return TemplateResponse(self.request, "topics/desk/together_choose.html", context)

    def show(self, versions, form, found, refusals, *, status, looked=False):
        newest = AuditEntry.objects.filter(version__in=versions).order_by("-number").first()
        context = {
            **self.admin_site.each_context(self.request),
            "title": _("Release together"),
            "rows": list(rows(versions, found)),
            "form": form,
            "reasons": [*typed_wrongly(form), *placed(form, refusals)],
            "open_to_act": not found
            or (form.is_bound and not why_not_together(versions, actor=self.request.user)),
            "looked": looked,
            "seen_entry": newest.number if newest else 0,
            "refused": len(found),
        }
        return TemplateResponse(self.request, "topics/desk/together.html", context, status=status)


def in_articles(versions):
    return [version.article_id for version in versions]


def rows(versions, found):
    """Each version with what it replaces, why it is refused, and the page without it."""
    in_force = {
        edition.article_id: edition
        for edition in Edition.objects.in_force(at=timezone.now())
        .filter(article__in=in_articles(versions))
        .defer("document", "record", "summary")
    }
    said = Remark.objects.unanswered().filter(version__article__in=in_articles(versions))
    unanswered = list(said.values_list("version__article", "version__number"))
    for version in versions:
        others = [other.pk for other in versions if other != version]
        yield {
            "version": version,
            "replaces": in_force.get(version.article_id),
            "refusals": found.get(version.pk, []),
            "without_it": address(PAGE, others),
            "unanswered": sum(
                article == version.article_id and number <= version.number
                for article, number in unanswered
            ),
        }
