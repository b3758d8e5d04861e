"""Attempts to submit a version for fewer or other sign-offs than its policy asks, or as another text."""

import pytest
from django.db import transaction

from tests import make
from tests.attacks.ways import (
    asked,
    changed,
    complete,
    refused_by,
    refused_every_way,
    refused_with,
    sql,
    submit_past_the_door,
)
from topics.content.canonical import digest
from topics.models import (
    Category,
    PolicyRole,
    Requirement,
)
from topics.publishing.release import release
from topics.rules.refusal import Unmet
from topics.workflow import acts


@pytest.fixture
def newsroom(stage):
    return stage.room


def test_requirements_of_a_submitted_version_are_not_added_changed_or_removed(stage):
    version = stage.submitted
    requirement = version.requirements.first()
    refused_every_way("requirement_is_frozen_update", requirement, role="anybody")
    with refused_by("requirement_is_frozen_delete"):
        Requirement.objects.filter(pk=requirement.pk)._raw_delete("default")
    with refused_by("requirement_is_frozen_insert"):
        Requirement.objects.create(
            version=version, position=3, role="laxer", label="Laxer", meaning="accurate"
        )


def test_specialties_of_a_requirement_are_not_widened_or_narrowed_after_submission(stage):
    requirement = stage.submitted.requirements.first()
    through = Requirement.specialties.through
    with refused_by("requirement_specialties_is_frozen_insert"):
        requirement.specialties.add(make.specialty("Astrology"))
    with refused_by("requirement_specialties_is_frozen_delete"):
        requirement.specialties.clear()
    for way in (
        lambda rows: rows.update(specialty=make.specialty("Astrology")),
        lambda rows: sql(
            "UPDATE topics_requirement_specialties SET specialty_id = %s", make.specialty("A").pk
        ),
    ):
        with refused_by("requirement_specialties_is_frozen_update"):
            way(through.objects.filter(requirement=requirement))


def test_a_version_that_asks_for_all_that_its_policy_states_is_submitted(newsroom, stage):
    submit_past_the_door(newsroom, complete(stage.draft))


def test_a_version_is_not_submitted_without_one_of_the_roles_of_its_policy(newsroom, stage):
    version = stage.draft
    asked(version)
    with refused_by("submitted_version_asks_for_its_policy"):
        submit_past_the_door(newsroom, version)


def test_a_version_is_not_submitted_under_another_policy_than_its_categorys(newsroom, stage):
    version = complete(stage.draft)
    with refused_by("submitted_version_asks_for_its_policy"):
        submit_past_the_door(newsroom, version, policy=make.policy())


def test_a_version_is_not_submitted_with_a_laxer_requirement_of_its_own(newsroom, stage):
    version = complete(stage.draft)
    asked(version, "laxer")
    with refused_by("required_sign_offs_are_as_the_policy_says"):
        submit_past_the_door(newsroom, version)


def test_a_version_is_not_submitted_with_a_role_open_to_other_specialties(newsroom, stage):
    version = complete(stage.draft)
    version.requirements.first().specialties.add(make.specialty("Astrology"))
    with refused_by("required_sign_offs_are_as_the_policy_says"):
        submit_past_the_door(newsroom, version)


def test_a_new_article_is_not_submitted_for_the_meaning_of_a_minor_change(newsroom, stage):
    version = stage.draft
    asked(version, meaning="not_clinical")
    asked(version, "specialist", specialty="Respiratory Medicine")
    with refused_by("required_sign_offs_are_as_the_policy_says"):
        submit_past_the_door(newsroom, version)


def test_requirements_planted_in_a_draft_do_not_survive_its_submission(newsroom, stage):
    version = stage.draft
    asked(version, "laxer", specialty="Astrology")
    acts.submit(version, actor=newsroom.writer)
    assert list(version.requirements.values_list("role", flat=True)) == ["primary", "specialist"]


def test_a_document_is_not_submitted_under_the_digest_of_another_text(newsroom, stage):
    version = complete(stage.draft)
    with refused_by("submitted_version_has_its_document"):
        submit_past_the_door(newsroom, version, digest=digest("{}"))


@pytest.mark.parametrize(
    ("key", "value"),
    [("title", '"Cough"'), ("language", '"en"'), ("id", None)],
)
def test_a_document_is_not_submitted_that_names_another_article(newsroom, stage, key, value):
    version = complete(stage.draft)
    with transaction.atomic():
        document = acts.submit(version, actor=newsroom.writer).document
        transaction.set_rollback(True)
    value = value or f'"{version.article.public_id}"'
    other = document.replace(f'"{key}":{value}', f'"{key}":"xx"')
    assert other != document
    with refused_by("submitted_version_has_its_document"):
        submit_past_the_door(newsroom, version, document=other, digest=digest(other))


def test_a_title_is_signed_in_the_form_in_which_it_is_kept(newsroom):
    version = make.submitted(newsroom, title=" Cafe\u0301\u200b ")
    assert version.title == "Caf\u00e9"


def test_a_policy_weakened_for_the_submission_alone_does_not_carry_the_release(newsroom, stage):
    specialist = newsroom.policy.roles.get(role="specialist")
    draft = stage.draft
    specialist.delete()
    version = make.approved(newsroom, draft)
    assert list(version.requirements.values_list("role", flat=True)) == ["primary"]
    PolicyRole.objects.create(
        policy=newsroom.policy, position=2, role="specialist", label="S", own_specialty=True
    )
    with refused_with("policy_changed", kind=Unmet):
        release(version, actor=newsroom.publisher)


def test_a_policy_weakened_after_submission_still_asks_both_roles(newsroom, stage):
    version = stage.in_medical_review
    newsroom.policy.roles.get(role="specialist").delete()
    version = make.sign(version, newsroom.primary)
    assert version.state == "medical_review"
    assert make.sign(version, newsroom.specialist).state == "approved"


def test_an_article_in_review_is_not_moved_to_a_weakly_reviewed_category(stage):
    article = stage.submitted.article
    weak = make.category(policy=make.policy())
    refused_every_way("category_stays_during_review", article, category=weak)
    changed(stage.draft.article, category=weak).save()


def test_a_version_whose_category_has_another_policy_by_now_is_not_released(newsroom, stage):
    version = stage.approved
    weak = make.policy()
    weak.roles.get(role="specialist").delete()
    Category.objects.filter(pk=newsroom.category.pk).update(policy=weak)
    with refused_with("policy_changed", kind=Unmet):
        release(version, actor=newsroom.publisher)
