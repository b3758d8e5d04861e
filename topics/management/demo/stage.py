"""The demo's stage: accounts, reviewers, policies, categories and notices, before any article."""

import json
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from topics.models import (
    Author,
    Category,
    Credential,
    Notice,
    PolicyRole,
    Reviewer,
    ReviewerLanguage,
    ReviewPolicy,
    Specialty,
    User,
)
from topics.publishing.notices import put_in_force
from topics.rules.review_dates import add_months, utc_day
from topics.workflow.roles import ROLES, join

FOLDER = Path(__file__).parent
REVIEWER_ROLE = "medical_reviewer"

PRINTED = ("name", "credentials", "biography", "disclosure")


@dataclass
class Stage:
    """Who and what the story is played with. `passwords` is in memory only, to be shown once."""

    people: dict = field(default_factory=dict)
    passwords: dict = field(default_factory=dict)
    reviewers: list = field(default_factory=list)


def read(name):
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def set_stage(*, at):
    """Makes everything that articles need, as of the instant `at`, and returns the `Stage`."""
    setting = read("setting.json")
    stage = Stage()
    for role in ROLES:
        if role.name != REVIEWER_ROLE:
            stage.people[role.name] = account(stage, role.name, role.name)
    specialties = {name: Specialty.objects.create(name=name) for name in setting["specialties"]}
    policies = {data["name"]: policy(data, specialties) for data in setting["policies"]}
    for data in setting["reviewers"]:
        stage.reviewers.append(reviewer(stage, data, specialties, at=at))
    for data in setting["authors"]:
        author = Author.objects.create(**{key: data[key] for key in PRINTED})
        author.specialties.set([specialties[name] for name in data["specialties"]])
    for data in setting["categories"]:
        Category.objects.create(
            slug=data["slug"],
            name=data["name"],
            parent=Category.objects.get(slug=data["parent"]) if data["parent"] else None,
            policy=policies[data["policy"]] if data["policy"] else None,
            specialty=specialties[data["specialty"]] if data["specialty"] else None,
            target_grade=None if data["parent"] else 8,
        )
    for data in setting["notices"]:
        notice = Notice(**{key: data[key] for key in ("kind", "language", "text")})
        put_in_force(notice, actor=stage.people["publisher"], at=at)
    return stage


def account(stage, username, role, name=""):
    first, _space, last = name.partition(" ")
    password = stage.passwords[username] = secrets.token_urlsafe(9)
    user = User.objects.create_user(
        username, password=password, is_staff=True, first_name=first, last_name=last
    )
    join(user, role)
    return user


def policy(data, specialties):
    made = ReviewPolicy.objects.create(**{key: data[key] for key in data if key != "roles"})
    for position, role in enumerate(data["roles"], start=1):
        PolicyRole.objects.create(
            policy=made,
            position=position,
            role=role["role"],
            label=role["label"],
            own_specialty=role["own_specialty"],
        ).specialties.set([specialties[name] for name in role["specialties"]])
    return made


def reviewer(stage, data, specialties, *, at):
    made = Reviewer.objects.create(
        **{key: data[key] for key in PRINTED},
        user=account(stage, data["username"], REVIEWER_ROLE, data["name"]),
    )
    made.specialties.set([specialties[name] for name in data["specialties"]])
    for language in data["languages"]:
        ReviewerLanguage.objects.create(reviewer=made, language=language)
    today = utc_day(at)
    for item in data["credential_set"]:
        Credential.objects.create(
            reviewer=made,
            title=item["title"],
            issuer=item["issuer"],
            number=item["number"],
            valid_from=add_months(today, -12 * item["valid_years_ago"]),
            expires_on=add_months(today, 12 * (item["expires_in_years"] + YEARS_TOLD)),
        )
    return made


YEARS_TOLD = 3
"""The stage is set this many years before the day of the demo; credentials are dated from that day."""

BEGINNING = timedelta(days=365 * YEARS_TOLD)
