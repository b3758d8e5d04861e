"""My work, of releases: what waits, is to come, was cancelled, recalled or is withheld from readers."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import make
from tests.admin.desk import act_url, in_days, open_url, signed_in, text_of, withholding
from tests.admin.landing import days_ago, home, names_of, section_of, titles
from topics.publishing.release import release
from topics.publishing.withdraw import cancel_release, withdraw
from topics.rules.eligibility import release_refusals

pytestmark = pytest.mark.django_db


# To release, and to come ----------------------------------------------------------------------------


def test_a_publisher_sees_what_waits_what_comes_and_what_was_cancelled(newsroom):
    make.approved(newsroom, title="Croup")
    version = make.approved(newsroom, title="Cough", slug="cough")
    edition = release(version, actor=newsroom.publisher, starts_at=timezone.now() + timedelta(days=3))
    page = home(newsroom.publisher)
    assert titles(section_of(page, "to-release")) == ["Croup"]
    assert titles(section_of(page, "scheduled")) == ["Cough"]
    (row,) = section_of(page, "scheduled").rows
    assert row.step_url == reverse("admin:edition_act", args=[edition.pk, "move"])
    assert row.other_url == reverse("admin:edition_act", args=[edition.pk, "cancel_release"])
    cancel_release(edition, actor=newsroom.publisher)
    page = home(newsroom.publisher)
    assert titles(section_of(page, "to-release")) == ["Croup", "Cough"]
    assert section_of(page, "to-release").rows[1].badge == ("cancelled", "Release cancelled")
    assert section_of(page, "scheduled").count == 0


def test_a_publisher_is_warned_of_a_release_whose_signer_is_not_qualified_on_its_day(newsroom):
    soon, later = (timezone.now() + timedelta(days=days) for days in (3, 5))
    make.released(newsroom, title="Croup", slug="croup", starts_at=soon)
    uncovered = make.released(newsroom, title="Cough", starts_at=later)
    page = home(newsroom.publisher)
    assert [row.alarm for row in section_of(page, "scheduled").rows] == [None, None]
    newsroom.primary.credential_set.update(expires_on=in_days(4))
    assert release_refusals(uncovered.version, starts_at=uncovered.starts_at)
    page = home(newsroom.publisher)
    first, second = section_of(page, "scheduled").rows
    assert (first.title, second.title) == ("Cough", "Croup")
    assert first.alarm and not second.alarm
    assert "credential is not valid on that day: move or cancel this release" in text_of(page)
    make.credential(newsroom.primary, expires_on=later.date())
    assert section_of(home(newsroom.publisher), "scheduled").rows[1].alarm is None


# Cancelled ------------------------------------------------------------------------------------------


def cancelled(room, *, days_old=0, title="Croup"):
    """A version that was signed by all, of an article in force, whose release was cancelled."""
    edition = make.released(room, at=days_ago(days_old) if days_old else None, title=title)
    version = make.approved(room, make.next_draft(room, edition.article, title=f"{title} anew"))
    soon = timezone.now() + timedelta(days=3)
    cancel_release(
        release(version, actor=room.publisher, starts_at=soon),
        actor=room.publisher,
    )
    return version


def test_a_version_whose_release_was_cancelled_is_at_work_for_everybody(newsroom):
    version = cancelled(newsroom, days_old=800)
    editor, writer = home(newsroom.editor), home(newsroom.writer)
    assert titles(section_of(editor, "reviews-due")) == []
    for page, name in ((editor, "approved"), (writer, "submitted")):
        (row,) = section_of(page, name).rows
        assert (row.title, row.badge) == ("Croup anew", ("cancelled", "Release cancelled"))
        assert row.standing == "signed by all, with the publishers"
        listed = signed_in(page.wsgi_request.user).get(section_of(page, name).url)
        assert [found.pk for found in listed.context["cl"].result_list] == [version.pk]
    make.next_draft(newsroom, version.article)
    assert "approved" not in names_of(home(newsroom.editor))


def test_a_withheld_article_with_a_version_that_waits_for_release_is_not_idle(newsroom):
    room = withholding(newsroom, grace_days=5)
    cancelled(room, days_old=800)
    assert "withheld" not in names_of(home(room.editor))
    assert section_of(home(room.publisher), "unreadable").count == 1


def test_how_a_version_stands_whose_release_was_cancelled_is_said_everywhere(newsroom):
    version = cancelled(newsroom)
    client = signed_in(newsroom.publisher)
    for name, key in (("version", version.pk), ("article", version.article_id)):
        page = client.get(reverse(f"admin:topics_{name}_change", args=[key]))
        assert 'badge-cancelled">Release cancelled' in page.content.decode()
    lists = (("version", version.pk), ("article", version.article_id))
    for name, key in lists:
        address = reverse(f"admin:topics_{name}_changelist")
        found = client.get(address, {"state": "cancelled"})
        assert [row.pk for row in found.context["cl"].result_list] == [key]
        assert 'badge-cancelled">Release cancelled' in found.content.decode()
        found = client.get(address, {"state": "released"})
        assert key not in [row.pk for row in found.context["cl"].result_list]


# Recalled -------------------------------------------------------------------------------------------


def test_after_a_recall_each_is_told_what_it_leaves_to_do(newsroom):
    source = make.released(newsroom, title="Cough", slug="cough")
    public = make.released(newsroom, language="de", title="Husten", translation_of=source.article)
    waits = make.approved(newsroom, language="es", title="Tos", translation_of=source.article)
    make.approved(newsroom, title="Croup")
    withdraw(source, kind="safety_recall", explanation="Wrong.", actor=newsroom.publisher)
    for user in (newsroom.editor, newsroom.publisher):
        page = home(user)
        (row,) = section_of(page, "recalled").rows
        assert (row.title, row.badge) == ("Cough", ("withdrawn", "Safety recall"))
        assert row.standing == "nobody is at work on it"
        assert bool(row.step) == (user == newsroom.editor)
        (row,) = section_of(page, "blocked").rows
        assert (row.title, row.alarm) == ("Tos", ("overdue", "Can't be released"))
        assert row.standing == "made from edition 1 of cough [en], which was recalled for safety"
        assert row.step_url == act_url(waits, "return")
        assert sorted(titles(section_of(page, "translations"))) == ["Husten", "Tos"]
        for name, found in (("recalled", source), ("blocked", waits)):
            listed = signed_in(user).get(section_of(page, name).url)
            assert [one.pk for one in listed.context["cl"].result_list] == [found.pk]
    assert titles(section_of(page, "to-release")) == ["Croup"]
    assert titles(section_of(home(newsroom.editor), "approved")) == ["Croup"]
    make.released(newsroom, make.next_draft(newsroom, source.article, body="<p>Right.</p>"))
    assert "recalled" not in names_of(home(newsroom.publisher))
    assert public.is_in_force(at=timezone.now())


def test_a_cancelled_release_of_what_was_recalled_leads_to_a_new_version(newsroom):
    source = make.released(newsroom, title="Cough", slug="cough")
    soon = timezone.now() + timedelta(days=3)
    edition = make.released(
        newsroom, language="es", title="Tos", translation_of=source.article, starts_at=soon
    )
    withdraw(source, kind="safety_recall", explanation="Wrong.", actor=newsroom.publisher)
    (row,) = section_of(home(newsroom.editor), "blocked").rows
    assert (row.title, row.step_url) == ("Tos", open_url(edition.article))
    (row,) = section_of(home(newsroom.publisher), "blocked").rows
    assert (row.badge, row.step) == (("cancelled", "Release cancelled"), "")


# Withheld -------------------------------------------------------------------------------------------


def test_a_publisher_sees_when_an_overdue_edition_will_be_withheld(newsroom):
    room = withholding(newsroom, grace_days=60)
    edition = make.released(room, at=days_ago(740), title="Bronchitis")
    row = section_of(home(room.publisher), "ending").rows[0]
    assert row.standing == f"withheld from {edition.expires_at:%Y-%m-%d %H:%M} UTC"
    assert row.badge[0] == "overdue"


def test_a_withheld_article_stands_first_until_somebody_begins(newsroom):
    room = withholding(newsroom, grace_days=5)
    edition = make.released(room, at=days_ago(740), title="Bronchitis")
    make.submitted(room, title="Croup")
    page = home(room.editor)
    assert names_of(page)[0] == "withheld"
    row = section_of(page, "withheld").rows[0]
    assert (row.title, row.badge) == ("Bronchitis", ("expired", "Withheld"))
    assert f">{edition.expires_at:%Y-%m-%d}<" in row.when
    assert row.step_url == open_url(edition.article)
    page = home(room.publisher)
    assert names_of(page)[0] == "unreadable"
    assert titles(section_of(page, "unreadable")) == ["Bronchitis"]
    version = make.next_draft(room, edition.article, change_kind="periodic_review")
    assert "withheld" not in names_of(home(room.editor))
    assert titles(section_of(home(room.publisher), "unreadable")) == ["Bronchitis"]
    make.released(room, version, starts_at=timezone.now() + timedelta(days=1))
    assert "unreadable" not in names_of(home(room.publisher))
    assert "withheld" not in names_of(home(room.editor))


def test_what_was_withdrawn_or_is_only_overdue_is_not_withheld(newsroom):
    room = newsroom
    make.released(room, at=days_ago(800), title="Flagged only")
    room.policy.when_overdue = "withhold"
    room.policy.save()
    edition = make.released(room, at=days_ago(760), slug="retired")
    withdraw(edition, kind="retired", explanation="Old.", actor=room.publisher, at=days_ago(755))
    assert "withheld" not in names_of(home(room.editor))
    assert "unreadable" not in names_of(home(room.publisher))
