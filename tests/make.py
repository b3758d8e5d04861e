"""Plain functions that make what tests need, through the same doors that people use."""

import itertools
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.contrib.auth.models import Group
from django.utils import timezone

from topics.models import (
    Author,
    Category,
    Credential,
    Notice,
    PolicyRole,
    Reviewer,
    ReviewPolicy,
    Specialty,
    User,
    VersionAuthor,
)
from topics.publishing.notices import put_in_force
from topics.publishing.release import release
from topics.rules.review_dates import utc_day
from topics.workflow import acts, drafting

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
PASSWORD = "correct horse"
BODY = (
    "<p>Most coughs clear up on their own.</p>"
    "<h2>Treatment</h2><p>Drink plenty of water. Take 5 mg at night.</p>"
    "<h2>When to get help</h2><ul><li>You cough up blood</li><li>You lose weight</li></ul>"
)
count = itertools.count(1)


@dataclass
class Newsroom:
    """One account per role and what they work with. `primary` and `specialist` are reviewers."""

    writer: User
    editor: User
    publisher: User
    administrator: User
    primary: Reviewer
    specialist: Reviewer
    policy: ReviewPolicy
    category: Category

    @property
    def reviewers(self):
        return {"primary": self.primary, "specialist": self.specialist}


def user(role=None, username=None, **fields):
    account = User.objects.create_user(
        username or f"{role or 'user'}-{next(count)}", password=PASSWORD, **fields
    )
    if role:
        account.groups.add(Group.objects.get(name=role))
        account.is_staff = True
        account.save()
    return account


def specialty(name):
    return Specialty.objects.get_or_create(name=name)[0]


def credential(reviewer, *, valid_from=date(2000, 1, 1), expires_on=date(2100, 1, 1)):
    return Credential.objects.create(
        reviewer=reviewer,
        title="Licence to practise",
        issuer="State Board of Medicine",
        valid_from=valid_from,
        expires_on=expires_on,
    )


def reviewer(*specialties, name="Dr Test", credentials="MD", account=None, **credential_dates):
    made = Reviewer.objects.create(
        name=name,
        credentials=credentials,
        disclosure="None to declare.",
        user=account or user("medical_reviewer"),
    )
    made.specialties.set([specialty(name) for name in specialties])
    credential(made, **credential_dates)
    return made


def policy(*, name=None, interval_months=24, warning_days=90, primary=("Family Medicine",), **fields):
    """A policy that asks for a primary reviewer and for a specialist of the category."""
    made = ReviewPolicy.objects.create(
        name=name or f"Policy {next(count)}",
        interval_months=interval_months,
        warning_days=warning_days,
        **fields,
    )
    first = PolicyRole.objects.create(policy=made, position=1, role="primary", label="Primary reviewer")
    first.specialties.set([specialty(name) for name in primary])
    PolicyRole.objects.create(
        policy=made, position=2, role="specialist", label="Specialist", own_specialty=True
    )
    return made


def category(slug=None, *, policy=None, parent=None, own="Respiratory Medicine"):
    number = next(count)
    return Category.objects.create(
        slug=slug or f"category-{number}",
        name=f"Category {number}",
        policy=policy,
        parent=parent,
        specialty=specialty(own) if own else None,
    )


def newsroom(**policy_fields):
    rules = policy(**policy_fields)
    return Newsroom(
        writer=user("writer"),
        editor=user("editor"),
        publisher=user("publisher"),
        administrator=user("administrator"),
        primary=reviewer("Family Medicine", name="Pia Primary", credentials="MD, MPH"),
        specialist=reviewer("Respiratory Medicine", name="Sam Specialist"),
        policy=rules,
        category=category("lungs", policy=rules),
    )


def draft(room, *, at=None, slug=None, language="en", **content):
    """A complete draft of a new article: nothing stands between it and submission."""
    fields = {
        "title": "Cough",
        "also_called": ["Tussis"],
        "summary": "What a cough is and what helps.",
        "body": BODY,
        **content,
    }
    version = drafting.create_article(
        actor=room.writer,
        slug=slug or f"cough-{next(count)}",
        language=language,
        category=fields.pop("category", room.category),
        translation_of=fields.pop("translation_of", None),
        at=at,
        **fields,
    )
    author = Author.objects.create(name="Ada Author", credentials="MFA")
    VersionAuthor.objects.create(version=version, author=author)
    return version


def next_draft(room, article, *, change_kind="substantive", at=None, **changes):
    """The article's next version, edited; with a change note where its kind needs one."""
    version = drafting.open_version(article, change_kind=change_kind, actor=room.writer, at=at)
    if change_kind in ("substantive", "minor"):
        changes.setdefault("change_note", "Reworded.")
    if changes:
        version = drafting.edit(version, actor=room.writer, revision=version.revision, at=at, **changes)
    return version


def submitted(room, version=None, *, at=None, **content):
    return acts.submit(version or draft(room, at=at, **content), actor=room.writer, at=at)


def assigned(room, version=None, *, at=None, **content):
    version = submitted(room, version, at=at, **content)
    for requirement in version.requirements.all():
        acts.assign(
            version,
            requirement=requirement,
            reviewer=room.reviewers[requirement.role],
            due_on=utc_day(at or timezone.now()) + timedelta(days=14),
            actor=room.editor,
            at=at,
        )
    return version


def in_medical_review(room, version=None, *, at=None, **content):
    version = assigned(room, version, at=at, **content)
    return acts.send_to_medical_review(version, actor=room.editor, at=at)


def sign(version, reviewer, *, at=None):
    return acts.sign_off(version, digest=version.digest, password=PASSWORD, actor=reviewer.user, at=at)


def approved(room, version=None, *, at=None, **content):
    version = in_medical_review(room, version, at=at, **content)
    for requirement in version.requirements.all():
        version = sign(version, room.reviewers[requirement.role], at=at)
    return version


def released(room, version=None, *, at=None, starts_at=None, **content):
    """An edition, released now or scheduled; returns the edition."""
    version = approved(room, version, at=at, **content)
    return release(version, actor=room.publisher, starts_at=starts_at, at=at)


def notice(
    room,
    *,
    kind="disclaimer",
    text="No substitute for advice.",
    language="en",
    actor=None,
    starts_at=None,
    at=None,
):
    """A notice that is in force, now or from a later instant on."""
    made = Notice(kind=kind, text=text, language=language)
    return put_in_force(made, actor=actor or room.publisher, starts_at=starts_at, at=at)


def waiting_notice(room, *, kind="terms", text="Pay.", language="en", at=None):
    """A notice without a beginning, as an import leaves it."""
    return Notice.objects.create(
        kind=kind, text=text, language=language, created_by=room.editor, created_at=at or timezone.now()
    )
