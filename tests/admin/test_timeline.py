"""An article's timeline: what it tells, whom, in which order, and at what cost."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import make
from tests.admin.desk import signed_in, text_of
from tests.admin.pages import refused_by_csp
from topics.admin.timeline import words
from topics.models import AuditEntry
from topics.publishing.withdraw import withdraw
from topics.rules.review_dates import utc_day
from topics.workflow import acts
from topics.workflow.ledger import begin_act, record
from topics.workflow.remarks import answer, remark
from topics.workflow.table import ACTS


def url(article):
    return reverse("admin:timeline", args=[article.pk])


def timeline(user, article, **query):
    return signed_in(user).get(url(article), query)


def says(response):
    """The sentences of the events, newest first."""
    return [event.says for event in response.context["events"]]


def test_every_act_on_the_article_is_told_newest_first(newsroom):
    edition = make.released(newsroom)
    name = {role: person.printed_name() for role, person in vars(newsroom).items() if role in ROLES}
    assert says(timeline(newsroom.editor, edition.article)) == [
        f"{name['publisher']} released version 1",
        "Version 1 was approved with the last sign-off",
        "Sam Specialist signed version 1",
        "Pia Primary signed version 1",
        f"{name['editor']} sent version 1 to medical review",
        f"{name['editor']} asked a reviewer for version 1",
        f"{name['editor']} asked a reviewer for version 1",
        f"{name['writer']} submitted version 1",
        f"{name['writer']} started the article",
    ]


ROLES = ("writer", "editor", "publisher")


def test_sign_offs_remarks_returns_and_withdrawals_are_told_with_their_words(newsroom):
    edition = make.released(newsroom)
    draft = make.submitted(
        newsroom, make.next_draft(newsroom, edition.article, change_note="Reworded it.")
    )
    thread = remark(draft, text="Is this dose right?", actor=newsroom.editor)
    answer(thread, version=draft, text="It is, by the guideline.", actor=newsroom.writer)
    acts.return_with_remarks(draft, remarks="Say it plainly.", actor=newsroom.editor)
    withdraw(edition, kind="correction", explanation="The dose was wrong.", actor=newsroom.publisher)
    text = text_of(timeline(newsroom.editor, edition.article))
    for said in (
        "Reworded it.",
        "Is this dose right?",
        "It is, by the guideline.",
        "Say it plainly.",
        "The dose was wrong.",
        "Pia Primary, MD, MPH · Primary reviewer · Family Medicine",
        "Redline of version 1 and version 2",
    ):
        assert said in text


def test_a_run_of_edits_is_one_event(newsroom):
    draft = make.draft(newsroom)
    for number in range(4):
        draft = make.drafting.edit(
            draft, actor=newsroom.writer, revision=draft.revision, title=f"Cough {number}"
        )
    told = says(timeline(newsroom.editor, draft.article))
    assert told[0] == f"{newsroom.writer.printed_name()} edited version 1, 4 times"
    assert len(told) == 2


def test_an_act_that_the_timeline_does_not_know_is_named(newsroom):
    draft = make.draft(newsroom)
    record("look_at_closely", actor=newsroom.editor, at=begin_act(), version=draft)
    assert says(timeline(newsroom.editor, draft.article))[0].endswith(": look at closely")


def test_every_act_on_a_version_has_a_sentence_of_its_own(newsroom):
    """The acts of the workflow's table; a new one is given its words with it."""
    assert {act.name for act in ACTS.values()} - words.SENTENCES.keys() == set()


def test_what_lies_ahead_stands_on_top(newsroom):
    soon = timezone.now() + timedelta(days=3)
    edition = make.released(newsroom, starts_at=soon)
    response = timeline(newsroom.editor, edition.article)
    sentences = [sentence for _instant, _kind, sentence in response.context["ahead"]]
    assert sentences == ["Edition 1 comes into force"]
    assert text_of(response).index("comes into force") < text_of(response).index("released version 1")


def test_the_form_compares_the_newest_two_and_names_every_version(newsroom):
    edition = make.released(newsroom)
    draft = make.next_draft(newsroom, edition.article)
    html = timeline(newsroom.editor, edition.article).content.decode()
    assert f'<option value="{edition.version_id}" selected>Version 1' in html
    assert f'<option value="{draft.pk}" selected>Version 2' in html
    assert reverse("admin:redline_choose") in html


def test_a_reviewer_hears_of_the_versions_that_they_were_asked_to_review_and_no_other(newsroom):
    edition = make.released(newsroom)
    make.next_draft(newsroom, edition.article, title="Secret draft")
    response = timeline(newsroom.primary.user, edition.article)
    assert response.status_code == 200
    assert not any("version 2" in sentence for sentence in says(response))
    assert any("signed version 1" in sentence for sentence in says(response))
    assert "Secret draft" not in response.content.decode()
    assert reverse("admin:topics_auditentry_changelist") not in response.content.decode()


def test_a_reviewer_who_was_not_asked_finds_no_timeline(newsroom):
    draft = make.submitted(newsroom)
    assert timeline(newsroom.primary.user, draft.article).status_code == 404
    assert timeline(newsroom.writer, draft.article).status_code == 200


def test_a_writer_hears_who_did_what_but_gets_no_link_into_the_ledger(newsroom):
    draft = make.submitted(newsroom)
    entry = AuditEntry.objects.get(act="submit", version=draft)
    page = reverse("admin:topics_auditentry_change", args=[entry.pk])
    assert page not in timeline(newsroom.writer, draft.article).content.decode()
    assert page in timeline(newsroom.editor, draft.article).content.decode()


def test_hostile_words_are_shown_as_words(newsroom):
    draft = make.submitted(newsroom, title="Cough <script>alert(1)</script>")
    acts.return_with_remarks(draft, remarks="<img src=x onerror=alert(1)>", actor=newsroom.editor)
    response = timeline(newsroom.editor, draft.article)
    assert "<img src=x" not in response.content.decode()
    assert "<script>alert" not in response.content.decode()
    assert refused_by_csp(response) == []


@pytest.fixture
def long_history(newsroom):
    """An article with many versions, and the ones before they were many."""
    edition = make.released(newsroom)
    draft = make.submitted(newsroom, make.next_draft(newsroom, edition.article))
    return edition.article, draft


def lengthen(newsroom, article, draft, times):
    for _ in range(times):
        remark(draft, text="Again.", actor=newsroom.editor)
        acts.return_with_remarks(draft, remarks="Again.", actor=newsroom.editor)
        draft = make.submitted(newsroom, make.next_draft(newsroom, article))


@pytest.mark.parametrize("page", ["timeline", "article"])
def test_a_long_history_takes_no_more_queries(
    newsroom, long_history, page, django_assert_max_num_queries
):
    article, draft = long_history
    address = (
        url(article) if page == "timeline" else reverse("admin:topics_article_change", args=[article.pk])
    )
    client = signed_in(newsroom.editor)
    client.get(address)
    with django_assert_max_num_queries(60) as few:
        client.get(address)
    lengthen(newsroom, article, draft, 9)
    with django_assert_max_num_queries(len(few) + 1):  # Remarks are asked for once there are any.
        client.get(address)


def test_a_long_history_is_told_a_page_at_a_time(newsroom, long_history):
    article, draft = long_history
    lengthen(newsroom, article, draft, 9)
    first, second = (timeline(newsroom.editor, article, p=number) for number in (1, 2))
    entries = [event.entry.pk for response in (first, second) for event in response.context["events"]]
    assert len(first.context["events"]) <= 40
    assert entries == sorted(entries, reverse=True)
    assert first.context["page"].has_next()


def test_the_page_of_an_article_begins_its_timeline(newsroom):
    edition = make.released(newsroom)
    page = signed_in(newsroom.editor).get(
        reverse("admin:topics_article_change", args=[edition.article_id])
    )
    assert "released version 1" in text_of(page)
    assert url(edition.article) in page.content.decode()


def test_no_text_of_a_version_is_read_for_the_timeline(newsroom, django_assert_max_num_queries):
    edition = make.released(newsroom)
    with django_assert_max_num_queries(60) as asked:
        timeline(newsroom.editor, edition.article)
    read = [query["sql"] for query in asked.captured_queries if "topics_auditentry" in query["sql"]]
    assert read
    assert not any('"topics_version"."document"' in sql for sql in read)


def test_a_signature_names_the_credential_that_it_was_given_on(newsroom):
    version = make.in_medical_review(newsroom)
    make.sign(version, newsroom.primary)
    credential = newsroom.primary.credential_set.get()
    text = text_of(timeline(newsroom.editor, version.article))
    assert f"{credential.title}, {credential.issuer}" in text
    assert "(2000-01-01 – 2100-01-01)" in text


def test_why_it_was_sent_with_unanswered_remarks_is_told(newsroom):
    version = make.assigned(newsroom)
    remark(version, text="Is this dose right?", actor=newsroom.editor)
    acts.send_to_medical_review(
        version, actor=newsroom.editor, unanswered_reason="The guideline is awaited."
    )
    text = text_of(timeline(newsroom.editor, version.article))
    assert "with unanswered remarks The guideline is awaited." in text


def test_why_a_reviewer_was_released_or_replaced_is_told(newsroom):
    version = make.in_medical_review(newsroom)
    role = version.requirements.get(role="primary")
    other = make.reviewer("Family Medicine", name="Olga Other")
    acts.assign(
        version,
        requirement=role,
        reviewer=other,
        due_on=utc_day(timezone.now()),
        actor=newsroom.editor,
        reason="She is on leave.",
    )
    acts.withdraw_assignment(version, requirement=role, actor=newsroom.editor, reason="He fell ill.")
    text = text_of(timeline(newsroom.editor, version.article))
    assert "She is on leave." in text and "in place of Pia Primary" in text
    assert "Olga Other He fell ill." in text


def test_a_return_with_remarks_is_told_once(newsroom):
    version = make.submitted(newsroom)
    remark(version, text="Say it plainly.", actor=newsroom.editor)
    acts.return_with_remarks(version, remarks="Shorten the summary.", actor=newsroom.editor)
    response = timeline(newsroom.editor, version.article)
    assert text_of(response).count("Shorten the summary.") == 1
    name = newsroom.editor.printed_name()
    assert says(response)[:2] == [f"{name} returned version 1", f"{name} remarked on version 1"]
