"""Two people in one draft: the second is told what differs, both texts become one, and none is lost."""

import pytest

from tests import make
from tests.admin.desk import text_of
from tests.admin.pages import draft_page, fields, sign_in
from topics.models import Reference, Version
from topics.workflow import acts, drafting

REST, WATER, DOSE = (
    "<p>Rest for some days if you can.</p>",
    "<h2>Treatment</h2><p>Drink plenty of water, and rest.</p>",
    "<p>Take 5 mg at night with some food.</p>",
)
BODY = REST + WATER + DOSE
MORE_WATER = WATER.replace("plenty", "a lot")
DOSE_MINE, DOSE_THEIRS = DOSE.replace("5 mg", "10 mg"), DOSE.replace("at night", "at noon")


@pytest.fixture
def version(client, newsroom):
    """A draft of the writer, who is signed in."""
    sign_in(client, newsroom.writer)
    return make.draft(newsroom, body=BODY)


def second_save(client, version, newsroom, theirs, **mine):
    """The page that a second writer gets, and the form that they would send next, without answers."""
    data = {**fields(client.get(draft_page(version))), **mine}
    drafting.edit(version, actor=newsroom.editor, revision=version.revision, **theirs)
    response = client.post(draft_page(version), data)
    assert response.status_code == 409
    return response, {**data, "_settle": "2"}


def questions(response):
    return {asked.label: asked for asked in response.context["conflict"]["questions"]}


def answers(response, *chosen):
    """The fields of a form in which the questions are answered in this order."""
    asked = response.context["conflict"]["questions"]
    values = {
        "mine": lambda each: "mine",
        "theirs": lambda each: each.theirs_value,
        "both": lambda _: "both",
    }
    return {each.key: values[one](each) for each, one in zip(asked, chosen, strict=True)}


def test_what_one_of_them_alone_changed_is_no_question_and_one_save_takes_both(
    client, newsroom, version
):
    response, data = second_save(
        client,
        version,
        newsroom,
        {"title": "Theirs", "body": BODY.replace(DOSE, DOSE_THEIRS)},
        summary="Mine",
        body=BODY.replace(WATER, MORE_WATER),
    )
    found = response.context["conflict"]
    assert found["questions"] == []
    assert {(each.label, each.whose) for each in found["taken"]} == {
        ("title", "theirs"),
        ("plain-language summary", "mine"),
        ("Body, under “Treatment”", "mine"),
        ("Body, under “Treatment”", "theirs"),
    }
    assert Version.objects.get(pk=version.pk).summary == version.summary
    assert client.post(draft_page(version), data).status_code == 302
    saved = Version.objects.get(pk=version.pk)
    assert (saved.title, saved.summary, saved.revision) == ("Theirs", "Mine", 3)
    assert saved.body == REST + MORE_WATER + DOSE_THEIRS


def test_the_page_names_the_other_shows_both_texts_and_has_one_way_to_save(client, newsroom, version):
    response, _data = second_save(
        client,
        version,
        newsroom,
        {"body": BODY.replace(DOSE, DOSE_THEIRS)},
        body=BODY.replace(DOSE, DOSE_MINE),
    )
    page = response.content.decode()
    name = newsroom.editor.printed_name()
    assert f"{name} saved this draft at" in page
    assert f"{name}, as saved now" in page
    for words in ("Take 10 mg at night with some food.", "Take 5 mg at noon with some food."):
        assert words in text_of(response)
    assert "<del" in response.context["conflict"]["redline"]
    form = page[page.index('id="version_form"') :]
    assert form.count('type="submit"') == 1 and 'name="_settle"' in form
    assert " checked" not in page


def test_it_is_said_where_the_other_was_oneself_in_another_window(client, newsroom, version):
    sign_in(client, newsroom.editor)
    response, _data = second_save(client, version, newsroom, {"title": "Theirs"}, title="Mine")
    page = text_of(response)
    assert "You saved this draft at" in page and "in another window" in page
    assert "You, in another window, as saved now" in page
    assert "Two people" not in page


@pytest.mark.parametrize(
    ("chosen", "dose"),
    [("mine", DOSE_MINE), ("theirs", DOSE_THEIRS), ("both", DOSE_MINE + DOSE_THEIRS)],
)
def test_where_both_changed_a_block_the_writer_says_whose_stays(client, newsroom, version, chosen, dose):
    response, data = second_save(
        client,
        version,
        newsroom,
        {"body": REST + MORE_WATER + DOSE_THEIRS},
        body=BODY.replace(DOSE, DOSE_MINE),
    )
    assert list(questions(response)) == ["Body, under “Treatment”"]
    assert client.post(draft_page(version), {**data, **answers(response, chosen)}).status_code == 302
    assert Version.objects.get(pk=version.pk).body == REST + MORE_WATER + dose


def test_a_save_without_an_answer_is_refused_in_a_sentence_and_keeps_the_answers_given(
    client, newsroom, version
):
    response, data = second_save(
        client,
        version,
        newsroom,
        {"title": "Theirs", "body": BODY.replace(DOSE, DOSE_THEIRS)},
        title="Mine",
        body=BODY.replace(DOSE, DOSE_MINE),
    )
    given = {key: value for key, value in answers(response, "theirs", "mine").items() if "title" in key}
    again = client.post(draft_page(version), {**data, **given})
    assert again.status_code == 409
    assert "Choose whose text stays: nothing was saved" in text_of(again)
    assert [each.answer for each in questions(again).values()] == ["theirs", ""]
    assert fields(again)["body"] == BODY.replace(DOSE, DOSE_MINE)
    assert Version.objects.get(pk=version.pk).title == "Theirs"
    both = client.post(draft_page(version), {**data, **given, **answers(again, "theirs", "both")})
    assert both.status_code == 302


@pytest.mark.parametrize("answer", ["nobody", "theirs", "theirs-0123456789abcdef", ""])
def test_an_answer_that_was_not_offered_is_none(client, newsroom, version, answer):
    response, data = second_save(client, version, newsroom, {"title": "Theirs"}, title="Mine")
    [key] = answers(response, "mine")
    assert client.post(draft_page(version), {**data, key: answer}).status_code == 409
    assert Version.objects.get(pk=version.pk).title == "Theirs"


def test_theirs_is_asked_again_once_mine_was_edited_further(client, newsroom, version):
    response, data = second_save(client, version, newsroom, {"title": "Theirs"}, title="Mine")
    late = {**data, **answers(response, "theirs"), "title": "Mine, edited below the question"}
    again = client.post(draft_page(version), late)
    assert again.status_code == 409
    assert questions(again)["title"].is_open
    assert "Mine, edited below the question" in again.content.decode()
    mine = client.post(draft_page(version), {**late, **answers(again, "mine")})
    assert mine.status_code == 302
    assert Version.objects.get(pk=version.pk).title == "Mine, edited below the question"


@pytest.mark.parametrize("opened", ["", "nonsense", "[]", '{"body": [1], "title": {}}', "null"])
def test_without_knowing_what_was_opened_every_difference_is_asked(client, newsroom, version, opened):
    response, data = second_save(
        client,
        version,
        newsroom,
        {"body": BODY.replace(DOSE, DOSE_THEIRS)},
        body=BODY.replace(WATER, MORE_WATER),
        summary="Mine",
        opened=opened,
    )
    assert len(questions(response)) == 2  # The two of the body share a label.
    assert len(response.context["conflict"]["questions"]) == 3
    chosen = answers(response, "mine", "mine", "theirs")
    assert client.post(draft_page(version), {**data, **chosen}).status_code == 302
    assert Version.objects.get(pk=version.pk).body == REST + MORE_WATER + DOSE_THEIRS


def test_a_settled_save_is_refused_where_the_draft_moved_on_again(client, newsroom, version):
    response, data = second_save(client, version, newsroom, {"title": "Theirs"}, title="Mine")
    drafting.edit(version, actor=newsroom.editor, revision=2, title="Theirs again")
    again = client.post(draft_page(version), {**data, **answers(response, "mine")})
    assert again.status_code == 409
    assert again.context["conflict"]["saved"].revision == 3
    assert questions(again)["title"].is_open
    assert Version.objects.get(pk=version.pk).title == "Theirs again"


@pytest.mark.parametrize(
    ("chosen", "titles"), [("mine", ["Kept", "Mine"]), ("theirs", ["Kept", "Theirs"])]
)
def test_rows_are_settled_as_mine_or_theirs_whole(client, newsroom, version, chosen, titles):
    Reference.objects.create(version=version, title="Kept", position=1)
    gone = Reference.objects.create(version=version, title="Old", position=2)

    def theirs(version):
        gone.delete()
        Reference.objects.create(version=version, title="Theirs", position=2)

    response, data = second_save(
        client, version, newsroom, {"parts": theirs}, **{"references-1-title": "Mine"}
    )
    response = client.post(draft_page(version), {**data, **answers(response, chosen)})
    assert response.status_code == 302, text_of(response)
    assert list(version.references.values_list("title", flat=True)) == titles


def test_rows_that_one_of_them_alone_changed_are_that_ones(client, newsroom, version):

    def theirs(version):
        Reference.objects.create(version=version, title="Theirs")

    code = {"codes-TOTAL_FORMS": 1, "codes-0-system": "icd-10-cm", "codes-0-code": "R05"}
    _response, data = second_save(client, version, newsroom, {"parts": theirs}, **code)
    assert client.post(draft_page(version), data).status_code == 302
    assert list(version.references.values_list("title", flat=True)) == ["Theirs"]
    assert list(version.codes.values_list("code", flat=True)) == ["R05"]


def test_a_row_that_both_added_alike_is_there_once(client, newsroom, version):

    def theirs(version):
        Reference.objects.create(version=version, title="A study")

    mine = {"references-TOTAL_FORMS": 1, "references-0-title": "A study", "title": "Mine"}
    _response, data = second_save(client, version, newsroom, {"parts": theirs}, **mine)
    assert client.post(draft_page(version), data).status_code == 302
    assert list(version.references.values_list("title", flat=True)) == ["A study"]


def test_where_both_say_the_same_there_is_nothing_to_save(client, newsroom, version):
    response, _data = second_save(client, version, newsroom, {"title": "Same"}, title="Same")
    page = response.content.decode()
    assert "there is nothing to choose" in page
    assert 'name="_settle"' not in page and 'name="_save"' not in page


def test_hostile_text_in_a_conflict_is_clean_there_and_in_what_is_saved(client, newsroom, version):
    hostile = "<p onclick='x()'>Take 10 mg at night with some food.<script>steal()</script></p>"
    response, data = second_save(
        client,
        version,
        newsroom,
        {"body": BODY.replace(DOSE, DOSE_THEIRS), "title": "<b>Theirs</b>"},
        body=BODY.replace(DOSE, hostile),
    )
    assert "steal" not in text_of(response) and "onclick" not in response.content.decode()
    assert "&lt;b&gt;Theirs" in response.content.decode()
    assert client.post(draft_page(version), {**data, **answers(response, "mine")}).status_code == 302
    assert Version.objects.get(pk=version.pk).body == BODY.replace(DOSE, DOSE_MINE)


def test_nobody_settles_a_version_that_was_submitted(client, newsroom, version):
    data = {**fields(client.get(draft_page(version))), "title": "Mine", "_settle": "1"}
    acts.submit(version, actor=newsroom.writer)
    assert client.post(draft_page(version), data).status_code == 409
    assert Version.objects.get(pk=version.pk).title == "Cough"


def test_a_conflict_takes_the_same_questions_whatever_differs(
    client, newsroom, version, django_assert_max_num_queries
):
    data = fields(client.get(draft_page(version)))
    drafting.edit(version, actor=newsroom.editor, revision=1, title="Theirs")
    with django_assert_max_num_queries(90) as few:
        client.post(draft_page(version), {**data, "title": "Mine"})
    drafting.edit(
        version,
        actor=newsroom.editor,
        revision=2,
        title="Theirs",
        summary="Theirs",
        body=DOSE_THEIRS * 9,
    )
    with django_assert_max_num_queries(len(few)):
        client.post(draft_page(version), {**data, "title": "Mine", "body": DOSE_MINE * 9})
