"""The record of approval of an edition: what is printed, whether it is verified, and for whom."""

import json
import re
from datetime import date

import pytest
from django.urls import reverse

from tests import make
from tests.admin.desk import signed_in, text_of
from tests.admin.pages import refused_by_csp
from topics.models import AuditEntry, Edition, walls
from topics.publishing.release import release
from topics.publishing.withdraw import withdraw
from topics.workflow import acts
from topics.workflow.remarks import remark


def url(edition):
    return reverse("admin:edition_record", args=[edition.pk])


def page(user, edition):
    return signed_in(user).get(url(edition))


def test_it_prints_who_signed_what_when_and_as_whom(newsroom):
    edition = make.released(newsroom)
    response = page(newsroom.editor, edition)
    text = text_of(response)
    sign_off = edition.version.sign_offs.first()
    for said in (
        "Record of approval",
        "Pia Primary, MD, MPH",
        "Family Medicine",
        "Sam Specialist, MD",
        sign_off.statement,
        sign_off.disclosure,
        str(sign_off.get_meaning_display()),
        f"{sign_off.signed_at:%Y-%m-%d %H:%M}",
        edition.digest,
        newsroom.publisher.printed_name(),
    ):
        assert said in text
    assert text.count(edition.digest) == 3  # The edition's own, and under each signature.
    assert refused_by_csp(response) == []


def test_it_prints_the_credential_that_each_signature_was_given_on_as_it_read_then(newsroom):
    licence = newsroom.primary.credential_set.get()
    licence.title, licence.issuer, licence.number = "Licence to practise", "Board of Lund", "L-1066"
    licence.save()
    edition = make.released(newsroom)
    with walls.lifted():
        newsroom.primary.credential_set.update(expires_on=date(2031, 2, 3))
    text = text_of(page(newsroom.editor, edition))
    for said in ("Licence to practise", "Board of Lund, No. L-1066", "2000-01-01 – 2100-01-01"):
        assert said in text
    assert "2031-02-03" not in text
    assert "Verified: what is on record holds together" in text
    assert "L-1066" not in edition.record


def test_a_forged_credential_is_printed_but_not_verified(newsroom):
    edition = make.released(newsroom)
    with walls.lifted():
        edition.version.sign_offs.update(credential_number="L-1067")
    text = text_of(page(newsroom.editor, edition))
    assert "prints another credential than it had" in text
    assert "Not verified" in text


def test_each_statement_is_printed_once(newsroom):
    edition = make.released(newsroom)
    text = text_of(page(newsroom.editor, edition))
    assert text.count("I reviewed the whole article; it is clinically accurate and complete") == 2


def test_it_is_in_utc_whoever_reads_it(newsroom):
    newsroom.editor.time_zone = "Asia/Tokyo"
    newsroom.editor.save()
    text = text_of(page(newsroom.editor, make.released(newsroom)))
    assert "All times are in UTC." in text
    assert "JST" not in text


def test_its_acts_and_states_are_words(newsroom):
    text = text_of(page(newsroom.editor, make.released(newsroom)))
    for said in ("Signed", "Approved by the last sign-off → Approved", "Sent to medical review →"):
        assert said in text
    assert not re.search(r"sign_off|medical_review\b", text)


def test_it_prints_the_chain_of_acts_with_their_hashes(newsroom):
    edition = make.released(newsroom)
    make.released(newsroom)  # Another article's acts are no part of it.
    text = text_of(page(newsroom.editor, edition))
    entries = AuditEntry.objects.filter(version=edition.version)
    assert entries.count() == len(re.findall(r"No\. \d+", text))
    for entry in entries:
        assert entry.hash in text
        assert entry.previous_hash in text


def test_a_sound_edition_is_verified(newsroom):
    edition = make.released(newsroom)
    text = text_of(page(newsroom.editor, edition))
    assert "Verified: what is on record holds together" in text
    assert "Not verified" not in text


def test_a_changed_document_is_not_verified_and_both_digests_are_shown(newsroom):
    edition = make.released(newsroom)
    with walls.lifted():
        Edition.objects.filter(pk=edition.pk).update(document=edition.document.replace("5 mg", "50 mg"))
    response = page(newsroom.editor, edition)
    assert "Not verified" in text_of(response)
    assert response.context["approval"].digest in text_of(response)
    assert edition.digest in text_of(response)


def test_a_changed_entry_of_the_ledger_is_marked(newsroom):
    edition = make.released(newsroom)
    entry = AuditEntry.objects.get(version=edition.version, act="sign_off", actor=newsroom.primary.user)
    with walls.lifted():
        AuditEntry.objects.filter(pk=entry.pk).update(actor=newsroom.writer)
    response = page(newsroom.editor, edition)
    assert "Not verified" in text_of(response)
    assert "does not match the entry" in text_of(response)
    (bad,) = [link for link in response.context["approval"].links if not link.holds]
    assert bad.entry.pk == entry.pk


def test_an_entry_that_names_another_one_before_it_is_marked(newsroom):
    edition = make.released(newsroom)
    entry = AuditEntry.objects.get(version=edition.version, act="send")
    forged = AuditEntry.objects.get(pk=entry.pk)
    forged.previous_hash = "sha-256:" + "1" * 64
    with walls.lifted():
        AuditEntry.objects.filter(pk=entry.pk).update(
            previous_hash=forged.previous_hash, hash=forged.computed_hash()
        )
    response = page(newsroom.editor, edition)
    assert "is not that of the act before" in text_of(response)
    assert "Not verified" in text_of(response)


def test_a_sign_off_that_was_changed_is_named(newsroom):
    edition = make.released(newsroom)
    with walls.lifted():
        edition.version.sign_offs.filter(user=newsroom.primary.user).update(printed_name="Nobody")
    assert "Not verified" in text_of(page(newsroom.editor, edition))


def test_a_minor_change_prints_the_reviews_that_it_keeps_and_says_what_they_cover(newsroom):
    first = make.released(newsroom)
    body = make.BODY.replace("plenty of water", "lots of water")
    draft = make.next_draft(newsroom, first.article, change_kind="minor", body=body)
    text = text_of(page(newsroom.editor, make.released(newsroom, draft)))
    assert "that of version 1, which a minor change continues" in text
    assert "that of this edition" in text
    assert first.digest in text


def test_a_withdrawn_edition_says_why(newsroom):
    edition = make.released(newsroom)
    withdraw(edition, kind="safety_recall", explanation="The dose was wrong.", actor=newsroom.publisher)
    text = text_of(page(newsroom.editor, edition))
    assert "The dose was wrong." in text
    assert "Safety recall" in text
    assert "Verified: what is on record holds together" in text


@pytest.mark.parametrize("who", ["editor", "publisher", "administrator"])
def test_who_reads_the_ledger_reads_the_chain(newsroom, who):
    edition = make.released(newsroom)
    assert "Acts in the ledger" in text_of(page(getattr(newsroom, who), edition))


def test_a_reviewer_reads_the_signatures_and_no_ledger(newsroom):
    edition = make.released(newsroom)
    text = text_of(page(newsroom.primary.user, edition))
    assert "Pia Primary, MD, MPH" in text
    assert "Acts in the ledger" not in text
    assert edition.release_entry.hash not in text


def test_an_edition_that_may_not_be_seen_has_no_record(newsroom):
    edition = make.released(newsroom)
    withdraw(edition, kind="retired", explanation="Old.", actor=newsroom.publisher)
    other = make.reviewer("Family Medicine", name="Una Unasked")
    assert page(other.user, edition).status_code == 404
    assert page(newsroom.editor, edition).status_code == 200


def test_the_page_of_an_edition_leads_to_its_record(newsroom):
    edition = make.released(newsroom)
    address = reverse("admin:topics_edition_change", args=[edition.pk])
    assert url(edition) in signed_in(newsroom.editor).get(address).content.decode()


def test_the_queries_do_not_grow_with_the_history(newsroom, django_assert_max_num_queries):
    first = make.released(newsroom)
    client = signed_in(newsroom.editor)
    client.get(url(first))
    with django_assert_max_num_queries(40) as few:
        client.get(url(first))
    edition = first
    for _ in range(3):
        edition = make.released(newsroom, make.next_draft(newsroom, first.article))
    with django_assert_max_num_queries(len(few)):
        client.get(url(edition))


def test_what_was_printed_is_what_the_edition_froze(newsroom):
    edition = make.released(newsroom)
    newsroom.primary.name = "Renamed Since"
    newsroom.primary.save()
    text = text_of(page(newsroom.editor, edition))
    assert "Pia Primary" in text
    assert json.loads(edition.record)["reviews"][0]["name"] == "Pia Primary"
    assert "Verified: what is on record holds together" in text


def test_the_reason_for_sending_it_with_unanswered_remarks_is_a_sentence_of_the_record(newsroom):
    version = make.assigned(newsroom)
    remark(version, text="Is this dose right?", actor=newsroom.editor)
    acts.send_to_medical_review(version, actor=newsroom.editor, unanswered_reason="It is awaited.")
    for reviewer in (newsroom.primary, newsroom.specialist):
        make.sign(version, reviewer)
    edition = release(version, actor=newsroom.publisher)
    text = text_of(page(newsroom.editor, edition))
    assert "The reason given: It is awaited." in text
    assert "unanswered reason" not in text
