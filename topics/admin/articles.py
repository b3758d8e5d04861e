"""Articles: the list in which people look for one, its overview, and the form that starts one."""

from django import forms
from django.contrib import admin
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from topics.admin.base import ReadOnlyAdmin, RefusableForm
from topics.admin.columns import (
    ReviewColumns,
    badge,
    newest_standing,
    review_status,
    standing,
    with_newest,
)
from topics.admin.desk.access import visible_articles, visible_editions, visible_versions
from topics.admin.desk.panel import edition_panel, open_offers
from topics.admin.lists.filters import CategoryChoice, LanguageChoice
from topics.admin.lists.of_reviews import PublicChoice, ReviewOfArticle
from topics.admin.lists.of_versions import (
    NewestKindChoice,
    NewestStateChoice,
    PartChoice,
    ReviewerOfArticle,
)
from topics.admin.lists.searched import LongList
from topics.admin.timeline.ahead import ahead
from topics.admin.timeline.events import newest_events
from topics.models import Article, Version
from topics.rules.review_dates import utc_day
from topics.vocabulary import ChangeKind
from topics.workflow import drafting
from topics.workflow.translating import editions_since, newest_source_edition, standing_version


class StartForm(RefusableForm):
    """What a new article begins with; the text is written on its draft's page."""

    title = forms.CharField(
        label=_("Title"), max_length=200, required=False, widget=admin.widgets.AdminTextInputWidget
    )

    class Meta:
        model = Article
        fields = ["slug", "language", "category", "translation_of"]


class ArticleAdmin(ReviewColumns, LongList, ReadOnlyAdmin):
    """An article is started here; after that its own page only shows it."""

    form = StartForm
    list_display = (
        *("name", "language", "category", "state", "edition"),
        *("reviewed", "due", "review"),
    )
    list_filter = (
        *(NewestStateChoice, NewestKindChoice, ReviewOfArticle, CategoryChoice, LanguageChoice),
        *(ReviewerOfArticle, PartChoice, PublicChoice),
    )
    list_select_related = ("category",)
    sortable_by = ("name", "language")
    word_column, digest_column = "article", "versions__digest"
    csv_columns = (
        (_("public id"), lambda article: article.public_id),
        (_("slug"), lambda article: article.slug),
        (_("title"), lambda article: article.newest_title),
        (_("language"), lambda article: article.language),
        (_("category"), lambda article: article.category.name),
        (_("newest version"), lambda article: (newest_standing(article) or ("", ""))[1]),
        (_("kind of change"), lambda article: label_of(ChangeKind, article.newest_kind)),
        (_("edition in force"), lambda article: article.edition_number),
        (_("last reviewed"), lambda article: article.last_reviewed),
        (_("next due"), lambda article: article.next_due),
        (_("review"), lambda article: review_label(article)),
    )
    autocomplete_fields = ("translation_of",)
    change_form_template = "topics/admin/article.html"

    def get_queryset(self, request):
        return visible_articles(request.user)

    def shown(self, request, queryset):
        return with_newest(queryset, versions=visible_versions(request.user), at=timezone.now())

    @admin.display(description=_("title"), ordering="slug")
    def name(self, article):
        title = article.newest_title or _("(no title yet)")
        return format_html('{}<br><span class="quiet">{}</span>', title, article.slug)

    @admin.display(description=_("newest version"))
    def state(self, article):
        found = newest_standing(article)
        return badge(*found) if found else "–"

    @admin.display(description=_("in force"))
    def edition(self, article):
        if article.edition_number is None:
            return None
        return badge("in_force", _("Edition %s") % article.edition_number)

    def has_add_permission(self, request):
        return request.user.has_perm("topics.create_article")

    def get_fieldsets(self, request, obj=None):
        if obj:
            return ()
        return [(None, {"fields": ["title", "slug", "language", "category", "translation_of"]})]

    def save_model(self, request, obj, form, change):
        data = form.cleaned_data
        wanted = Article(translation_of=data.get("translation_of"))
        made_from = newest_source_edition(wanted, at=timezone.now())
        form.draft = drafting.create_article(actor=request.user, made_from=made_from, **data)
        obj.pk = form.draft.article_id

    def save_related(self, request, form, formsets, change):
        """Nothing beside the article: its draft has a page of its own."""

    def response_add(self, request, obj, post_url_continue=None):
        draft = Version.objects.get(article=obj)
        return HttpResponseRedirect(reverse("admin:topics_version_change", args=[draft.pk]))

    def render_change_form(self, request, context, *args, **kwargs):
        article = kwargs.get("obj")
        if article:
            context.update(overview(request, article))
        return super().render_change_form(request, context, *args, **kwargs)

    def entries_about(self, article):
        return article.audit_entries.all()


def label_of(words, value):
    """What people call a value of an enumeration; None for none."""
    return words(value).label if value else None


def review_label(article):
    status = review_status(article, on=utc_day(timezone.now()))
    return status.label if status else None


SHOWN = 40
"""Versions and editions listed on the page of an article; the timeline has all of them."""

NEWEST = 12
"""Entries of the ledger that the page of an article begins the timeline with."""


def overview(request, article):
    """What the page of an article shows: its versions, its editions and the newest of its timeline."""
    now = timezone.now()
    versions = list(
        visible_versions(request.user)
        .filter(article=article)
        .with_taken_back()
        .select_related("article", "edited_by")
        .defer("body", "document", "summary")
        .order_by("-number")[:SHOWN]
    )
    editions = list(
        visible_editions(request.user, at=now)
        .filter(article=article)
        .select_related("version", "withdrawal", "article")
        .defer("document", "record", "summary", "version__body", "version__document")
        .order_by("-number")[:SHOWN]
    )
    newest = article.versions.select_related("article").order_by("-number").first()
    return {
        "title": (versions[0].title if versions else "") or article.slug,
        "subtitle": None,
        "versions": versions,
        "editions": [
            {
                "edition": edition,
                "standing": standing(edition, at=now),
                "offers": edition_panel(request, edition)["offers"],
            }
            for edition in editions
        ],
        "events": newest_events(article, request.user, most=NEWEST),
        "ahead": ahead(article, request.user, at=now),
        "moved_on": editions_since(standing_version(article, at=now), at=now)
        if article.translation_of_id
        else (),
        "translations": visible_articles(request.user).filter(translation_of=article),
        "next_version": list(open_offers(newest, request.user)) if newest else [],
    }
