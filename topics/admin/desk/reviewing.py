"""The review desk: one page to read a version on, see what changed, remark on it, sign or return it."""

from dataclasses import replace

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from topics.admin.around import around
from topics.admin.desk.desk_facts import JSON, READING, REDLINE, facts_of
from topics.admin.desk.forms import ReturnAsReviewerForm, SignOffForm
from topics.admin.desk.outlook import signature_of
from topics.admin.desk.pages import VERSION_PAGES, Page
from topics.admin.desk.saying import FollowForm, RemarkForm
from topics.admin.desk.threads import laid_out, remarks_of
from topics.admin.desk.threads_in_redline import beside_redline
from topics.admin.desk.trail import MOVES, Seen
from topics.admin.desk.views import VersionActView, placed, typed_wrongly
from topics.models import Remark
from topics.vocabulary import Purpose
from topics.workflow import password, remarks
from topics.workflow.case import Case
from topics.workflow.changes import document_of
from topics.workflow.conditions import assignment_of, tries_of_case
from topics.workflow.door import reasons, why_not
from topics.workflow.table import ACTS

REVIEW = Page("review", _("Review"), "", None, None, "")
REMARK = replace(REVIEW, name="remark", label=_("Remark"), form=RemarkForm)
FOLLOW = replace(REVIEW, name="follow", label=_("Remark"), form=FollowForm)
CLOSING = tuple(act for act in MOVES if act != "edit")
"""The acts after which who remarks should look again; an edit is none, for quotes are checked."""


def signed_by(case):
    """The actor's own sign-off in the role that they were asked for, or None."""
    assignment = case.once(assignment_of)
    given = getattr(assignment.requirement, "sign_off", None) if assignment else None
    return given if given and given.user_id == case.actor.pk else None


class DeskView(VersionActView):
    """What the desk's addresses have in common: whatever is posted to one, its page is the desk."""

    page = REVIEW

    def find(self):
        return self.page, self.find_version()

    def reasons(self, page, subject):
        return []

    def get(self, request, **kwargs):
        page, version = self.find()
        return self.show(page, version, None, [], standing=[], status=200)

    def show(self, page, subject, form, refusals, *, standing, status, looked=False):
        actor, request = self.request.user, self.request
        document = document_of(subject)
        case = Case(subject, actor, timezone.now())
        signature = signature_of(case)
        if signature:
            signature["reviewer"].user = actor  # Whose rights are known already.
        said = remarks_of(subject, document, actor=actor, asked=bool(signature))
        seen = Seen.of(subject)
        given = request.GET.get("view") if request.method == "GET" else request.POST.get("back")
        view = given if given in (REDLINE, JSON) else READING
        said_no = [*typed_wrongly(form), *placed(form, refusals)] if form else []
        if isinstance(form, FollowForm):
            for thread in said.threads:
                thread.form = form if thread.pk == form.thread.pk else None
        facts = facts_of(
            subject,
            document,
            actor=actor,
            view=view,
            against=request.GET.get("against"),
            assignment_due=signature.get("due_on"),
            beside=beside_redline(request, subject, said, seen) if view == REDLINE else None,
        )
        context = {
            **self.admin_site.each_context(request),
            **facts,
            **signature,
            **self.standing(subject),
            **self.feet(page, subject, form, case),
            "title": self.title_of(subject),
            "page": page,
            "form": form,
            "remark_form": self.own(form, RemarkForm, subject, document=document),
            "remarks": said,
            "content": laid_out(document, said),
            "around": around(subject.article, document, user=actor),
            "seen": seen,
            "reasons": said_no,
            "subject_url": reverse("admin:topics_version_change", args=[subject.pk]),
            "desk_url": reverse("admin:review_desk", args=[subject.pk]),
            "may_return": actor.has_perm("topics.return_version"),
        }
        return TemplateResponse(request, "topics/desk/desk.html", context, status=status)

    def own(self, form, kind, subject, **given):
        """The form that was posted, if it is of that kind, or an empty one."""
        return (
            form if isinstance(form, kind) else kind(subject=subject, actor=self.request.user, **given)
        )

    def feet(self, page, subject, form, case):
        """The forms at the foot, and why one of them can't be used: for those who are asked to sign."""
        acts, is_asked = ("sign_off", "return_as_reviewer"), case.once(assignment_of) is not None
        if not is_asked and page.name not in acts:
            return {}
        why = {act: reasons(ACTS[act], case, asked=()) for act in acts}
        sign_form = self.own(form, SignOffForm, subject)
        told_beside = sign_form.is_bound and "password" in sign_form.errors
        return {
            "sign_form": sign_form,
            "sign_reasons": why["sign_off"],
            "tries": case.once(tries_of_case).told() if is_asked and not told_beside else "",
            "return_form": self.own(form, ReturnAsReviewerForm, subject),
            "return_reasons": why["return_as_reviewer"],
            "signed": signed_by(case),
        }

    def title_of(self, version):
        return version.title or version.article.slug

    def address(self, subject, form=None):
        return reverse("admin:review_desk", args=[subject.pk])


class ReviewDeskView(DeskView):
    """The desk as it is opened. Everybody who may look at the version may read it here."""

    http_method_names = ("get", "head")


class SignView(DeskView):
    """Signing a version, or returning it as its reviewer, from the desk."""

    answer = None

    def find(self):
        return VERSION_PAGES[self.kwargs["act"]], self.find_version()

    def ask(self):
        if self.kwargs["act"] == "sign_off":
            typed = self.request.POST.get("password", "")
            self.answer = password.ask(
                self.request.user, typed, purpose=Purpose.SIGN_OFF, of=self.find_version()
            )

    def filled(self, page, subject, seen):
        form = super().filled(page, subject, seen)
        form.answer = self.answer
        return form

    def reasons(self, page, subject):
        return why_not(subject, page.name, actor=self.request.user)

    def get(self, request, **kwargs):
        return super(DeskView, self).get(request, **kwargs)

    def address(self, subject, form=None):
        return reverse("admin:topics_version_change", args=[subject.pk])


class SayingView(DeskView):
    """What is said is posted; who comes back to its address, after signing in again, gets the desk."""

    def get(self, request, **kwargs):
        _page, version = self.find()
        return HttpResponseRedirect(reverse("admin:review_desk", args=[version.pk]))

    def came_from(self, subject):
        """The page on which it was said: the draft, the redline on the desk, or the text there."""
        back = self.request.POST.get("back")
        if subject.is_draft and back == "draft":
            return reverse("admin:topics_version_change", args=[subject.pk])
        desk = reverse("admin:review_desk", args=[subject.pk])
        return f"{desk}?view={REDLINE}" if back == REDLINE else desk


class RemarkView(SayingView):
    """Beginning a thread."""

    page = REMARK

    def filled(self, page, subject, seen):
        form = RemarkForm(
            self.request.POST,
            subject=subject,
            actor=self.request.user,
            seen=seen,
            document=document_of(subject),
        )
        form.stale_after = CLOSING
        form.full_clean()
        return form

    def reasons(self, page, subject):
        return remarks.standing(subject, actor=self.request.user).remark

    def address(self, subject, form=None):
        desk = self.came_from(subject)
        return f"{desk}#remark-{form.thread.pk}" if form and hasattr(form, "thread") else desk


class FollowView(SayingView):
    """Replying to a thread, answering it or opening it again."""

    page = FOLLOW

    def thread(self, version):
        threads = Remark.objects.threads().select_related("version")
        article = version.article_id
        return get_object_or_404(threads, pk=self.kwargs["thread"], version__article=article)

    def filled(self, page, subject, seen):
        form = FollowForm(
            self.request.POST,
            subject=subject,
            actor=self.request.user,
            seen=seen,
            thread=self.thread(subject),
        )
        form.stale_after = CLOSING
        form.full_clean()
        return form

    def address(self, subject, form=None):
        if form is None:
            return super().address(subject)
        return f"{self.came_from(subject)}#remark-{form.thread.pk}"
