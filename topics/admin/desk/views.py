"""The page of an act: shows what will happen, goes through the door, gives every reason back."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from topics.admin.columns import standing_badge, state_badge
from topics.admin.desk.access import (
    sees_every_version,
    visible_articles,
    visible_editions,
    visible_versions,
)
from topics.admin.desk.pages import EDITION_PAGES, OPEN_VERSION, RECATEGORISE, VERSION_PAGES
from topics.admin.desk.trail import Seen, not_seen
from topics.models import User, walls
from topics.publishing.withdraw import why_not_cancel, why_not_withdraw
from topics.rules.refusal import FORBIDDEN, ILLEGAL, Refusal, Refused, Unmet, refuse
from topics.vocabulary import ChangeKind
from topics.workflow.door import why_not
from topics.workflow.drafting import why_not_open, why_not_recategorise
from topics.workflow.ledger import ClockError, begin_act

STATUSES = ((ILLEGAL, 409), (FORBIDDEN, 403))
"""The gravest kind of refusal decides; whatever else was missing or wrong in a form is a 422."""

LOOK = "look"
"""The button that asks what would happen: everything is done, shown and undone again."""


def status_of(refusals, *, otherwise):
    kinds = {refusal.kind for refusal in refusals}
    return next((status for kind, status in STATUSES if kind in kinds), otherwise)


@method_decorator(never_cache, name="dispatch")
@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class ActView(View):
    """One act on one subject. GET changes nothing; POST acts only through the page's form.

    A refused page comes with 409 where the step doesn't exist (any more), 403 where it isn't this
    person's, 422 where something is missing. What the person may not see at all is a 404.
    """

    admin_site = None

    def find(self):
        """The page and the subject, read from the database, if this person may see it."""
        raise NotImplementedError

    def reasons(self, page, subject):
        """Why this person can't do it now, whatever they would type."""
        raise NotImplementedError

    def address(self, subject, form=None):
        """Where to look at the subject, and where to go when the act is done."""
        raise NotImplementedError

    def standing(self, subject):
        """What the head of the page says of the subject."""
        raise NotImplementedError

    def get(self, request, **kwargs):
        page, subject = self.find()
        form = page.form(subject=subject, actor=request.user)
        refusals = self.reasons(page, subject)
        status = status_of(refusals, otherwise=200)
        return self.show(page, subject, form, refusals, standing=refusals, status=status)

    def post(self, request, **kwargs):
        form, seen = None, Seen.posted(request.POST)
        try:
            self.ask()
            with transaction.atomic():
                begin_act()  # From here on nobody acts between the look and the act.
                page, subject = self.find()
                form = self.filled(page, subject, seen)
                self.refuse_what_is_not_sound(page, subject, form)
                told = form.do()
                looking = form.can_look and LOOK in request.POST
                transaction.set_rollback(looking)
        except Refused as refused:
            return self.refused(form, refused.refusals)
        except IntegrityError as error:
            sentence = walls.message_of(error)
            if sentence is None or form is None:
                raise
            return self.refused(form, [Refusal("wall", sentence)])
        except ClockError as error:
            form = form or self.filled(*self.find(), seen)
            return self.refused(form, [Refusal("clock", str(error))])
        if looking:
            return self.looked(form)
        for sentence in told:
            messages.success(request, sentence)
        return HttpResponseRedirect(self.address(subject, form))

    def ask(self):
        """Asks what has to be on record even where the act is refused; in a transaction of its own."""

    def filled(self, page, subject, seen):
        form = page.form(self.request.POST, subject=subject, actor=self.request.user, seen=seen)
        form.full_clean()
        return form

    def refuse_what_is_not_sound(self, page, subject, form):
        """Raises where the page is stale or what was typed can't be read, with every other reason."""
        stale = (
            [not_seen()] if form.seen is None else form.seen.refusals(subject, after=form.stale_after)
        )
        if stale:
            refuse([*stale, *self.reasons(page, subject)])
        if form.errors:
            raise Unmet([*self.reasons(page, subject), *form.refusals_of_the_rest()])

    def refused(self, form, refusals):
        """The form given back with every reason, and the subject as it stands now."""
        page, subject = self.find()
        return self.show(
            page,
            subject,
            form,
            refusals,
            standing=self.reasons(page, subject),
            status=status_of(refusals, otherwise=422),
        )

    def looked(self, form):
        """What would have happened, and the form to do it with. It was done and undone again."""
        page, subject = self.find()
        refusals = self.reasons(page, subject)
        return self.show(page, subject, form, refusals, standing=refusals, status=200, looked=True)

    def show(self, page, subject, form, refusals, *, standing, status, looked=False):
        """The page. Where there is a reason in `standing`, whatever is typed, it has no button.

        Whose act it isn't gets no facts either: they tell of other articles and of drafts. A step
        that doesn't exist hides that it isn't theirs, so a reviewer gets none with that either.
        """
        forbidden = any(reason.kind == FORBIDDEN for reason in standing)
        theirs = not standing or (sees_every_version(self.request.user) and not forbidden)
        context = {
            **self.admin_site.each_context(self.request),
            **(page.outlook(subject, actor=self.request.user) if theirs else {}),
            **self.standing(subject),
            "title": page.label,
            "page": page,
            "form": form,
            "seen": Seen.of(subject),
            "reasons": [*typed_wrongly(form), *placed(form, refusals)],
            "open_to_act": not standing,
            "looked": looked,
            "subject_url": self.address(subject),
            "outlook_template": f"topics/desk/outlook/{page.template}.html" if theirs else "",
            "now": timezone.now(),
        }
        return TemplateResponse(self.request, "topics/desk/act.html", context, status=status)


def typed_wrongly(form):
    """What was typed that is no date, no time, no article: sentences with their field's id."""
    return [
        (sentence, form[name].auto_id if name in form.fields else "")
        for name, sentences in form.errors.items()
        for sentence in sentences
    ]


def placed(form, refusals):
    """The refusals' sentences, each beside its field where it has one, with the field's id."""
    found = []
    for refusal in refusals:
        name = form.field_of(refusal)
        if name in form.fields and form.is_bound:
            form.add_error(name, str(refusal.sentence))
        found.append((refusal.sentence, form[name].auto_id if name in form.fields else ""))
    return found


class VersionActView(ActView):
    """An act of the workflow's table on a version."""

    def find(self):
        page = VERSION_PAGES.get(self.kwargs["act"])
        if page is None:
            raise Http404
        return page, self.find_version()

    def find_version(self):
        versions = visible_versions(self.request.user).select_related(
            *("article__category", "created_by", "edited_by", "submitted_by", "policy", "based_on")
        )
        return get_object_or_404(versions, pk=self.kwargs["pk"])

    def reasons(self, page, subject):
        return why_not(subject, page.name, actor=self.request.user)

    def address(self, subject, form=None):
        return reverse("admin:topics_version_change", args=[subject.pk])

    def standing(self, subject):
        writers = User.objects.filter(pk__in=subject.writers()).order_by("pk")
        return {
            "version": subject,
            "article": subject.article,
            "headline": subject.title or subject.article.slug,
            "standing": state_badge(subject),
            "writers": [writer.printed_name() for writer in writers],
        }


class EditionActView(ActView):
    """Withdrawing an edition, or cancelling its release."""

    def find(self):
        page = EDITION_PAGES.get(self.kwargs["act"])
        if page is None:
            raise Http404
        editions = visible_editions(self.request.user, at=timezone.now()).select_related(
            "article__category", "version", "released_by", "withdrawal", "batch"
        )
        return page, get_object_or_404(editions, pk=self.kwargs["pk"])

    def reasons(self, page, subject):
        ask = why_not_withdraw if page.name == "withdraw" else why_not_cancel
        return ask(subject, actor=self.request.user)

    def address(self, subject, form=None):
        leads_to = getattr(form, "leads_to", subject)
        return reverse("admin:topics_edition_change", args=[leads_to.pk])

    def standing(self, subject):
        return {
            "edition": subject,
            "article": subject.article,
            "headline": subject.title,
            "standing": standing_badge(subject),
        }


class ArticleActView(ActView):
    """An act on an article as a whole."""

    act = None

    def find(self):
        articles = visible_articles(self.request.user).select_related("category")
        return self.act, get_object_or_404(articles, pk=self.kwargs["pk"])

    def address(self, subject, form=None):
        return reverse("admin:topics_article_change", args=[subject.pk])

    def standing(self, subject):
        versions = visible_versions(self.request.user).filter(article=subject)
        newest = versions.order_by("-number").first()
        return {
            "article": subject,
            "headline": (newest.title if newest else "") or subject.slug,
            "standing": state_badge(newest) if newest else "",
        }


class OpenVersionView(ArticleActView):
    """Starting an article's next version."""

    act = OPEN_VERSION

    def reasons(self, page, subject):
        released = subject.editions.ever_in_force().exists()
        kind = ChangeKind.SUBSTANTIVE if released else ChangeKind.NEW
        return why_not_open(subject, kind, actor=self.request.user)

    def address(self, subject, form=None):
        if form is not None:
            return reverse("admin:topics_version_change", args=[form.version.pk])
        return super().address(subject)


class RecategoriseView(ArticleActView):
    """Moving an article to another category."""

    act = RECATEGORISE

    def reasons(self, page, subject):
        return why_not_recategorise(subject, actor=self.request.user)
