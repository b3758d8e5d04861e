"""What a text must be to be submitted: not harder than its target, and linked to what exists."""

import uuid

import pytest
from django.utils import timezone

from tests import make
from topics.rules.refusal import Unmet
from topics.vocabulary import GradeRule
from topics.workflow import acts
from topics.workflow.cautions import cautions
from topics.workflow.door import why_not

HARD = (
    "<p>Electrocardiographic abnormalities necessitate immediate cardiological consultation. "
    "Pharmacological anticoagulation considerably diminishes thromboembolic complications.</p>"
)
EASY = "<p>Drink some water. Stay in bed. Call us if you feel worse.</p>"


def asks_for(category, grade, rule=""):
    category.target_grade, category.grade_rule = grade, rule
    category.save()


def told(version, actor):
    reasons = why_not(version, "submit", actor=actor)
    return [r.code for r in reasons], [c.code for c in cautions(version, at=timezone.now())]


@pytest.mark.parametrize(
    ("body", "rule", "refused", "warned"),
    [
        (EASY, GradeRule.BLOCK, [], []),
        (HARD, GradeRule.BLOCK, ["harder_than_its_target"], []),
        (HARD, GradeRule.WARN, [], ["harder_than_its_target"]),
        (HARD, "", [], ["harder_than_its_target"]),
    ],
)
def test_a_text_that_is_too_hard_is_refused_or_warned_of(newsroom, body, rule, refused, warned):
    asks_for(newsroom.category, 8, rule)
    version = make.draft(newsroom, body=body, summary="What helps.")
    assert told(version, newsroom.writer) == (refused, warned)


def test_the_sentence_names_what_was_measured_and_what_is_asked_for(newsroom):
    asks_for(newsroom.category, 8, GradeRule.BLOCK)
    version = make.draft(newsroom, body=HARD)
    with pytest.raises(Unmet) as refused:
        acts.submit(version, actor=newsroom.writer)
    assert refused.value.codes == ["harder_than_its_target"]
    name = newsroom.category.name
    assert str(refused.value).startswith("The text reads at school grade 2")
    assert str(refused.value).endswith(
        f"(Flesch-Kincaid); the category {name} asks for grade 8 at most."
    )


def test_a_category_without_a_target_asks_for_none(newsroom):
    asks_for(newsroom.category, None, GradeRule.BLOCK)
    assert told(make.draft(newsroom, body=HARD), newsroom.writer) == ([], [])


def test_target_and_rule_are_each_inherited_from_the_nearest_that_states_them(newsroom):
    asks_for(newsroom.category, 8, GradeRule.BLOCK)
    child = make.category(parent=newsroom.category)
    grandchild = make.category(parent=child)
    assert (grandchild.effective_target_grade(), grandchild.effective_grade_rule()) == (8, "block")
    asks_for(child, 12, "")
    assert (grandchild.effective_target_grade(), grandchild.effective_grade_rule()) == (12, "block")
    asks_for(grandchild, None, GradeRule.WARN)
    assert (grandchild.effective_target_grade(), grandchild.effective_grade_rule()) == (12, "warn")
    assert make.category().effective_grade_rule() == GradeRule.WARN


def test_a_language_that_cannot_be_measured_is_not_refused(newsroom):
    asks_for(newsroom.category, 1, GradeRule.BLOCK)
    assert told(make.draft(newsroom, body=HARD, language="de"), newsroom.writer) == ([], [])


@pytest.mark.parametrize(("kind", "refused"), [("substantive", True), ("periodic_review", False)])
def test_what_may_change_no_sentence_is_warned_of_and_never_refused_for_its_grade(
    newsroom, kind, refused
):
    article = make.released(newsroom, body=HARD).article
    asks_for(newsroom.category, 8, GradeRule.BLOCK)
    version = make.next_draft(newsroom, article, change_kind=kind)
    codes, warned = told(version, newsroom.writer)
    assert ("harder_than_its_target" in codes) is refused
    assert ("harder_than_its_target" in warned) is not refused


def link(public_id):
    return f'<p>Read <a href="article:{public_id}">more</a>.</p>'


def test_a_link_to_an_article_that_does_not_exist_refuses_the_submission(newsroom):
    nowhere = uuid.uuid4()
    version = make.draft(newsroom, body=link(nowhere))
    with pytest.raises(Unmet) as refused:
        acts.submit(version, actor=newsroom.writer)
    assert str(refused.value) == f"The text links to an article that doesn't exist: {nowhere}."


def test_a_link_to_an_article_that_is_not_public_is_warned_of(newsroom):
    other = make.draft(newsroom, slug="fever").article
    version = make.draft(newsroom, body=link(other.public_id))
    assert told(version, newsroom.writer) == ([], ["linked_article_is_not_public"])


def test_a_link_to_an_article_in_force_is_neither(newsroom):
    other = make.released(newsroom, slug="fever").article
    version = make.draft(newsroom, body=link(other.public_id))
    assert told(version, newsroom.writer) == ([], [])
    assert acts.submit(version, actor=newsroom.writer).state == "editorial_review"


def test_a_changed_target_of_a_link_is_no_minor_change(newsroom):
    one, other = (make.released(newsroom, slug=slug).article for slug in ("fever", "flu"))
    article = make.released(newsroom, body=make.BODY + link(one.public_id)).article
    version = make.next_draft(
        newsroom, article, change_kind="minor", body=make.BODY + link(other.public_id)
    )
    reasons = why_not(version, "submit", actor=newsroom.writer)
    assert [reason.code for reason in reasons] == ["minor_change_is_clinical"]
    assert f"the link “article:{one.public_id}” became" in str(reasons[0])
