"""Articles: the list in which people look for one, its overview, and the form that starts one."""

from django import forms
from django.contrib import admin
from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from topics.admin.base import ReadOnlyAdmin, RefusableForm
from topics.admin.columns import (
    CategoryFilter,
    LanguageFilter,
    PublicFilter,
    ReviewColumns,
    ReviewFilter,
    StateFilter,
    badge,
    standing,
    state_badge,
    with_newest,
)
from topics.admin.desk.access import visible_articles, visible_editions, visible_versions
from topics.admin.desk.panel import edition_panel, open_offers
from topics.admin.entries import told
from topics.models import Article, Version
from topics.workflow import drafting


class StartForm(RefusableForm):
    """What a new article begins with; the text is written on its draft's page."""

    title = forms.CharField(
        label=_("Title"), max_length=200, required=False, widget=admin.widgets.AdminTextInputWidget
    )

    class Meta:
        model = Article
        fields = ["slug", "language", "category", "translation_of"]


class ArticleAdmin(ReviewColumns, ReadOnlyAdmin):
    """An article is started here; after that its own page only shows it."""

    form = StartForm
    list_display = (
        *("name", "language", "category", "state", "edition"),
        *("reviewed", "due", "review"),
    )
    list_filter = (StateFilter, LanguageFilter, CategoryFilter, ReviewFilter, PublicFilter)
    list_select_related = ("category",)
    search_fields = ("slug", "public_id")
    search_help_text = _("Title of any version, slug or public id")
    autocomplete_fields = ("translation_of",)
    change_form_template = "topics/admin/article.html"

    def get_queryset(self, request):
        user = request.user
        versions = visible_versions(user)
        return with_newest(visible_articles(user), versions=versions, at=timezone.now())

    def get_search_results(self, request, queryset, search_term):
        found, distinct = super().get_search_results(request, queryset, search_term)
        if search_term:
            versions = visible_versions(request.user)
            titled = versions.filter(article=OuterRef("pk"), title__icontains=search_term)
            found = queryset.filter(Exists(titled) | Q(pk__in=found.values("pk")))
        return found, distinct

    @admin.display(description=_("title"), ordering="newest_title")
    def name(self, article):
        title = article.newest_title or _("(no title yet)")
        return format_html('{}<br><span class="quiet">{}</span>', title, article.slug)

    @admin.display(description=_("newest version"), ordering="newest_state")
    def state(self, article):
        return state_badge(article.newest_state)

    @admin.display(description=_("in force"), ordering="edition_number")
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
        form.draft = drafting.create_article(actor=request.user, **data)
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


def overview(request, article):
    """What the page of an article shows: its versions, its editions and, where allowed, its record."""
    now = timezone.now()
    versions = list(
        visible_versions(request.user)
        .filter(article=article)
        .select_related("article", "edited_by")
        .order_by("-number")
    )
    editions = list(
        visible_editions(request.user, at=now)
        .filter(article=article)
        .select_related("version", "withdrawal", "article")
        .order_by("-number")
    )
    entries = []
    if request.user.has_perm("topics.view_auditentry"):
        newest_entries = article.audit_entries.select_related("actor").order_by("-number")[:20]
        entries = told(newest_entries)
    newest = article.versions.select_related("article").order_by("-number").first()
    return {
        "title": article.newest_title or article.slug,
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
        "entries": entries,
        "translations": visible_articles(request.user).filter(translation_of=article),
        "next_version": list(open_offers(newest, request.user)) if newest else [],
    }
