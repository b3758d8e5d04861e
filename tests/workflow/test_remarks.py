"""Remarks through their door: who may say what on which version, and what sending and returning ask."""

import json

import pytest

from tests import make
from topics.models import Remark
from topics.rules.anchoring import Anchor
from topics.rules.refusal import FORBIDDEN, ILLEGAL, IllegalMove, NotPermitted, Unmet
from topics.workflow import acts, drafting, remarks
from topics.workflow.door import why_not

DOSE = Anchor("section", "treatment", "5 mg")
STATES = ("draft", "editorial_review", "medical_review", "approved", "returned", "released")
MATRIX = """
act     state             writer  editor  reviewer  stranger  publisher  administrator
remark  draft             no      yes     no        no        yes        no
remark  editorial_review  no      yes     yes       no        yes        no
remark  medical_review    no      yes     yes       no        yes        no
remark  approved          no      yes     yes       no        yes        no
remark  returned          -       -       -         -         -          -
remark  released          -       -       -         -         -          -
reply   draft             yes     yes     no        no        yes        no
reply   medical_review    yes     yes     yes       no        yes        no
reply   returned          -       -       -         -         -          -
answer  draft             yes     yes     no        no        no         no
answer  medical_review    yes     yes     no        no        no         no
answer  released          -       -       -         -         -          -
reopen  draft             no      yes     no        no        yes        no
reopen  medical_review    no      yes     yes       no        yes        no
reopen  returned          -       -       -         -         -          -
"""
"""yes: they may; no: forbidden; -: nothing is said of such a version any more."""

ROWS = [line.split() for line in MATRIX.strip().splitlines()[1:]]
PEOPLE = MATRIX.split("\n")[1].split()[2:]


def people(room):
    return {
        "writer": make.user("writer"),
        "editor": room.editor,
        "reviewer": room.primary.user,
        "stranger": make.reviewer("Family Medicine").user,
        "publisher": room.publisher,
        "administrator": room.administrator,
    }


@pytest.mark.parametrize("act, state, cells", [(a, s, c) for a, s, *c in ROWS])
def test_each_person_may_say_in_each_state_what_the_matrix_says(newsroom, act, state, cells):
    version, found = make.in_state(newsroom, state), {}
    for name, actor in people(newsroom).items():
        kinds = {r.kind for r in getattr(remarks.standing(version, actor=actor), act)}
        found[name] = "-" if ILLEGAL in kinds else "no" if FORBIDDEN in kinds else "yes"
    assert found == dict(zip(PEOPLE, cells, strict=True))


def said(room, version=None, **given):
    version = version or make.in_medical_review(room)
    given = {"text": "By weight, please.", "actor": room.primary.user, "anchor": DOSE, **given}
    return remarks.remark(version, **given)


def test_a_remark_keeps_the_passage_with_what_stands_around_it(newsroom):
    remark = said(newsroom)
    assert (remark.part, remark.section, remark.heading) == ("section", "treatment", "Treatment")
    assert (remark.quote, remark.prefix) == ("5 mg", "Drink plenty of water. Take")
    assert remark.suffix == "at night."
    entry = remark.entry
    assert (entry.act, entry.version, entry.actor) == ("remark", remark.version, newsroom.primary.user)
    assert json.loads(entry.detail)["quote"] == "5 mg"


def test_a_thread_is_answered_by_its_newest_answer_until_it_is_reopened(newsroom):
    thread = said(newsroom)
    version, writer, reviewer = thread.version, newsroom.writer, newsroom.primary.user
    open_threads = Remark.objects.unanswered
    remarks.reply(thread, version=version, text="Which weight?", actor=writer)
    assert list(open_threads()) == [thread]
    remarks.answer(thread, version=version, text="Done.", actor=writer)
    assert list(open_threads()) == []
    remarks.reply(thread, version=version, text="Thank you.", actor=reviewer)
    assert list(open_threads()) == []
    remarks.reopen(thread, version=version, text="Not for children.", actor=reviewer)
    assert list(open_threads()) == [thread]
    acts_ = [row.entry.act for row in Remark.objects.order_by("pk")]
    assert acts_ == ["remark", "reply", "answer", "reply", "reopen"]


@pytest.mark.parametrize(
    "given, code",
    [
        ({"text": "  "}, "no_text"),
        ({"text": "x" * 4001}, "text_too_long"),
        ({"anchor": Anchor("section", "treatment", "50 mg")}, "quote_not_found"),
        ({"anchor": Anchor("section", "treatment", "You lose weight")}, "quote_not_found"),
        ({"anchor": Anchor("section", "treatment", "x" * 1001)}, "quote_too_long"),
        ({"anchor": Anchor("section", "storage")}, "no_such_part"),
        ({"anchor": Anchor("footnotes")}, "no_such_part"),
    ],
)
def test_a_remark_is_refused_with(newsroom, given, code):
    with pytest.raises(Unmet) as caught:
        said(newsroom, **given)
    assert caught.value.codes == [code]
    assert not Remark.objects.exists()


def test_the_longest_remark_is_taken(newsroom):
    assert len(said(newsroom, text="x" * 4000).text) == 4000


def test_an_open_thread_is_not_reopened(newsroom):
    thread = said(newsroom)
    with pytest.raises(IllegalMove) as caught:
        remarks.reopen(thread, version=thread.version, text="Again.", actor=newsroom.editor)
    assert caught.value.codes == ["not_answered"]


def test_a_reviewer_does_not_answer_for_the_writers(newsroom):
    thread = said(newsroom)
    with pytest.raises(NotPermitted):
        remarks.answer(thread, version=thread.version, text="Fine.", actor=newsroom.primary.user)


# Returning ------------------------------------------------------------------------------------------


def test_the_remarks_of_a_return_are_a_thread_that_must_be_answered(newsroom):
    version = make.returned(newsroom)
    thread = Remark.objects.unanswered().get()
    assert (thread.text, thread.part, thread.version) == (version.return_remarks, "version", version)
    assert thread.text == "Give the dose by weight."
    following = drafting.open_version(version.article, change_kind="new", actor=newsroom.writer)
    remarks.answer(thread, version=following, text="Done.", actor=newsroom.writer)
    assert not Remark.objects.unanswered().exists()


def test_a_return_without_words_needs_a_remark_of_the_same_person(newsroom):
    version = make.in_medical_review(newsroom)
    said(newsroom, version, actor=newsroom.specialist.user)
    given = {"remarks": " ", "as_reviewer": True}
    with pytest.raises(Unmet) as caught:
        acts.return_with_remarks(version, actor=newsroom.primary.user, **given)
    assert caught.value.codes == ["no_remarks"]
    returned = acts.return_with_remarks(version, actor=newsroom.specialist.user, **given)
    assert returned.return_remarks == "See the remarks on its passages."
    assert Remark.objects.count() == 1


# Sending --------------------------------------------------------------------------------------------


def next_assigned(room):
    returned = make.returned(room)
    thread = Remark.objects.get()
    return thread, make.assigned(room, make.next_draft(room, returned.article, change_kind="new"))


def test_a_version_with_unanswered_remarks_is_not_sent(newsroom):
    _thread, version = next_assigned(newsroom)
    with pytest.raises(Unmet) as caught:
        acts.send_to_medical_review(version, actor=newsroom.editor)
    assert caught.value.codes == ["remarks_unanswered"]
    assert "1 remark is not answered yet." in str(caught.value)


def test_it_is_sent_once_they_are_answered(newsroom):
    thread, version = next_assigned(newsroom)
    remarks.answer(thread, version=version, text="Done.", actor=newsroom.editor)
    sent = acts.send_to_medical_review(version, actor=newsroom.editor)
    assert sent.state == "medical_review"
    assert "unanswered_reason" not in sent.audit_entries.filter(act="send").get().detail


def test_or_with_a_reason_that_stays_on_record(newsroom):
    _thread, version = next_assigned(newsroom)
    reason = "The reviewer withdrew it by telephone."
    sent = acts.send_to_medical_review(version, actor=newsroom.editor, unanswered_reason=f" {reason} ")
    entry = sent.audit_entries.get(act="send")
    assert json.loads(entry.detail)["unanswered_reason"] == reason


def test_a_remark_on_the_version_itself_counts_as_well(newsroom):
    version = make.assigned(newsroom)
    said(newsroom, version, actor=newsroom.editor)
    codes = [r.code for r in why_not(version, "send", actor=newsroom.editor, unanswered_reason="")]
    assert codes == ["remarks_unanswered"]
    assert why_not(version, "send", actor=newsroom.editor) == []
