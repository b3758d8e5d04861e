"""Shelves of any size, filled in bulk: the text, the dates and the relations are generated."""

import json
import random
import uuid
from datetime import datetime, timedelta, timezone

from django.db import transaction

from topics.content.canonical import canonical, digest
from topics.content.document import build_document
from topics.models import (
    Article,
    AuditEntry,
    Category,
    Edition,
    EditionMark,
    Notice,
    ReviewPolicy,
    User,
    Version,
    Withdrawal,
    walls,
)
from topics.publishing.marks import marks_of
from topics.publishing.stamps import stamp
from topics.rules.review_dates import review_dates, utc_day
from topics.vocabulary import NoticeKind

TALK = """
breath cough chest doctor water night morning medicine dose tablet fever pain rest sleep child adult
often rarely before after during help clinic nurse test result swelling heart lung skin infection
allergy vaccine walk exercise meal drink symptom cause treatment recovery week month
"""
WORDS = TALK.split()
KINDS_OF_TEXT = 40
BATCH = 500


def paragraph(dice, words):
    chosen = " ".join(dice.choices(WORDS, k=words))
    return f"<p>{chosen.capitalize()}.</p>"


def body(dice):
    """About 4 kB of text under six headings, some of it a list."""
    parts = [paragraph(dice, 40)]
    for heading in ("What it is", "Causes", "Symptoms", "Treatment", "Self-care", "When to get help"):
        parts.append(f"<h2>{heading}</h2>{paragraph(dice, 45)}{paragraph(dice, 35)}")
        parts.append("<ul>" + "".join(f"<li>{' '.join(dice.choices(WORDS, k=6))}</li>" for _ in "123"))
        parts.append("</ul>")
    return "".join(parts)


def documents(dice):
    """Documents of about 6 kB in canonical form, with gaps for what names one article."""
    return [
        canonical(
            build_document(
                article_id="{id}",
                language="{language}",
                title="{title}",
                also_called=["Tussis", "Hack"],
                summary=" ".join(dice.choices(WORDS, k=30)),
                body=body(dice),
                authors=[{"name": "Ada Author", "credentials": "MFA"}],
                references=[
                    {"title": " ".join(dice.choices(WORDS, k=10)), "doi": f"10.1000/{number}"}
                    for number in range(4)
                ],
                codes=[{"system": "icd-10-cm", "code": "R05.9", "display": "Cough, unspecified"}],
                related_ids=["{first}", "{second}", "{third}"],
            )
        )
        for _ in range(KINDS_OF_TEXT)
    ]


def reviews(on):
    sign_off = {
        "credentials": "MD, MPH",
        "disclosure": "None to declare.",
        "meaning": "accurate",
        "statement": "I reviewed the whole article; it is clinically accurate and complete",
        "signed_at": stamp(on),
        "version": 1,
        "digest": "sha-256:" + "0" * 64,
    }
    return [
        {**sign_off, "role": "Primary reviewer", "name": "Pia Primary", "specialty": "Family Medicine"},
        {**sign_off, "role": "Specialist", "name": "Sam Specialist", "specialty": "Cardiology"},
    ]


class Shelf:
    """Fills the default database with `size` articles and their editions, the oldest first.

    Every 10th article has had an edition before, every 20th is a translation, every 50th was
    withdrawn, and the last ten are still to come.
    """

    translated, superseded, withdrawn, to_come = 20, 10, 50, 10

    def __init__(self, size, *, now):
        self.size, self.now = size, now
        self.dice = random.Random(size)
        self.ids = [uuid.UUID(int=self.dice.getrandbits(128), version=4) for _ in range(size)]
        self.texts = documents(self.dice)
        self.step = timedelta(days=700) / size
        self.numbers = iter(range(1, 10 * size))
        self.hash = "sha-256:" + "0" * 64

    def fill(self):
        with walls.lifted():
            self.staff()
            for first in range(0, self.size, BATCH):
                with transaction.atomic():
                    self.batch(range(first, min(first + BATCH, self.size)))
        assert walls.missing() == set()

    def staff(self):
        self.user = User.objects.create(username="publisher")
        self.policy = ReviewPolicy.objects.create(name="Usual", interval_months=24)
        self.categories = []
        for root in range(8):
            parent = Category.objects.create(
                slug=f"field-{root}", name=f"Field {root}", policy=self.policy
            )
            self.categories += [
                Category.objects.create(slug=f"field-{root}-{n}", name=f"Part {n}", parent=parent)
                for n in range(5)
            ]
        written = self.now - timedelta(days=900)
        Notice.objects.bulk_create(
            Notice(
                kind=kind,
                language=language,
                text=" ".join(self.dice.choices(WORDS, k=80)),
                in_force_from=written,
                created_by=self.user,
                created_at=written,
            )
            for kind in NoticeKind.values
            for language in ("en", "es")
        )

    def batch(self, numbers):
        articles, versions, entries, editions = [], [], [], []
        for number in numbers:
            at = self.now - timedelta(days=700) + self.step * number
            article = self.article(number, at)
            articles.append(article)
            version = self.version(article, at)
            versions.append(version)
            if self.superseded and number % self.superseded == 0:
                earlier = self.edition(article, version, entries, at=at - timedelta(days=30), number=1)
                newer = self.edition(article, version, entries, at=at, number=2)
                earlier.ends_at, earlier.end_entry = at, entries[-1]
                editions += [earlier, newer]
            else:
                editions.append(self.edition(article, version, entries, at=at, number=1))
            if number >= self.size - self.to_come:
                editions[-1].starts_at = self.now + timedelta(days=1)
        Article.objects.bulk_create(articles)
        AuditEntry.objects.bulk_create(entries)
        Version.objects.bulk_create(versions)
        Edition.objects.bulk_create(editions)
        EditionMark.objects.bulk_create(mark for each in editions for mark in marks_of(each))
        if self.withdrawn:
            self.withdraw(editions[self.withdrawn - 1 :: self.withdrawn])

    def article(self, number, at):
        is_translation = bool(self.translated) and number % self.translated == 1
        return Article(
            id=number + 1,
            public_id=self.ids[number],
            slug=f"topic-{number - is_translation}",
            language="es" if is_translation else "en",
            category=self.categories[number % len(self.categories)],
            translation_of_id=number if is_translation else None,
            created_by=self.user,
            created_at=at,
        )

    def version(self, article, at):
        return Version(
            id=article.pk,
            article=article,
            number=1,
            state="released",
            state_since=at,
            created_by=self.user,
            created_at=at,
            edited_by=self.user,
            edited_at=at,
        )

    def entry(self, act, article, at):
        entry = AuditEntry(
            number=next(self.numbers),
            at=at,
            actor=self.user,
            act=act,
            article=article,
            previous_hash=self.hash,
        )
        entry.hash = self.hash = digest(str(entry.number))
        return entry

    def edition(self, article, version, entries, *, at, number):
        entries.append(self.entry("release", article, at))
        title, summary, text = self.wording(article)
        dates = review_dates(self.policy, reviewed_on=utc_day(at))
        record = {
            "slug": article.slug,
            "category": {"slug": article.category.slug, "name": article.category.name},
            "edition": number,
            "version": 1,
            "change_kind": "new",
            "change_note": "",
            "first_published": stamp(at),
            "published": stamp(at),
            "modified": stamp(at),
            "last_reviewed": dates.last_reviewed.isoformat(),
            "next_review_due": dates.next_due.isoformat(),
            "reviews": reviews(at),
            "digest": digest(text),
            "signed_fields": [],
        }
        return Edition(
            article=article,
            version=version,
            number=number,
            starts_at=at,
            document=text,
            digest=record["digest"],
            record=json.dumps(record, separators=(",", ":"), ensure_ascii=False),
            title=title,
            summary=summary,
            language=article.language,
            audience="patient",
            category=article.category,
            change_kind="new",
            first_published=at,
            modified=at,
            last_reviewed=dates.last_reviewed,
            review_warning_on=dates.warning_on,
            next_review_due=dates.next_due,
            released_by=self.user,
            released_at=at,
            release_entry=entries[-1],
        )

    def wording(self, article):
        """The title, the summary and the document of an article's editions."""
        title = f"Topic {article.pk}"
        return title, "What it is and what helps. " * 5, self.document(article, title)

    def document(self, article, title):
        """One of the texts, with its gaps filled for that article."""
        gaps = {"id": article.public_id, "language": article.language, "title": title}
        gaps |= zip(("first", "second", "third"), self.dice.sample(self.ids, 3), strict=True)
        text = self.texts[article.pk % KINDS_OF_TEXT]
        for gap, value in gaps.items():
            text = text.replace(f'"{{{gap}}}"', f'"{value}"')
        return text

    def withdraw(self, editions):
        for edition in editions:
            if edition.ends_at or edition.starts_at > self.now:
                continue
            at = edition.starts_at + (self.now - edition.starts_at) / 2
            entry = self.entry("withdraw", edition.article, at)
            entry.save(force_insert=True)
            edition.withdrawal = Withdrawal.objects.create(
                edition=edition,
                kind="retired",
                explanation="It was retired.",
                effective_at=at,
                withdrawn_by=self.user,
                withdrawn_at=at,
                entry=entry,
            )
            edition.ends_at, edition.end_entry = at, entry
            edition.save()


def fill(size):
    """Fills the default database with that many articles."""
    now = datetime.now(timezone.utc).replace(microsecond=0)
    Shelf(size, now=now).fill()
