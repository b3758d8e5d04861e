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
    DirectoryEntry,
    Licensee,
    Notice,
    PolicyRole,
    Reviewer,
    ReviewerLanguage,
    ReviewPolicy,
    Specialty,
    User,
    VersionAuthor,
)
from topics.publishing.api_keys import make_key
from topics.publishing.directory import place_directory
from topics.publishing.licences import give_licence
from topics.publishing.notices import put_in_force
from topics.publishing.release import release
from topics.rules.review_dates import utc_day
from topics.workflow import acts, drafting
from topics.workflow.password import ask
from topics.workflow.signature import read_by

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
PASSWORD = "correct horse"
BODY = (
    "<p>Most coughs clear up on their own.</p>"
    "<h2>Treatment</h2><p>Drink plenty of water. Take 5 mg at night.</p>"
    "<h2>When to get help</h2><ul><li>You cough up blood</li><li>You lose weight</li></ul>"
)
TRANSLATED = "Qué es la tos y qué ayuda."
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
        username or f"{role or 'user'}-{next(count)}",
        password=PASSWORD,
        **({"is_staff": True, **fields} if role else fields),
    )
    if role:
        account.groups.add(Group.objects.get(name=role))
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


LANGUAGES = ("de", "en", "es", "fr")


def reviewer(
    *specialties,
    name="Dr Test",
    credentials="MD",
    account=None,
    languages=LANGUAGES,
    **credential_dates,
):
    made = Reviewer.objects.create(
        name=name,
        credentials=credentials,
        disclosure="None to declare.",
        user=account or user("medical_reviewer"),
    )
    made.specialties.set([specialty(name) for name in specialties])
    reads(made, *languages)
    credential(made, **credential_dates)
    return made


def reads(reviewer, *languages):
    """Sets the languages in which a reviewer reviews."""
    reviewer.languages.all().delete()
    for language in languages:
        ReviewerLanguage.objects.create(reviewer=reviewer, language=language)


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
    """A newsroom; one whose policy differs may be made beside the one that tests have."""
    rules = policy(**policy_fields)
    return Newsroom(
        writer=user("writer"),
        editor=user("editor"),
        publisher=user("publisher"),
        administrator=user("administrator"),
        primary=reviewer("Family Medicine", name="Pia Primary", credentials="MD, MPH"),
        specialist=reviewer("Respiratory Medicine", name="Sam Specialist"),
        policy=rules,
        category=category(None if policy_fields else "lungs", policy=rules),
    )


def draft(room, *, at=None, slug=None, language="en", **content):
    """A complete draft of a new article: nothing stands between it and submission.

    A translation is made from the newest edition of its source, where that has one.
    """
    fields = {
        "title": "Cough",
        "also_called": ["Tussis"],
        "summary": "What a cough is and what helps.",
        "body": BODY,
        **content,
    }
    source = fields.get("translation_of")
    if source and "summary" not in content:
        fields["summary"] = TRANSLATED
    if source and "made_from" not in fields:
        at_hand = source.editions.started(at=at or timezone.now())
        fields["made_from"] = at_hand.order_by("-number").first()
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
    """A version in editorial review. A translation with its source's summary gets its own."""
    if version and version.made_from_id and version.summary == version.made_from.version.summary:
        version = drafting.edit(
            version, actor=room.writer, revision=version.revision, at=at, summary=TRANSLATED
        )
    return acts.submit(version or draft(room, at=at, **content), actor=room.writer, at=at)


def returned(room):
    version = submitted(room)
    return acts.return_with_remarks(version, remarks="Give the dose by weight.", actor=room.editor)


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
    """Signs it as somebody does who read it just now."""
    return acts.sign_off(
        version,
        digest=version.digest,
        printed=read_by(version, reviewer.user, at=at),
        answer=ask(reviewer.user, PASSWORD, purpose="sign_off", of=version, at=at),
        actor=reviewer.user,
        at=at,
    )


def approved(room, version=None, *, at=None, **content):
    version = in_medical_review(room, version, at=at, **content)
    for requirement in version.requirements.all():
        version = sign(version, room.reviewers[requirement.role], at=at)
    return version


def released(room, version=None, *, at=None, starts_at=None, **content):
    """An edition, released now or scheduled; returns the edition."""
    version = approved(room, version, at=at, **content)
    return release(version, actor=room.publisher, starts_at=starts_at, at=at)


def in_state(room, state):
    """A version in that state; the one in editorial review has its reviewers."""
    if state == "released":
        return released(room).version
    return {
        "draft": draft,
        "editorial_review": assigned,
        "medical_review": in_medical_review,
        "approved": approved,
        "returned": returned,
    }[state](room)


def notice(
    room,
    *,
    kind="disclaimer",
    text="No substitute for advice.",
    language="en",
    actor=None,
    starts_at=None,
    at=None,
    licensee=None,
):
    """A notice that is in force, now or from a later instant on."""
    made = Notice(kind=kind, text=text, language=language, licensee=licensee)
    return put_in_force(made, actor=actor or room.publisher, starts_at=starts_at, at=at)


def waiting_notice(room, *, kind="terms", text="Pay.", language="en", at=None):
    """A notice without a beginning, as an import leaves it."""
    return Notice.objects.create(
        kind=kind, text=text, language=language, created_by=room.editor, created_at=at or timezone.now()
    )


def licensee(room, name=None, *, languages=("en", "es"), categories=None, at=None, **terms):
    """An organisation with a licence: for every category, unless some are named."""
    made = Licensee.objects.create(name=name or f"Hospital {next(count)}")
    licence(room, made, languages=languages, categories=categories, at=at, **terms)
    return made


def licence(room, licensee, *, languages=("en", "es"), categories=None, at=None, **terms):
    return give_licence(
        licensee,
        languages=languages,
        categories=categories or (),
        every_category=categories is None,
        actor=room.administrator,
        at=at,
        **terms,
    )


def key(room, licensee, *, days=365, at=None):
    """The key itself, as the licensee has it."""
    return make_key(licensee, label="Site", days=days, actor=room.administrator, at=at)[1]


def listed(licensee, name, *, kind="physician", categories=(), specialties=(), **fields):
    """An entry of a licensee's directory, placed."""
    made = DirectoryEntry.objects.create(licensee=licensee, kind=kind, name=name, **fields)
    made.categories.set(categories)
    made.specialties.set(specialties)
    place_directory(DirectoryEntry.objects.filter(pk=made.pk))
    return made
