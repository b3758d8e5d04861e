"""Times the admin at 1,000 and 50,000 articles, in turns: `python -m tests.bench.desks` prints a table.

Every page goes through the whole stack. Its time stands beside that of a page of the same frame with
next to nothing in it (the form that changes one's password), taken in the same turns. A page that
takes more than 300 ms at the larger size, or more queries than at the smaller one, fails the run.
SQLite by default; PostgreSQL with `DATABASE_URL`. `--quick` takes fewer turns, `--plans` tells what
the slow pages' queries read.
"""

import statistics
import sys
import time

from django.contrib.auth.models import Permission
from django.db import connections
from django.db.models import Max
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.bench import SIZES
from tests.bench.databases import analyse, databases, use
from tests.bench.newsrooms import fill
from topics.models import Article, Assignment, AuditEntry, Category, Edition, User, Version

TURNS = 5 if "--quick" in sys.argv else 25
LIMIT = 300
"""Milliseconds of server time that a page may take at the larger size."""

BASELINE = "the frame alone"


def pages():
    """What is opened, by name: who opens it, and its address in the present default database."""
    versions = Version.objects.order_by("pk")
    asked = Assignment.objects.active().filter(
        version__state="medical_review", requirement__sign_off=None
    )
    assignment = asked.select_related("reviewer__user").order_by("pk").last()
    reviewer = assignment.reviewer
    released = versions.filter(state="released").last()
    draft = versions.filter(state="draft").last()
    edition = Edition.objects.in_force(at=timezone.now()).order_by("pk").last()
    article = Article.objects.get(pk=released.article_id)
    field = Category.objects.get(slug="field-3").pk
    part = Category.objects.get(slug="field-3-2").pk
    translation = versions.exclude(made_from=None).last()
    in_review = versions.filter(state__in=("editorial_review", "medical_review"))
    several = "&".join(f"id={pk}" for pk in in_review.values_list("pk", flat=True)[:50])
    entry = AuditEntry.objects.aggregate(head=Max("number"))["head"]
    a, v, e = ("/admin/topics/article/", "/admin/topics/version/", "/admin/topics/edition/")
    desk = "/admin/desk/versions"
    rows = {BASELINE: ("editor", "/admin/password_change/")}
    for role in ("writer", "editor", "publisher", "administrator", "superuser"):
        rows[f"my work, {role}"] = (role, "/admin/")
    rows["my work, reviewer"] = (reviewer, "/admin/")
    rows["calendar"] = ("editor", "/admin/desk/calendar/")
    for name, address in (
        ("articles", a),
        ("articles, page 20", f"{a}?p=20"),
        ("articles, a word of one", f"{a}?q={released.article.slug}"),
        ("articles, a word of all", f"{a}?q=topic"),
        ("articles, two words", f"{a}?q=topic+fever"),
        ("articles, words of none", f"{a}?q=topic+fever+quux"),
        ("articles, public id", f"{a}?q={str(article.public_id)[:12]}"),
        *((f"articles, {state}", f"{a}?state={state}") for state in ("draft", "returned", "released")),
        ("articles, minor", f"{a}?kind=minor"),
        ("articles, new", f"{a}?kind=new"),
        *(
            (f"articles, review {review}", f"{a}?review={review}")
            for review in ("current", "due", "overdue", "never", "gone", "30", "90", "later")
        ),
        ("articles of a field", f"{a}?category={field}"),
        ("articles in Spanish", f"{a}?language=es"),
        ("articles in German", f"{a}?language=de"),
        ("articles of a reviewer", f"{a}?reviewer={reviewer.pk}"),
        ("articles of named reviewers", f"{a}?reviewer=Reviewer+01&part=signed"),
        ("articles, all at once", f"{a}?q=fever&state=released&review=due&category={part}&language=en"),
        ("versions", v),
        ("versions, page 20", f"{v}?p=20"),
        ("versions, a word of all", f"{v}?q=topic"),
        ("versions, words of few", f"{v}?q=anew+fever"),
        ("versions, medical review", f"{v}?state=medical_review"),
        ("versions, released", f"{v}?state=released"),
        ("versions, periodic review", f"{v}?kind=periodic_review"),
        ("versions of a part", f"{v}?category={part}"),
        ("versions in German", f"{v}?language=de"),
        ("versions a reviewer is asked", f"{v}?reviewer={reviewer.pk}&part=asked"),
        ("versions a reviewer signed", f"{v}?reviewer={reviewer.pk}&part=signed"),
        ("versions, signature overdue", f"{v}?sign=overdue"),
        ("versions, nobody asked", f"{v}?sign=nobody"),
        ("editions", e),
        ("editions in force", f"{e}?standing=in_force"),
        ("editions scheduled", f"{e}?standing=scheduled"),
        ("editions withdrawn", f"{e}?standing=withdrawn"),
        ("editions superseded", f"{e}?standing=superseded"),
        ("editions in force, overdue", f"{e}?standing=in_force&review=overdue"),
        ("editions, by due day", f"{e}?o=9"),
        ("editions, a word of all", f"{e}?q=topic"),
        ("editions of a part", f"{e}?category={part}"),
        ("editions, minor", f"{e}?kind=minor"),
        ("editions due on a day", f"{e}?due={edition.next_review_due}"),
        ("work: due, nobody on it", f"{e}?queue=reviews-due"),
        ("work: in medical review", f"{v}?queue=medical"),
        ("audit entries", "/admin/topics/auditentry/"),
        ("audit entries of an act", "/admin/topics/auditentry/?act=release"),
        ("audit entries, a word", f"/admin/topics/auditentry/?q={released.article.slug}"),
        ("reviewers", "/admin/topics/reviewer/"),
        ("authors", "/admin/topics/author/"),
        ("categories", "/admin/topics/category/"),
        ("notices", "/admin/topics/notice/"),
        ("an article", f"{a}{article.pk}/change/"),
        ("a draft", f"{v}{draft.pk}/change/"),
        ("a released version", f"{v}{released.pk}/change/"),
        ("an edition", f"{e}{edition.pk}/change/"),
        ("an audit entry", f"/admin/topics/auditentry/{entry}/change/"),
        ("assigning", f"{desk}/{assignment.version_id}/assign/"),
        ("assigning several", f"/admin/desk/assign/?{several}"),
        ("translations", "/admin/desk/translations/"),
        ("translations, minor, page 2", "/admin/desk/translations/?change=minor&p=2"),
        ("translations into Spanish", "/admin/desk/translations/?language=es"),
        ("side by side", f"/admin/desk/translations/{translation.pk}/"),
        ("linking, a word of all", f"{LINKING}?q=topic"),
        ("linking, two words", f"{LINKING}?q=topic+fever"),
        ("linking, a slug", f"{LINKING}?q={released.article.slug}"),
        ("linking, words of none", f"{LINKING}?q=topic+fever+quux"),
        ("completing an article's name", f"{COMPLETING}&term=topic+fever"),
    ):
        rows[name] = ("superuser" if name == "a draft" else "editor", address)
    rows["linking, with a role of one's own"] = (own_role(reviewer), f"{LINKING}?q=topic")
    rows["articles, as a reviewer"] = (reviewer, a)
    rows["versions, as a reviewer"] = (reviewer, v)
    rows["editions, as a reviewer"] = (reviewer, e)
    rows["the review desk"] = (reviewer, f"{desk}/{assignment.version_id}/sign_off/")
    periodic = "/admin/desk/periodic-review/"
    rows["reviews that are due"] = ("editor", periodic)
    rows["reviews due within a year"] = ("editor", f"{periodic}?window=365&language=es")
    rows["ten reviews planned"] = (
        "editor",
        f"{periodic}?" + "&".join(f"id={pk}" for pk in periodic_articles()),
    )
    rows["releasing together"] = ("publisher", "/admin/desk/release-together/")
    rows["withdrawing"] = ("publisher", f"/admin/desk/editions/{edition.pk}/withdraw/")
    rows["finding a replacement"] = ("publisher", "/admin/desk/public-articles/?q=topic+fever")
    return rows


def periodic_articles():
    """Ten articles whose edition is in force."""
    editions = Edition.objects.in_force(at=timezone.now()).order_by("pk")
    return editions.values_list("article", flat=True)[:10]


LINKING = "/admin/desk/articles/search/"
COMPLETING = "/admin/autocomplete/?app_label=topics&model_name=article&field_name=translation_of"


def own_role(reviewer):
    """The reviewer, who may write as well: a group that isn't among the roles of the project."""
    reviewer.user.user_permissions.add(Permission.objects.get(codename="edit_version"))
    return reviewer


def account(who):
    if who == "superuser":
        return User.objects.filter(is_superuser=True).first() or User.objects.create_superuser("root")
    return User.objects.get(username=f"bench-{who}") if isinstance(who, str) else who.user


class Opened:
    """The pages of one database, each with a client that is signed in as whoever opens it."""

    def __init__(self, alias):
        self.alias = alias
        use(alias)
        self.pages, self.clients = pages(), {}
        for who, _address in self.pages.values():
            if who not in self.clients:
                self.clients[who] = Client()
                self.clients[who].force_login(account(who))

    def timed(self, name):
        """Milliseconds that a page takes."""
        use(self.alias)
        who, address = self.pages[name]
        begin = time.perf_counter()
        response = self.clients[who].get(address)
        took = (time.perf_counter() - begin) * 1000
        assert response.status_code == 200, (name, response.status_code, response.headers)
        return took

    def queries(self, name):
        self.timed(name)
        with CaptureQueriesContext(connections["default"]) as queries:
            self.timed(name)
        return queries.captured_queries


def measure(opened):
    """For each page: the times of each size, how many queries, and which of them took longest."""
    rows = {name: {"times": {alias: [] for alias in SIZES}} for name in opened["large"].pages}
    for name, row in rows.items():
        row["queries"] = {alias: opened[alias].queries(name) for alias in SIZES}
    for turn in range(TURNS):
        for name, row in rows.items():
            for alias in sorted(SIZES, reverse=turn % 2):
                row["times"][alias].append(opened[alias].timed(name))
    return rows


def verdict(rows):
    """The table, line by line, then the sentences on what is too slow or asks too often."""
    median = {
        name: {alias: statistics.median(times) for alias, times in row["times"].items()}
        for name, row in rows.items()
    }
    base = median[BASELINE]["large"]
    lines, faults = [], []
    small, large = (f"{size:,} ms" for size in SIZES.values())
    lines.append(f"{'page':30} {'queries':>7} {small:>9} {large:>10} {'ratio':>6} {'× frame':>8}")
    for name, row in rows.items():
        number = {alias: len(queries) for alias, queries in row["queries"].items()}
        took = median[name]
        lines.append(
            f"{name:30} {number['large']:7} {took['small']:9.1f} {took['large']:10.1f} "
            f"{took['large'] / took['small']:6.2f} {took['large'] / base:8.1f}"
        )
        if number["small"] != number["large"]:
            faults.append(f"{name}: {number['small']} queries at first, then {number['large']}.")
        if took["large"] > LIMIT:
            faults.append(f"{name}: {took['large']:.0f} ms are more than {LIMIT}.")
    return lines, faults


def plans(rows):
    """What the slowest query of each slow page reads."""
    use("large")
    with connections["default"].cursor() as cursor:
        explain = "EXPLAIN ANALYZE " if cursor.db.vendor == "postgresql" else "EXPLAIN QUERY PLAN "
        for name, row in rows.items():
            slowest = max(row["queries"]["large"], key=lambda query: float(query["time"]))
            if float(slowest["time"]) * 1000 > LIMIT / 4:
                cursor.execute(explain + slowest["sql"])
                yield f"\n{name}: {slowest['time']} s\n{slowest['sql'][:3000]}"
                yield from (f"    {line[-1]}" for line in cursor.fetchall())


def main():
    opened = {}
    with databases(*SIZES):
        for alias, size in SIZES.items():
            use(alias)
            fill(size, now=timezone.now().replace(microsecond=0))
            analyse(alias)
            opened[alias] = Opened(alias)
        rows = measure(opened)
        lines, faults = verdict(rows)
        sys.stdout.write(f"{connections['large'].vendor}, medians of {TURNS} turns\n\n")
        sys.stdout.write("\n".join(lines) + "\n\n")
        sys.stdout.write("\n".join(faults or [f"Every page within {LIMIT} ms."]) + "\n")
        if "--plans" in sys.argv:
            sys.stdout.write("\n".join(plans(rows)) + "\n")
        return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
