"""My work, of the collection: its bars part the articles by how they stand, and lead to their lists."""

import re

import pytest

from tests import make
from tests.admin.landing import days_ago, home
from topics.publishing.withdraw import withdraw

pytestmark = pytest.mark.django_db


def test_the_bars_part_the_articles_of_each_category_of_the_top(newsroom):
    below = make.category(parent=newsroom.category)
    other = make.category("heart", policy=newsroom.policy)
    for number, days in enumerate((800, 700, 20, 10)):
        make.released(newsroom, at=days_ago(days), slug=f"article-{number}")
    gone = make.released(newsroom, category=below)
    withdraw(gone, kind="retired", explanation="Old.", actor=newsroom.publisher)
    make.draft(newsroom, category=other)
    make.next_draft(newsroom, gone.article)
    collection = home(newsroom.editor).context["collection"]
    numbers = [[(part.kind, part.count) for part in bar.parts] for bar in collection["bars"]]
    lungs = [("current", 2), ("due", 1), ("overdue", 1), ("gone", 1)]
    assert numbers == [lungs, [("never", 1)]]
    assert [bar.total for bar in collection["bars"]] == [5, 1]
    whole = collection["whole"]
    assert [(part.kind, part.count) for part in whole.parts] == [*lungs[:3], ("never", 1), lungs[3]]
    assert whole.parts[0].x == "0.00%"
    assert sum(float(part.width[:-1]) for part in whole.parts) == pytest.approx(100, abs=0.05)


def test_a_single_root_is_parted_by_what_lies_below_it(newsroom):
    for slug in ("cough", "asthma"):
        below = make.category(slug, parent=newsroom.category)
        make.draft(newsroom, category=make.category(parent=below))
    bars = home(newsroom.publisher).context["collection"]["bars"]
    assert [bar.total for bar in bars] == [1, 1]
    make.draft(newsroom)
    (bar,) = home(newsroom.publisher).context["collection"]["bars"]
    assert bar.total == 3


def test_every_total_of_the_chart_leads_to_its_list(newsroom):
    make.released(newsroom)
    html = home(newsroom.editor).content.decode()
    labels = re.findall(r'<p class="chart-label">(.*?)</p>', html)
    assert len(labels) == 2
    for label in labels:
        assert re.fullmatch(r'<a href="[^"]+">[^<]+ <span class="quiet">1</span></a>', label)
