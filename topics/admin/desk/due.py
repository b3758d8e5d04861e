"""Which articles are due for review, overdue first: narrowed by time, category and language."""

from datetime import timedelta

from django import forms
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from topics.admin.columns import category_tree
from topics.models import Article, Edition, Version
from topics.publishing.shelf import is_newest_started

OVERDUE, DUE = "overdue", "due"
DAYS_AHEAD = {"30": 30, "90": 90, "180": 180, "365": 365}


class DueForm(forms.Form):
    """What narrows the list. Anything that isn't offered is as good as nothing chosen."""

    window = forms.ChoiceField(
        label=_("Review due"),
        required=False,
        choices=[
            (DUE, _("Due or overdue")),
            (OVERDUE, _("Overdue")),
            ("30", _("Within 30 days")),
            ("90", _("Within 90 days")),
            ("180", _("Within 180 days")),
            ("365", _("Within a year")),
        ],
    )
    category = forms.TypedChoiceField(
        label=_("Category"), required=False, choices=(), coerce=int, empty_value=None
    )
    language = forms.ChoiceField(label=_("Language"), required=False, choices=())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.tree = category_tree()
        self.fields["category"].choices = [
            ("", _("All")),
            *((c.pk, "\u2003" * depth + c.name) for c, depth in self.tree),
        ]
        languages = Article.objects.order_by("language").values_list("language", flat=True).distinct()
        self.fields["language"].choices = [("", _("All")), *((name, name) for name in languages)]

    def chosen(self, *, now, today):
        """The newest edition of each article that it leaves."""
        self.is_valid()
        given = self.cleaned_data
        editions = due_for_review(now=now)
        window = given.get("window") or DUE
        if window == DUE:
            editions = editions.filter(review_warning_on__lte=today)
        else:
            ahead = timedelta(days=DAYS_AHEAD.get(window, 0))
            editions = editions.filter(next_review_due__lte=today + ahead)
        if given.get("category"):
            below = {given["category"]}
            for category, _depth in self.tree:
                if category.parent_id in below:
                    below.add(category.pk)
            editions = editions.filter(article__category__in=below)
        if given.get("language"):
            editions = editions.filter(language=given["language"])
        return editions.order_by("next_review_due", "pk")


def due_for_review(*, now):
    """The newest edition of each article that is public, or withheld for want of a review."""
    stands = Q(ends_at=None) | Q(ends_at__gt=now) | Q(ends_at=F("expires_at"))
    return (
        Edition.objects.started(at=now)
        .filter(stands, is_newest_started(at=now), withdrawal=None)
        .select_related("article", "version")
        .defer("document", "record", "summary", "version__document", "version__body", "version__summary")
    )


def with_work(editions):
    """The editions as a list, each with the version `at_work` on its article, or None; a query more."""
    editions = list(editions)
    versions = Version.objects.at_work().filter(article__in={each.article_id for each in editions})
    found = {each.article_id: each for each in versions.only("article_id", "number", "state")}
    for edition in editions:
        edition.at_work = found.get(edition.article_id)
    return editions
