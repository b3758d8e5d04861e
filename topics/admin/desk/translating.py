"""Starting a translation from an edition's page, and catching up with a source that moved on."""

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from topics.admin.desk.access import visible_articles, visible_editions
from topics.admin.desk.fields import ExplainedChoices, explained
from topics.admin.desk.forms import ActForm
from topics.admin.desk.meanings import CHANGES
from topics.admin.desk.pages import Page
from topics.admin.desk.trail import MOVES
from topics.admin.desk.views import ArticleActView, EditionActView
from topics.content.languages import canonical_tag, language_name
from topics.models import Article, ReviewerLanguage
from topics.vocabulary import ChangeKind, State
from topics.workflow.drafting import why_not_open
from topics.workflow.source_conditions import is_weaker
from topics.workflow.translating import (
    catch_up,
    editions_since,
    fitting_kind,
    newest_source_edition,
    standing_version,
    translate,
    why_not_catch_up,
    why_not_translate,
)

TEXT, EMPTY = "text", "empty"


class TranslateForm(ActForm):
    button = gettext_lazy("Start the translation")
    stale_after = ("withdraw", "cancel_release")
    beside = {
        "language_is_taken": "language",
        "language_is_the_sources": "language",
        "language_is_wrong": "language",
        "slug_is_wrong": "slug",
        "__all___is_wrong": "slug",
    }

    language = forms.CharField(
        label=gettext_lazy("Translate into"),
        required=False,
        max_length=12,
        help_text=gettext_lazy("The tag of the language, such as es, es-MX or fr."),
        widget=forms.TextInput(attrs={"list": "translate-languages", "autocomplete": "off"}),
    )
    slug = forms.CharField(
        label=gettext_lazy("Slug"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("The readable address. It may be the source's, or one in the language."),
    )
    begin = forms.ChoiceField(
        label=gettext_lazy("Begin with"),
        initial=TEXT,
        required=False,
        choices=[
            (
                TEXT,
                gettext_lazy("the source's text, to be written over; its headings and lists are kept"),
            ),
            (EMPTY, gettext_lazy("an empty text, with the source beside it")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slug"].initial = self.subject.article.slug

    def do(self):
        given = self.cleaned_data
        self.version = translate(
            self.subject,
            language=canonical_tag(given["language"]),
            slug=given["slug"],
            actor=self.actor,
            with_text=given["begin"] != EMPTY,
        )
        words = {"language": language_name(self.version.article.language), "number": self.subject.number}
        return [_("The translation into %(language)s of edition %(number)s is yours to write.") % words]


class CatchUpForm(ActForm):
    button = gettext_lazy("Catch up")
    stale_after = ("open_version", *MOVES)
    beside = {"unknown_kind": "kind", "change_kind_does_not_fit": "kind", "kind_is_weaker": "kind"}

    kind = forms.CharField(label=gettext_lazy("Kind of change"), required=False, widget=ExplainedChoices)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        now = timezone.now()
        if standing_version(self.subject, at=now).state == State.DRAFT:
            del self.fields["kind"]  # The draft has its kind already.
            return
        kinds = self.fields["kind"]
        kinds.widget.choices = explained(ChangeKind.choices, CHANGES)
        kinds.initial = fitting_kind(self.subject, at=now)
        kinds.widget.closed = {kind for kind in ChangeKind.values if self.unfit(kind, kinds.initial)}

    def unfit(self, kind, fitting):
        if is_weaker(kind, fitting):
            return True
        refusals = why_not_open(self.subject, kind, actor=self.actor)
        return any(refusal.code == "change_kind_does_not_fit" for refusal in refusals)

    def do(self):
        self.version = catch_up(
            self.subject, actor=self.actor, change_kind=self.cleaned_data.get("kind")
        )
        words = {"number": self.version.number, "edition": self.version.made_from.number}
        return [
            _("Version %(number)s is now to say what edition %(edition)s of the source says.") % words
        ]


def of_translate(edition, *, actor):
    """What the translation begins with, and the languages that somebody reviews in."""
    tags = ReviewerLanguage.objects.order_by("language").values_list("language", flat=True).distinct()
    there = edition.article.translations.order_by("language")
    return {
        "languages": [(tag, language_name(tag)) for tag in tags if tag != edition.article.language],
        "translations": [(article, language_name(article.language)) for article in there],
    }


def of_catch_up(article, *, actor):
    """What has come since: each edition of the source, with the redline to the present one."""
    now = timezone.now()
    version = standing_version(article, at=now)
    since = editions_since(version, at=now) if version.made_from_id else ()
    return {
        "translation": version,
        "made_from": version.made_from,
        "since": since,
        "newest_source": newest_source_edition(article, at=now),
        "begins_anew": version.state != State.DRAFT,
    }


TRANSLATE = Page(
    "translate",
    gettext_lazy("Translate this edition"),
    gettext_lazy(
        "An article of its own begins in the other language, in the same category. Its first version "
        "names this edition as what it was made from; reviewers who read the language sign it."
    ),
    TranslateForm,
    of_translate,
    "translate",
)
CATCH_UP = Page(
    "catch_up",
    gettext_lazy("Catch up with the source"),
    gettext_lazy(
        "The translation is written on from the newest edition of its source. Readers keep what they "
        "have until it was reviewed and released."
    ),
    CatchUpForm,
    of_catch_up,
    "catch_up",
)


class TranslateView(EditionActView):
    """Starting a translation of an edition."""

    def find(self):
        editions = visible_editions(self.request.user, at=timezone.now()).select_related(
            "article__category", "article__translation_of", "version", "released_by", "withdrawal"
        )
        return TRANSLATE, get_object_or_404(editions, pk=self.kwargs["pk"])

    def reasons(self, page, subject):
        return why_not_translate(subject, actor=self.request.user, at=timezone.now())

    def address(self, subject, form=None):
        if form is not None:
            return reverse("admin:topics_version_change", args=[form.version.pk])
        return super().address(subject)


class CatchUpView(ArticleActView):
    """Taking a translation on to its source's newest edition."""

    act = CATCH_UP

    def find(self):
        articles = visible_articles(self.request.user).select_related("category", "translation_of")
        return self.act, get_object_or_404(
            articles.filter(pk__in=Article.objects.exclude(translation_of=None)), pk=self.kwargs["pk"]
        )

    def reasons(self, page, subject):
        return why_not_catch_up(subject, actor=self.request.user, at=timezone.now())

    def address(self, subject, form=None):
        if form is not None:
            return reverse("admin:side_by_side", args=[form.version.pk])
        return super().address(subject)
