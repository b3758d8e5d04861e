"""What a licensee may receive, and by which key, is decided at the door and stays on record."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import make
from tests.attacks.ways import refused_by, refused_with
from topics.models import ApiKey, AuditEntry, Licence, Licensee, Notice
from topics.publishing.api_keys import make_key, renew_key, revoke_key
from topics.publishing.licences import give_licence
from topics.rules.refusal import IllegalMove, NotPermitted, Unmet
from topics.workflow.ledger import broken_links


@pytest.fixture
def hospital(newsroom):
    return make.licensee(newsroom, categories=[newsroom.category])


def test_a_licence_is_never_changed_or_deleted(hospital):
    licence = Licence.objects.get()
    with refused_by("licences_are_never_changed"):
        Licence.objects.update(every_category=True)
    with refused_by("licences_are_never_changed"):
        licence.ends_at = None
        licence.save()
    with refused_by("licences_are_never_deleted"):
        Licence.objects.all()._raw_delete("default")


def test_a_licence_is_not_written_past_the_door(newsroom, hospital):
    licence = Licence.objects.get()
    licence.pk, licence.every_category = None, True
    licence._state.adding = True
    make.notice(newsroom)  # The newest entry is of another act now.
    with refused_by("licence_has_its_audit_entry"):
        licence.save()
    licence.entry = AuditEntry.objects.order_by("number").last()
    with refused_by("licence_has_its_audit_entry"):
        licence.save()


def test_a_written_licence_is_not_replaced(hospital):
    licence = Licence.objects.get()
    with refused_by("licences_are_never_replaced"):
        Licence(**{f.attname: getattr(licence, f.attname) for f in Licence._meta.fields}).save(
            force_insert=True
        )


def test_a_key_is_not_written_past_the_door_given_away_or_revived(newsroom, hospital):
    make.key(newsroom, hospital)
    row = ApiKey.objects.get()
    other = Licensee.objects.create(name="Other")
    values = {f.attname: getattr(row, f.attname) for f in ApiKey._meta.fields if f.name != "id"}
    with refused_by("api_key_has_its_audit_entry"):
        ApiKey(**{**values, "prefix": "sgn_00000000", "key_hash": "0" * 64}).save()
    for change in ({"licensee": other}, {"key_hash": "0" * 64}, {"prefix": "sgn_0"}):
        with refused_by("api_key_stays_what_it_is"):
            ApiKey.objects.update(**change)
    ends = timezone.now() - timedelta(days=1)
    ApiKey.objects.update(expires_at=ends)
    for change in ({"expires_at": None}, {"expires_at": ends + timedelta(days=2)}):
        with refused_by("api_key_stays_what_it_is"):
            ApiKey.objects.update(**change)
    revoke_key(row, actor=newsroom.administrator)
    for change in ({"revoked_at": None}, {"expires_at": None}, {"revoked_by": newsroom.writer}):
        with refused_by("api_key_stays_what_it_is"):
            ApiKey.objects.update(**change)
    with refused_by("api_keys_are_never_deleted"):
        ApiKey.objects.all()._raw_delete("default")
    ApiKey.objects.update(last_used_at=timezone.now())


def test_a_written_key_is_not_replaced(newsroom, hospital):
    make.key(newsroom, hospital)
    row = ApiKey.objects.get()
    with refused_by("api_keys_are_never_replaced"):
        ApiKey(**{f.attname: getattr(row, f.attname) for f in ApiKey._meta.fields}).save(
            force_insert=True
        )


@pytest.mark.parametrize("role", ["writer", "editor", "publisher"])
def test_only_administrators_give_licences_and_keys(newsroom, hospital, role):
    actor = getattr(newsroom, role)
    make.key(newsroom, hospital)
    row = ApiKey.objects.get()
    with refused_with("not_permitted", kind=NotPermitted):
        give_licence(hospital, languages=["en"], every_category=True, actor=actor)
    with refused_with("not_permitted", kind=NotPermitted):
        make_key(hospital, label="x", days=30, actor=actor)
    with refused_with("not_permitted", kind=NotPermitted):
        renew_key(row, days=30, overlap_days=1, actor=actor)
    with refused_with("not_permitted", kind=NotPermitted):
        revoke_key(row, actor=actor)


def test_a_licence_says_what_it_includes_and_never_begins_in_the_past(newsroom, hospital):
    actor = newsroom.administrator
    with refused_with("languages_missing", "categories_missing", kind=Unmet):
        give_licence(hospital, languages=[], actor=actor)
    with refused_with("languages_missing", kind=Unmet):
        give_licence(hospital, languages=["Spanish!"], every_category=True, actor=actor)
    yesterday = timezone.now() - timedelta(days=1)
    with refused_with("start_is_past", kind=Unmet):
        give_licence(hospital, languages=["en"], every_category=True, starts_at=yesterday, actor=actor)
    with refused_with("ends_before_it_starts", kind=Unmet):
        give_licence(hospital, languages=["en"], every_category=True, ends_at=yesterday, actor=actor)


def test_a_dead_key_is_not_renewed_and_revoking_is_done_once(newsroom, hospital):
    actor = newsroom.administrator
    row, _key = make_key(hospital, label="Site", days=30, actor=actor)
    revoke_key(row, actor=actor)
    with refused_with("key_is_dead", kind=IllegalMove):
        renew_key(row, days=30, overlap_days=1, actor=actor)
    with refused_with("revoked_already", kind=IllegalMove):
        revoke_key(row, actor=actor)


def test_renewing_never_makes_a_key_last_longer(newsroom, hospital):
    actor = newsroom.administrator
    row, _key = make_key(hospital, label="Site", days=30, actor=actor)
    _new, _key = renew_key(row, days=365, overlap_days=0, actor=actor)
    row.refresh_from_db()
    assert not row.is_alive(at=timezone.now())
    row, _key = make_key(hospital, label="Site", days=30, actor=actor)
    before = row.expires_at
    renew_key(row, days=365, overlap_days=30, actor=actor)
    row.refresh_from_db()
    assert row.expires_at <= before + timedelta(minutes=1)


def test_every_act_is_in_the_ledger_and_names_the_licensee(newsroom, hospital):
    actor = newsroom.administrator
    row, key = make_key(hospital, label="Site", days=30, actor=actor)
    renew_key(row, days=30, overlap_days=1, actor=actor)
    revoke_key(row, actor=actor)
    entries = AuditEntry.objects.order_by("number")
    acts = [e.act for e in entries if hospital.name in e.detail]
    assert acts == ["licence", "make_key", "make_key", "revoke_key"]
    assert all(key not in entry.detail for entry in entries)
    assert list(broken_links()) == []


def test_a_notice_of_a_licensee_is_held_against_its_entry(newsroom, hospital):
    made = make.notice(newsroom, text="General.")
    own = make.notice(newsroom, text="Own.", licensee=hospital)
    for notice in (made, own):
        with refused_by("notices_are_never_changed", "notice_begins_now_or_later_update"):
            Notice.objects.filter(pk=notice.pk).update(licensee=None if notice.licensee_id else hospital)
    waiting = Notice(
        kind="terms",
        text="x",
        licensee=hospital,
        created_by=newsroom.publisher,
        created_at=timezone.now(),
        in_force_from=timezone.now(),
    )
    with refused_by("notice_has_its_audit_entry_insert"):
        waiting.save()


def test_a_general_notice_has_a_text(newsroom):
    with refused_by("general_notice_has_a_text"):
        Notice.objects.create(
            kind="terms", text="", created_by=newsroom.publisher, created_at=timezone.now()
        )
