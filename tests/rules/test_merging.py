"""Two wordings of one text become one: what one side alone changed is taken, the rest is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from topics.rules.merging import ASKED, MINE, SAME, THEIRS, block_digest, merge

REST, WATER, DOSE = (
    "<p>Rest for some days if you can.</p>",
    "<p>Drink plenty of water, and rest.</p>",
    "<p>Take 5 mg at night with some food.</p>",
)
WATER_2 = WATER.replace("plenty", "a lot")
DOSE_2, DOSE_3 = DOSE.replace("5 mg", "10 mg"), DOSE.replace("at night", "in the morning")
NEW, NEWER = "<p>Call us at once when breathing hurts.</p>", "<p>Nobody needs an antibiotic here.</p>"


def merged(base, mine, theirs):
    return [
        (found.whose, "".join(found.mine), "".join(found.theirs))
        for found in merge(None if base is None else [block_digest(html) for html in base], mine, theirs)
        if found.whose != SAME
    ]


BASE = [REST, WATER, DOSE]


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        (BASE, BASE, []),
        ([REST, WATER_2, DOSE], BASE, [(MINE, WATER_2, WATER)]),
        (BASE, [REST, WATER, DOSE_2], [(THEIRS, DOSE, DOSE_2)]),
        # Neighbouring blocks, each reworded by one of them.
        ([REST, WATER_2, DOSE], [REST, WATER, DOSE_2], [(MINE, WATER_2, WATER), (THEIRS, DOSE, DOSE_2)]),
        # The same block reworded by both.
        ([REST, WATER, DOSE_2], [REST, WATER, DOSE_3], [(ASKED, DOSE_2, DOSE_3)]),
        # One reworded two blocks, the other the second of them: only that one is asked.
        (
            [REST, WATER_2, DOSE_2],
            [REST, WATER, DOSE_3],
            [(MINE, WATER_2, WATER), (ASKED, DOSE_2, DOSE_3)],
        ),
        # The same change by both is no question.
        ([REST, WATER, DOSE_2], [REST, WATER, DOSE_2], []),
        # Taken out here, reworded there.
        ([REST, WATER], [REST, WATER, DOSE_2], [(ASKED, "", DOSE_2)]),
        ([WATER, DOSE], [REST, WATER, DOSE_2], [(MINE, "", REST), (THEIRS, DOSE, DOSE_2)]),
        # A new block beside one that the other reworded: its place is clear.
        ([REST, NEW, WATER, DOSE], [REST, WATER_2, DOSE], [(MINE, NEW, ""), (THEIRS, WATER, WATER_2)]),
        ([REST, WATER, NEW, DOSE], [REST, WATER_2, DOSE], [(THEIRS, WATER, WATER_2), (MINE, NEW, "")]),
        # Two new blocks at one place: nobody knows which comes first.
        ([REST, NEW, WATER, DOSE], [REST, NEWER, WATER, DOSE], [(ASKED, NEW, NEWER)]),
        # Everything rewritten by both.
        ([NEW], [NEWER, NEW], [(ASKED, NEW, NEWER + NEW)]),
    ],
)
def test_what_one_side_alone_changed_is_taken(mine, theirs, expected):
    assert merged(BASE, mine, theirs) == expected


def test_without_knowing_what_both_began_with_every_difference_is_asked():
    assert merged(None, [REST, WATER_2, DOSE], [REST, WATER, DOSE_2]) == [
        (ASKED, WATER_2, WATER),
        (ASKED, DOSE, DOSE_2),
    ]


@pytest.mark.parametrize("base", [[], ["nonsense"], ["x"] * 300])
def test_a_wrong_base_asks_and_loses_nothing(base):
    found = merge(base, [REST, WATER], [REST, DOSE])
    assert [html for each in found for html in each.mine] == [REST, WATER]
    assert [html for each in found for html in each.theirs] == [REST, DOSE]
    assert {each.whose for each in found} <= {SAME, ASKED}


def test_texts_that_are_too_far_apart_are_one_question():
    base, mine, theirs = ([f"<p>{n % step}</p>" for n in range(3_000)] for step in (2, 3, 5))
    [found] = merge([block_digest(html) for html in base], mine, theirs[1:])
    assert (found.whose, list(found.mine), list(found.theirs)) == (ASKED, mine, theirs[1:])


blocks = st.lists(st.sampled_from([REST, WATER, WATER_2, DOSE, DOSE_2, DOSE_3, NEW]), max_size=8)


@given(blocks, blocks, blocks)
def test_no_block_of_either_side_is_lost_and_none_is_taken_that_the_other_changed(base, mine, theirs):
    digests = [block_digest(html) for html in base]
    found = merge(digests, mine, theirs)
    assert [html for each in found for html in each.mine] == mine
    assert [html for each in found for html in each.theirs] == theirs
    assert [digest for each in found for digest in each.base] == digests
    for each in found:
        if each.whose == SAME:
            assert each.mine == each.theirs
        elif each.whose == MINE:
            assert [block_digest(html) for html in each.theirs] == list(each.base)
        elif each.whose == THEIRS:
            assert [block_digest(html) for html in each.mine] == list(each.base)
        else:
            assert each.whose == ASKED


@given(blocks, blocks)
def test_what_only_one_changed_needs_no_question(base, changed):
    digests = [block_digest(html) for html in base]
    assert {each.whose for each in merge(digests, changed, base)} <= {SAME, MINE}
    assert {each.whose for each in merge(digests, base, changed)} <= {SAME, THEIRS}
    assert {each.whose for each in merge(digests, changed, changed)} <= {SAME}
