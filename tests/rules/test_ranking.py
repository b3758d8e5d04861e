"""Whom to ask first: each case differs from the one before it by one fact."""

from dataclasses import replace
from datetime import date
from itertools import pairwise, permutations

import pytest

from topics.rules.ranking import Candidate, Work, ranked

SOON, LATER = date(2026, 3, 2), date(2026, 4, 2)
PLAIN = Candidate(reviewer=None, name="M", specialties=("Internal medicine",))

BEST_FIRST = [
    # The category's own specialty outweighs everything else …
    replace(PLAIN, name="own", own_specialty=True, work=Work(9, 9, SOON)),
    # … then the number of specialties that the role asks for, whatever the work …
    replace(PLAIN, name="two", specialties=("Cardiology", "Internal medicine"), work=Work(5, 0, SOON)),
    # … then how little is open …
    replace(PLAIN, name="free, signed here lately", last_signed=LATER),
    replace(PLAIN, name="free, signed here once", last_signed=SOON),
    replace(PLAIN, name="free A"),
    replace(PLAIN, name="free B"),
    # … how little of it is late, and how much time is left.
    replace(PLAIN, name="one later", work=Work(1, 0, LATER)),
    replace(PLAIN, name="one sooner", work=Work(1, 0, SOON)),
    replace(PLAIN, name="one late", work=Work(1, 1, SOON)),
    replace(PLAIN, name="two", work=Work(2, 0, LATER)),
]


def test_the_order_is_that_of_the_table_whatever_the_order_of_asking():
    assert ranked(reversed(BEST_FIRST)) == BEST_FIRST
    for few in (BEST_FIRST[:5], BEST_FIRST[4:9]):
        assert all(ranked(order) == few for order in permutations(few))


@pytest.mark.parametrize(("better", "worse"), list(pairwise(BEST_FIRST)))
def test_each_stands_before_the_next(better, worse):
    assert ranked([worse, better]) == [better, worse]


def test_nobody_is_ranked_where_nobody_may():
    assert ranked([]) == []


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (Work(), "nothing open"),
        (Work(1, 0, SOON), "1 open, next due 2026-03-02"),
        (Work(3, 1, SOON), "3 open, 1 overdue, next due 2026-03-02"),
    ],
)
def test_open_work_is_said_in_words(work, said):
    assert work.sentence() == said


def test_one_more_to_sign_counts_and_may_be_the_next_that_is_due():
    assert Work().with_one_more(SOON) == Work(1, 0, SOON)
    assert Work(1, 0, SOON).with_one_more(LATER) == Work(2, 0, SOON)
    assert Work(2, 1, LATER).with_one_more(SOON) == Work(3, 1, SOON)
