"""The translations desk: every translation whose source has moved on, and by how much."""

from collections import Counter, defaultdict

from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from topics.admin.desk.access import sees_every_version
from topics.admin.desk.section import Row, age, section
from topics.admin.moments import day
from topics.content.languages import language_name
from topics.models import Edition, Version
from topics.publishing.behind import PRESSING, RANKS, Drift, counts_of_drifts, drifting, rank
from topics.vocabulary import ChangeKind, State

PER_PAGE = 25
BY_NAME = ("article__slug", "article__language")
BADGES = {
    Drift.RECALLED: "overdue",
    Drift.WITHDRAWN: "withdrawn",
    Drift.SUBSTANTIVE: "due",
    Drift.MINOR: "scheduled",
    Drift.UNCHANGED: "current",
}
"""The badge of each drift, by a class of the stylesheet."""

RANK_OF = {drift: rank for rank, drift in RANKS.items()}


def light(found):
    """The versions with what is shown of them, without their texts."""
    return found.select_related("article__translation_of", "made_from").only(
        *("number", "title", "state", "article__slug", "article__language"),
        *("article__translation_of__slug", "article__translation_of__language"),
        *("made_from__number", "made_from__ends_at"),
        *("made_from__article_id", "made_from__version_id"),
    )


@method_decorator(never_cache, name="dispatch")
class TranslationsView(View):
    """The list, by language and by kind of change; counts of each lead to the others."""

    admin_site = None

    def get(self, request):
        if not sees_every_version(request.user):
            raise PermissionDenied
        now = timezone.now()
        language = request.GET.get("language", "")
        drift = next((d for d in Drift if d == request.GET.get("change")), None)
        counts = counts_of_drifts(at=now)
        found = drifting(at=now, down_to=drift or PRESSING[-1])
        if language:
            found = found.filter(article__language=language)
        found = found.annotate(rank=rank(at=now)).order_by("rank", *BY_NAME)
        if drift:
            found = found.filter(rank=RANK_OF[drift])
        page = request.GET.get("p", "1")
        page = int(page) if page.isdecimal() and 0 < int(page[:6]) < 100_000 else 1
        first = (page - 1) * PER_PAGE
        versions = list(light(found)[first : first + PER_PAGE + 1])
        context = {
            **self.admin_site.each_context(request),
            "title": _("Translations"),
            "rows": rows_of(versions[:PER_PAGE], at=now),
            "languages": languages_of(counts, language, drift),
            "changes": changes_of(counts, language, drift),
            "previous": link(language, drift, page - 1) if page > 1 else "",
            "following": link(language, drift, page + 1) if len(versions) > PER_PAGE else "",
            "page": page,
            "may_write": request.user.has_perm("topics.edit_version"),
        }
        return TemplateResponse(request, "topics/desk/translations.html", context)


def link(language, drift, page=1):
    given = {"language": language, "change": drift.value if drift else ""}
    query = {name: value for name, value in given.items() if value} | ({"p": page} if page > 1 else {})
    return f"{reverse('admin:translations')}{'?' + urlencode(query) if query else ''}"


def languages_of(counts, language, drift):
    """The languages with how many of their translations are behind; the first means all of them."""
    found = Counter()
    for tag, kind, n in counts:
        if kind == drift or (drift is None and kind in PRESSING):
            found[tag] += n
    choices = [("", _("All languages"), sum(found.values()))]
    choices += [(tag, language_name(tag), found[tag]) for tag in sorted({c[0] for c in counts})]
    return [(name, n, link(tag, drift), tag == language) for tag, name, n in choices]


def changes_of(counts, language, drift):
    """The kinds of drift with how many translations each has; the first means all that press."""
    found = Counter()
    for tag, kind, n in counts:
        if not language or tag == language:
            found[kind] += n
    every = sum(found[kind] for kind in PRESSING)
    choices = [(None, _("All that need work"), every), *((d, d.label, found[d]) for d in Drift)]
    return [(name, n, link(language, kind), kind == drift) for kind, name, n in choices]


def rows_of(versions, *, at):
    """What the page says of each translation: two queries more, however many there are."""
    editions, open_versions = defaultdict(list), {}
    for edition in (
        Edition.objects.started(at=at)
        .filter(article__in={version.made_from.article_id for version in versions})
        .only("article_id", "number", "title", "change_kind", "starts_at", "ends_at", "version_id")
        .order_by("number")
    ):
        editions[edition.article_id].append(edition)
    for version in (
        Version.objects.at_work()
        .with_taken_back()
        .filter(article__in={version.article_id for version in versions})
        .only("article_id", "number", "state", "made_from_id")
    ):
        open_versions[version.article_id] = version
    return [
        row_of(version, editions[version.made_from.article_id], open_versions.get(version.article_id))
        for version in versions
    ]


def row_of(version, editions, open_version):
    drift, made, article = RANKS[version.rank], version.made_from, version.article
    since = [edition for edition in editions if edition.number > made.number]
    present = editions[-1]
    catching_up = open_version is not None and open_version.made_from_id == present.pk
    may = open_version is None or open_version.state in (State.DRAFT, State.RELEASED)
    return {
        "article": article,
        "language": language_name(article.language),
        "title": version.title or article.slug,
        "source_title": present.title,
        "source": article.translation_of,
        "drift": drift,
        "badge": BADGES[drift],
        "made": made.number,
        "present": present.number,
        "behind": len(since),
        "kinds": [
            (edition.number, ChangeKind(edition.change_kind).label, edition.starts_at)
            for edition in since
        ],
        "redline": (made.version_id, present.version_id),
        "rewritten": made.version_id != present.version_id,
        "newest": open_version or version,
        "open_version": open_version,
        "catching_up": catching_up,
        "can_catch_up": bool(since) and may and not catching_up,
    }


# My work ----------------------------------------------------------------------------------------------


def of_translations(user, *, now, today):
    """The section of "my work" for whoever writes: translations that their source has left behind.

    Publishers who don't write find those whose source was recalled: they can withdraw them.
    """
    writes = user.has_perm("topics.edit_version")
    if not writes and not user.has_perm("topics.release_version"):
        return
    yield section(
        "translations",
        _("Translations behind their source") if writes else _("Translations of what was recalled"),
        drifting(at=now, down_to=PRESSING[-1] if writes else Drift.RECALLED),
        lambda version: landing_row(version, now),
        prepare=lambda rows: light(rows).annotate(rank=rank(at=now)),
        order=[rank(at=now), *BY_NAME],
        empty="",
        when=_("Since"),
        url=reverse("admin:translations") if writes else link("", Drift.RECALLED),
        quiet=True,
    )


def landing_row(version, now):
    drift, article, moved_on = RANKS[version.rank], version.article, version.made_from.ends_at
    words = {
        "article": article,
        "source": article.translation_of,
        "number": version.made_from.number,
    }
    return Row(
        title=version.title or article.slug,
        url=reverse("admin:topics_article_change", args=[article.pk]),
        note=_("%(article)s, made from edition %(number)s of %(source)s") % words,
        badge=(BADGES[drift], drift.label),
        # A source that is only withheld as overdue has no end.
        when=day(moved_on),
        age=age(moved_on, now) if moved_on else "",
        step=_("Side by side"),
        step_url=reverse("admin:side_by_side", args=[version.pk]),
    )
