"""Times the redline on long texts: `python -m tests.bench.redline` prints a table.

The corpus beside the checkout has the texts: health-professional and patient versions of one summary, in
English, of a quarter of a megabyte and more. "An edit" changes what an ordinary revision does: doses,
words, a paragraph added, one removed, a section moved. Every figure is processor time, the median of the
runs with the slowest beside it; the caches are emptied before each.
"""

import json
import random
import re
import statistics
import sys
import time

from tests.rules.test_redline import long_document, texts
from topics.rules.minor import clinical_changes
from topics.rules.redline import redline
from topics.rules.redline.likeness import words_of
from topics.rules.redline.wording import tokens_of

RUNS = 5 if "--quick" in sys.argv else 15
LONG = ("Breast Cancer Treatment", "Breast Cancer Screening", "Breast Cancer Prevention")


def edited(body, seed=1):
    """The body as an ordinary revision leaves it."""
    dice = random.Random(seed)
    body = re.sub(r"\b(\d+) mg\b", lambda m: f"{int(m[1]) * 2} mg", body, count=3)
    paragraphs = re.findall(r"<p\b.*?</p>", body, flags=re.S)
    for paragraph in dice.sample(paragraphs, 20):
        body = body.replace(paragraph, re.sub(r"\bpatients\b", "people", paragraph), 1)
    body = body.replace(paragraphs[5], "", 1)
    body = body.replace(paragraphs[9], f"{paragraphs[9]}<p>Ask your own doctor before you start.</p>", 1)
    parts = re.split(r"(?=<h2>)", body)
    parts.insert(1, parts.pop(3))
    return "".join(parts)


def reworded(body, seed=1):
    """The body with a word changed in every paragraph."""
    dice = random.Random(seed)
    return re.sub(r"\b(the|of|and)\b", lambda m: "a" if dice.random() < 0.05 else m[1], body)


def milliseconds(work, *given):
    """Of processor time, with nothing remembered from before."""
    words_of.cache_clear()
    tokens_of.cache_clear()
    started = time.process_time()
    work(*given)
    return (time.process_time() - started) * 1000


def cases():
    found = texts()
    for name in LONG:
        professionals, patients = found[name, "Health Professionals"], found[name, "Patients"]
        one = long_document(professionals)
        yield f"{name}: an edit", one, long_document(edited(professionals))
        yield f"{name}: the same", one, long_document(professionals)
        yield f"{name}: words changed throughout", one, long_document(reworded(professionals))
        yield f"{name}: professionals against patients", one, long_document(patients)
    equal = "".join("<p>Ask your doctor.</p>" for _ in range(10_000))
    yield (
        "10,000 equal paragraphs, one added",
        long_document(equal),
        long_document(equal + "<p>Ask.</p>"),
    )
    numbered = [f"<p>Line {n} of a very long text.</p>" for n in range(6_000)]
    yield (
        "6,000 paragraphs, all different",
        long_document("".join(numbered)),
        long_document("".join(f"<p>Other words, number {n * 7}.</p>" for n in range(6_000))),
    )
    dice = random.Random(1)
    shuffled = dice.sample(numbered, len(numbered))
    yield (
        "6,000 paragraphs in another order",
        long_document("".join(numbered)),
        long_document("".join(shuffled)),
    )
    long = "and of the water " * 15_000
    yield (
        "one paragraph of 250 kB, rewritten",
        long_document(f"<p>{long}</p>"),
        long_document(f"<p>{'of the water and so ' * 12_500}</p>"),
    )
    sections = [f"<h2>Part {n}</h2><p>Text {n} of a part.</p>" for n in range(3_000)]
    yield (
        "3,000 sections in another order",
        long_document("".join(sections)),
        long_document("".join(dice.sample(sections, len(sections)))),
    )


def main():
    say = sys.stdout.write
    say(f"{'':58}{'kB':>6}{'changes':>9}{'redline':>10}{'slowest':>10}{'clinical':>10}  ms\n")
    for name, before, after in cases():
        size = len(json.dumps(before, ensure_ascii=False).encode()) // 1000
        found = redline(before, after)
        times = [milliseconds(redline, before, after) for _ in range(RUNS)]
        clinical = milliseconds(clinical_changes, before, after)
        count = sum(1 for _ in found.changes())
        say(
            f"{name:58}{size:6}{count:9}{statistics.median(times):10.1f}{max(times):10.1f}{clinical:10.1f}\n"
        )


if __name__ == "__main__":
    main()
