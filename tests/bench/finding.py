"""How well a question finds its article: `python -m tests.bench.finding` prints recall and rank.

It loads the 4,382 articles of MedQuAD as editions and asks each of their 12,998 questions as somebody
would type it. An article's questions are in none of the text that is indexed, and all are asked in the
same way. Recall@10 is the share of questions whose own article is among the first ten; the mean
reciprocal rank counts 1 for the first place, 1/2 for the second, and 0 beyond the tenth. SQLite by
default; PostgreSQL with `DATABASE_URL`. `--quick` asks every ninth question.
"""

import statistics
import sys
import time
from collections import defaultdict

from django.db import connections
from django.utils import timezone

from tests.bench.databases import analyse, databases, use
from tests.bench.medquad import load
from topics.publishing import shelf
from topics.publishing.licensing import OPEN
from topics.publishing.search import finding, index, query

STEP = 9 if "--quick" in sys.argv else 1
DEPTH = 10


def place(public_id, question, *, at):
    """The place of the article among the first ten, from 1, or None; and the milliseconds it took."""
    begin = time.perf_counter()
    editions = shelf.in_force(at=at, reader=OPEN)
    asked = query.read(question, "en")
    counts = finding.count(asked, editions=editions, at=at)
    found = finding.page(asked, counts, editions=editions, offset=0, limit=DEPTH)
    took = (time.perf_counter() - begin) * 1000
    ids = [edition.article.public_id for edition in found]
    return (ids.index(public_id) + 1 if public_id in ids else None), took


def measure(questions):
    at = timezone.now()
    places, times = defaultdict(list), []
    for public_id, question, kind in questions[::STEP]:
        found, took = place(public_id, question, at=at)
        places[kind].append(found)
        times.append(took)
        if not found and "--missed" in sys.argv:
            sys.stdout.write(f"missed: {question}\n")
    return places, times


def line(name, places):
    recall = sum(place is not None for place in places) / len(places)
    rank = sum(1 / place for place in places if place) / len(places)
    first = sum(place == 1 for place in places) / len(places)
    return f"{name:20} {len(places):9} {recall:9.4f} {rank:7.4f} {first:9.4f}\n"


def main():
    with databases("large"):
        use("large")
        questions = load()
        sys.stderr.write(f"{len(questions)} questions loaded\n")
        began = time.perf_counter()
        for _ in index.rebuild(at=timezone.now()):
            pass
        built = time.perf_counter() - began
        sys.stderr.write(f"indexed in {built:.0f} s\n")
        analyse("large")
        places, times = measure(questions)
        every = [place for kind in places.values() for place in kind]
        sys.stdout.write(f"{connections['large'].vendor}; the index was made in {built:.0f} s\n\n")
        sys.stdout.write(f"{'kind':20} {'questions':>9} {'recall@10':>9} {'MRR':>7} {'first':>9}\n")
        for kind in sorted(places, key=lambda kind: -len(places[kind])):
            sys.stdout.write(line(kind, places[kind]))
        sys.stdout.write(line("all", every))
        sys.stdout.write(
            f"\na question took {statistics.median(times):.0f} ms, of a hundred the slowest "
            f"{statistics.quantiles(times, n=100)[-1]:.0f} ms\n"
        )


if __name__ == "__main__":
    main()
