"""Times reading at 1,000 and 50,000 articles, in turns: `python -m tests.bench.reads` prints a table.

Every figure stands beside a bare Django view that returns as many bytes, timed in the same turns, so
that the table tells of the project and not of the machine. It ends with the queries that do not go
through an index. SQLite by default; PostgreSQL with `DATABASE_URL`. `--quick` takes fewer turns.
"""

import random
import re
import statistics
import sys
import time
from datetime import timedelta
from urllib.parse import urlencode

from django.db import connections
from django.db.models import Max
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.bench import SIZES
from tests.bench.databases import analyse, databases, use
from tests.bench.shelves import fill
from topics.api import cursors, pagination
from topics.models import AuditEntry, Edition
from topics.publishing.feed import Window
from topics.publishing.search import index

CODE = {"mainSearchCriteria.v.c": "R05.99", "mainSearchCriteria.v.cs": "2.16.840.1.113883.6.90"}
TURNS = 40 if "--quick" in sys.argv else 200
WHOLE_TABLE = re.compile(r"(?:SCAN|Seq Scan on) (topics_(?:article|auditentry|edition)\w*)\b(?! USING)")


def requests(dice):
    """What is asked for, by name: functions that give the address of one request."""
    live = list(
        Edition.objects.in_force(at=timezone.now()).values_list(
            "article_id", "article__public_id", "article__slug", "language"
        )
    )
    articles = "/api/v1/articles/"

    def page(**query):
        return f"{articles}?{urlencode({'page_size': 100} | query)}"

    def after(part):
        return pagination.encode(["f", live[int(len(live) * part)][0]])

    def by_slug():
        _, _, slug, language = dice.choice(live)
        return f"{articles}{slug}/?language={language}"

    head = AuditEntry.objects.aggregate(head=Max("number"))["head"]
    newest = Edition.objects.started(at=timezone.now()).order_by("-starts_at")[100].starts_at
    lately = cursors.encode(Window(seq=head - 100, until=newest))
    asleep = cursors.encode(Window(seq=head, until=timezone.now() - timedelta(seconds=1)))
    return {
        "article by id": lambda: f"{articles}{dice.choice(live)[1]}/",
        "article by slug": by_slug,
        "list of 100, first page": page,
        "list of 100, deep page": lambda: page(cursor=after(0.8)),
        "list of 100 of a category": lambda: page(category=f"field-{dice.randrange(8)}"),
        "list of 100 modified lately": lambda: page(modified_after=newest.isoformat()[:19] + "Z"),
        "list of 100 by a reviewer": lambda: page(reviewer="Pia Primary"),
        "list of 100 about a code": lambda: page(code="icd-10-cm|R05.99"),
        "list of 100, last reviewed": lambda: page(ordering="-last_reviewed"),
        "search, a rare word": lambda: f"/api/v1/search/?q=topic+{dice.choice(live)[0]}",
        "search, words of all": lambda: "/api/v1/search/?q=chest+pain+child",
        "suggest": lambda: f"/api/v1/suggest/?q=topic+{dice.randrange(1000)}",
        "connect, a code": lambda: f"/api/v1/connect/?{urlencode(CODE)}",
        "NHS list, first page": lambda: "/api/v1/nhs/conditions/",
        "NHS list, deep page": lambda: f"/api/v1/nhs/conditions/?page={len(live) // 40}",
        "NHS list, a letter": lambda: "/api/v1/nhs/conditions/?category=t",
        "NHS page": lambda: f"/api/v1/nhs/conditions/{dice.choice(live)[1]}/",
        "changes, nothing new": lambda: f"/api/v1/changes/?cursor={asleep}",
        "changes, the last 100": lambda: f"/api/v1/changes/?cursor={lately}",
        "changes, from the beginning": lambda: "/api/v1/changes/",
    }


def timed(client, path):
    """Milliseconds of one request, and the length of its reply."""
    begin = time.perf_counter()
    response = client.get(path)
    took = (time.perf_counter() - begin) * 1000
    assert response.status_code == 200, (path, response.content[:300])
    return took, len(response.content)


def scans(queries):
    """The parts of the plans of these queries that read a whole table."""
    found = []
    with connections["default"].cursor() as cursor:
        explain = "EXPLAIN " if cursor.db.vendor == "postgresql" else "EXPLAIN QUERY PLAN "
        for query in queries:
            if query["sql"].endswith("LIMIT 1"):
                continue  # Reading all of a table stops after one row.
            cursor.execute(explain + query["sql"])
            plan = "\n".join(str(row[-1]) for row in cursor.fetchall())
            found += WHOLE_TABLE.findall(plan)
    return found


def measure(client, asked):
    """For each request: medians of each size and of the constant view, queries, bytes, scans."""
    rows = {}
    names = list(asked["small"])
    for name in names:
        row = rows[name] = {"times": {"small": [], "large": [], "constant": []}}
        for alias in SIZES:
            use(alias)
            path = asked[alias][name]()
            client.get(path)
            with CaptureQueriesContext(connections["default"]) as queries:
                _, row["bytes"] = timed(client, path)
            row[f"{alias} queries"] = len(queries)
        row["scans"] = scans(queries.captured_queries)
    for turn in range(TURNS):
        for name in names:
            for alias in sorted(SIZES, reverse=turn % 2):
                use(alias)
                rows[name]["times"][alias].append(timed(client, asked[alias][name]())[0])
            size = rows[name]["bytes"]
            rows[name]["times"]["constant"].append(timed(client, f"/constant/{size}/")[0])
    return rows


def table(rows):
    small, large = (f"{size:,}" for size in SIZES.values())
    yield (
        f"{'request':28} {'queries':>7} {'kB':>6} {small + ' ms':>9} {large + ' ms':>10} "
        f"{'ratio':>6} {'constant ms':>11} {'× constant':>10}"
    )
    for name, row in rows.items():
        median = {alias: statistics.median(times) for alias, times in row["times"].items()}
        assert row["small queries"] == row["large queries"], name
        yield (
            f"{name:28} {row['large queries']:7} {row['bytes'] / 1000:6.1f} "
            f"{median['small']:9.2f} {median['large']:10.2f} {median['large'] / median['small']:6.2f} "
            f"{median['constant']:11.2f} {median['large'] / median['constant']:10.1f}"
        )
    yield ""
    for name, row in rows.items():
        for scan in dict.fromkeys(row["scans"]):
            yield f"{name}: reads all of {scan}"


def main():
    asked = {}
    with databases(*SIZES):
        for alias, size in SIZES.items():
            use(alias)
            fill(size)
            for _ in index.rebuild(at=timezone.now()):
                pass
            analyse(alias)
            asked[alias] = requests(random.Random(1))
        rows = measure(Client(), asked)
        sys.stdout.write(f"{connections['large'].vendor}, medians of {TURNS} turns\n\n")
        sys.stdout.write("\n".join(table(rows)) + "\n")


if __name__ == "__main__":
    main()
