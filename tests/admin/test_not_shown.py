"""What a page that somebody may open still doesn't tell them: later texts, drafts, what is scheduled."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import make
from tests.admin.desk import edition_url, signed_in
from topics.publishing.together import release_together
from topics.rules.anchoring import Anchor
from topics.workflow import acts, remarks

pytestmark = pytest.mark.django_db

SECRET = "Quicksilver"


def shown(user, url):
    response = signed_in(user).get(url)
    return response.status_code, SECRET in response.content.decode()


def in_days(days):
    return timezone.now() + timedelta(days=days)


def desk(version):
    return reverse("admin:review_desk", args=[version.pk])


def redline(version):
    return desk(version) + "?view=redline"


def followed(room, *, starts_at=None):
    """An edition that a later one follows, whose text is new."""
    first = make.released(room, title="First")
    body = make.BODY + f"<p>{SECRET} helps.</p>"
    following = make.next_draft(room, first.article, title="Second", body=body)
    return first, make.released(room, following, starts_at=starts_at)


# The review desk of an older version ----------------------------------------------------------------


@pytest.mark.parametrize("scheduled", [False, True])
def test_a_version_is_not_held_against_an_edition_after_it(newsroom, scheduled):
    first, second = followed(newsroom, starts_at=in_days(2) if scheduled else None)
    assert shown(newsroom.editor, redline(first.version)) == (200, False)
    assert shown(newsroom.editor, redline(second.version)) == (200, True)


def test_a_version_is_held_against_the_newest_edition_before_it(newsroom):
    first, second = followed(newsroom)
    third = make.next_draft(newsroom, first.article, title="Third")
    page = signed_in(newsroom.editor).get(redline(third))
    assert page.context["comparison"].edition == second


def test_a_reviewer_reads_no_scheduled_edition_through_the_redline(newsroom):
    asked, newsroom.primary = newsroom.primary, make.reviewer("Family Medicine", name="Ada Another")
    newsroom.specialist, also = asked, newsroom.specialist
    asked.specialties.add(*also.specialties.all())
    first = make.released(newsroom, title="First")
    newsroom.specialist = also
    body = make.BODY + f"<p>{SECRET} helps.</p>"
    make.released(
        newsroom,
        make.next_draft(newsroom, first.article, title="Second", body=body),
        starts_at=in_days(2),
    )
    assert shown(asked.user, redline(first.version)) == (200, False)


# Remarks --------------------------------------------------------------------------------------------


def answered_later(room):
    """A returned version whose remark was answered on the next one."""
    version = make.in_medical_review(room)
    anchor = Anchor("section", "treatment", "5 mg")
    thread = remarks.remark(version, text="By weight?", actor=room.primary.user, anchor=anchor)
    returned = acts.return_with_remarks(version, remarks="See there.", actor=room.editor)
    draft = make.next_draft(room, returned.article, change_kind="new")
    remarks.answer(thread, version=draft, text=f"{SECRET} instead.", actor=room.writer)
    return returned, draft


def test_a_reviewer_of_a_returned_version_does_not_read_what_was_said_on_the_next(newsroom):
    returned, draft = answered_later(newsroom)
    assert shown(newsroom.primary.user, desk(draft)) == (404, False)
    assert shown(newsroom.primary.user, desk(returned)) == (200, False)


def test_an_editor_does(newsroom):
    returned, _draft = answered_later(newsroom)
    assert shown(newsroom.editor, desk(returned)) == (200, True)


def test_so_does_a_reviewer_who_is_asked_to_sign_the_next_one(newsroom):
    returned, draft = answered_later(newsroom)
    make.assigned(newsroom, draft)
    assert shown(newsroom.primary.user, desk(returned)) == (200, True)


# The pages of acts ----------------------------------------------------------------------------------


@pytest.fixture
def scheduled_together(newsroom):
    """An edition in force; its next one is scheduled together with one of another article."""
    edition = make.released(newsroom, title="Public")
    following = make.approved(newsroom, make.next_draft(newsroom, edition.article, title="Next"))
    other = make.approved(newsroom, title=SECRET)
    release_together([following, other], actor=newsroom.publisher, starts_at=in_days(1))
    return edition


def test_a_publisher_is_told_what_a_withdrawal_cancels(newsroom, scheduled_together):
    assert shown(newsroom.publisher, edition_url(scheduled_together, "withdraw")) == (200, True)


def test_a_reviewer_whose_act_it_is_not_is_told_nothing_of_it(newsroom, scheduled_together):
    stranger = make.reviewer("Family Medicine", name="Stella Stranger").user
    assert shown(stranger, edition_url(scheduled_together, "withdraw")) == (403, False)


def test_nor_where_the_step_does_not_exist(newsroom, scheduled_together):
    asked = newsroom.primary.user
    following = scheduled_together.article.editions.get(title="Next")
    assert shown(newsroom.publisher, edition_url(following, "withdraw")) == (409, True)
    stranger = make.reviewer("Respiratory Medicine", name="Stella Stranger")
    assert shown(stranger.user, edition_url(following, "withdraw"))[0] == 404
    assert signed_in(asked).get(edition_url(following, "withdraw")).status_code == 409
    facts = signed_in(asked).get(edition_url(following, "withdraw")).context
    assert "scheduled" not in facts


@pytest.mark.parametrize("act", ["open-version", "category"])
def test_the_page_of_an_article_does_not_name_a_draft_to_its_reviewer(newsroom, act):
    edition = make.released(newsroom, title="Public")
    make.next_draft(newsroom, edition.article, title=SECRET)
    url = f"/admin/desk/articles/{edition.article_id}/{act}/"
    assert shown(newsroom.editor, url)[1]
    assert shown(newsroom.primary.user, url) == (403 if act == "category" else 409, False)
