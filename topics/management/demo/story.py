"""The demo's story: each article's life, told in acts that the demo's people do in order of time."""

import re
from dataclasses import dataclass
from datetime import timedelta

from topics.management.demo.stage import FOLDER, read
from topics.models import Article, Author, Category, Code, Reference, RelatedArticle, VersionAuthor
from topics.publishing.previews import share
from topics.publishing.release import release
from topics.publishing.together import release_together
from topics.publishing.withdraw import withdraw
from topics.rules.anchoring import Anchor
from topics.rules.eligibility import why_not_eligible
from topics.rules.review_dates import utc_day
from topics.vocabulary import Audience, Purpose
from topics.workflow import acts, drafting
from topics.workflow.password import ask
from topics.workflow.remarks import answer, remark
from topics.workflow.signature import read_by

DRAFT, EDITORIAL, MEDICAL, APPROVED, RELEASED, RETURNED = range(6)
"""How far an article's first version gets."""

FIRST_VERSIONS = {
    # slug: (how far it gets, how many days ago it got there)
    "high-blood-pressure": (RELEASED, 400),
    "statins": (RELEASED, 210),
    "prescribing-statins": (RELEASED, 205),
    "aspirin-and-your-heart": (RELEASED, 150),
    "type-2-diabetes": (RELEASED, 260),
    "low-blood-sugar": (RELEASED, 500),
    "fever-in-children": (RELEASED, 500),
    "panic-attacks": (RELEASED, 120),
    "sleep-problems": (RELEASED, 300),
    "urinary-tract-infection": (RELEASED, 90),
    "flu-vaccine": (RELEASED, 800),
    "bowel-cancer-signs": (RELEASED, 430),
    "aspirin-for-everyone-over-50": (RELEASED, 640),
    "sugar-diabetes": (RELEASED, 700),
    "pandemic-flu-2009": (RELEASED, 690),
    "presion-arterial-alta": (RELEASED, 380),
    "diabetes-tipo-2": (RELEASED, 230),
    "ataques-de-panico": (RELEASED, 70),
    "norovirus": (DRAFT, 2),
    "heart-failure": (EDITORIAL, 4),
    "infeccion-urinaria": (EDITORIAL, 1),
    "breast-screening": (MEDICAL, 6),
    "fiebre-en-los-ninos": (APPROVED, 3),
    "chickenpox": (RETURNED, 5),
}
REVISED = {
    # slug: how many days ago its revision was submitted
    "low-blood-sugar": 45,
    "sleep-problems": 25,
    "panic-attacks": 18,
    "high-blood-pressure": 8,
    "aspirin-and-your-heart": 8,
    "statins": 2,
}
UNDER_REVIEW = "statins"
"""A revision that still waits for its second signature."""
TOGETHER, STARTS_IN = ("high-blood-pressure", "aspirin-and-your-heart"), 7
"""Revisions that are released together, and in how many days they start."""
WITHDRAWN = {"aspirin-for-everyone-over-50": 100, "sugar-diabetes": 255, "pandemic-flu-2009": 320}
REMARKS = "Please say how long a child should stay at home, and give a source for it."
PASSAGE = Anchor("section", "how-it-runs", "usually about 5 days after it began")
ON_PASSAGE = "Is this counted from the first spot, or from the fever before it?"
LINK = re.compile(r'href="article:([a-z0-9-]+)"')
ANSWER = "From the first spot. The paragraph says “the rash”, so I left it as it is."


@dataclass(frozen=True)
class Step:
    """One act of the story and when it happens."""

    at: object
    do: object


class Story:
    """Collects the acts of every article's life, then plays them in order of time."""

    def __init__(self, stage, *, now):
        self.stage, self.now = stage, now
        self.steps = []
        self.articles = {data["slug"]: data for data in (read(f"articles/{p.name}") for p in pages())}
        self.versions = {}

    def play(self):
        """Tells the whole story through the workflow's doors."""
        self.begin_articles()
        for slug, (stage, days) in FIRST_VERSIONS.items():
            self.first_version(slug, stage, days)
        revisions = {data["slug"]: data for data in read("revisions.json")["revisions"]}
        for slug, days in REVISED.items():
            self.revision(slug, revisions[slug], days)
        self.step(min(REVISED[slug] for slug in TOGETHER) - 2, self.release_together)
        for data in read("revisions.json")["withdrawals"]:
            self.withdrawal(data, WITHDRAWN[data["slug"]])
        self.step(1, self.share_draft)
        for step in sorted(self.steps, key=lambda step: step.at):
            step.do(step.at)

    def step(self, days_ago, do):
        self.steps.append(Step(self.now - timedelta(days=days_ago), do))

    def begin_articles(self):
        """Every article is begun before any is written, so that they can name one another."""
        begin = self.now - timedelta(days=900)
        originals_first = sorted(self.articles.values(), key=lambda data: bool(data["translation_of"]))
        for data in originals_first:
            source = data["translation_of"]
            self.versions[data["slug"]] = drafting.create_article(
                actor=self.stage.people["writer"],
                slug=data["slug"],
                language=data["language"],
                category=Category.objects.get(slug=data["category"]),
                translation_of=self.versions[source].article if source else None,
                title=data["title"],
                at=begin,
            )

    def first_version(self, slug, stage, days):
        pause = {RELEASED: 12, APPROVED: 9, MEDICAL: 4, RETURNED: 4}.get(stage, 0)
        self.step(days + pause + 2, lambda at: self.write(slug, at))
        if stage >= EDITORIAL:
            self.step(days + pause, lambda at: self.submit(slug, at))
        if stage in (MEDICAL, APPROVED, RELEASED):
            self.review(slug, days, pause, signatures=1 if stage == MEDICAL else 2)
        if stage == RELEASED:
            self.step(days, lambda at: self.release(slug, at))
        if stage == RETURNED:
            self.step(days, lambda at: self.send_back(slug, at))

    def review(self, slug, days, pause, *, signatures):
        self.step(days + pause - 1, lambda at: self.assign_and_send(slug, at))
        for index in range(signatures):
            self.step(
                days + (pause - 4) * (signatures - index) / (signatures + 1),
                lambda at, index=index: self.sign(slug, index, at),
            )

    def revision(self, slug, data, days):
        self.step(days + 6, lambda at: self.write_revision(slug, data, at))
        self.step(days + 5, lambda at: self.submit(slug, at))
        one = slug == UNDER_REVIEW or data["change_kind"] == "minor"
        self.review(slug, days, 5, signatures=1 if one else 2)
        if slug not in (*TOGETHER, UNDER_REVIEW):
            self.step(days - 2, lambda at: self.release(slug, at))

    def withdrawal(self, data, days):
        self.step(days, lambda at: self.withdraw(data, at))

    # The acts ------------------------------------------------------------------------------------

    def write(self, slug, at):
        data, version = self.articles[slug], self.versions[slug]
        self.versions[slug] = drafting.edit(
            version,
            actor=self.stage.people["writer"],
            revision=version.revision,
            at=at,
            also_called=data["also_called"],
            audience=data.get("audience", Audience.PATIENT),
            summary=data["summary"],
            body=self.linked("".join(data["body"])),
            made_from=self.source_edition(version),
            parts=lambda version: self.write_parts(version, data),
        )

    def linked(self, html):
        """The HTML with its links to articles by public id; in the files they are by slug."""
        return LINK.sub(lambda link: f'href="article:{self.versions[link[1]].article.public_id}"', html)

    def source_edition(self, version):
        """The edition that the translator had before them, or None of an original."""
        source = version.article.translation_of
        return source.editions.order_by("-number").first() if source else None

    def write_parts(self, version, data):
        for position, credit in enumerate(data["authors"], start=1):
            author = Author.objects.get(name=credit["name"])
            VersionAuthor.objects.create(version=version, author=author, position=position)
        for position, reference in enumerate(data["references"], start=1):
            Reference.objects.create(version=version, position=position, **reference)
        for position, code in enumerate(data["codes"], start=1):
            Code.objects.create(version=version, position=position, **code)
        for position, slug in enumerate(data["related"], start=1):
            article = Article.objects.get(slug=slug, language=data["language"])
            RelatedArticle.objects.create(version=version, position=position, article=article)

    def submit(self, slug, at):
        self.versions[slug] = acts.submit(self.versions[slug], actor=self.stage.people["writer"], at=at)

    def assign_and_send(self, slug, at):
        version, editor, asked = self.versions[slug], self.stage.people["editor"], set()
        for requirement in version.requirements.all():
            reviewer = next(
                reviewer
                for reviewer in self.stage.reviewers
                if reviewer.pk not in asked
                and not why_not_eligible(reviewer, requirement, on=utc_day(at))
                and (requirement.role == "specialist" or not self.is_specialist(version, reviewer))
            )
            asked.add(reviewer.pk)
            acts.assign(
                version,
                requirement=requirement,
                reviewer=reviewer,
                due_on=utc_day(at) + timedelta(days=14),
                actor=editor,
                at=at,
            )
        self.versions[slug] = acts.send_to_medical_review(version, actor=editor, at=at)

    def is_specialist(self, version, reviewer):
        """Whether the reviewer is needed for the role that fewer people can fill."""
        own = version.article.category.effective_specialty()
        return own in reviewer.specialties.all()

    def sign(self, slug, index, at):
        version = self.versions[slug]
        requirement = version.requirements.all()[index]
        user = version.assignments.active().get(requirement=requirement).reviewer.user
        self.versions[slug] = acts.sign_off(
            version,
            digest=version.digest,
            printed=read_by(version, user, at=at),
            answer=ask(
                user, self.stage.passwords[user.username], purpose=Purpose.SIGN_OFF, of=version, at=at
            ),
            actor=user,
            at=at,
        )

    def release(self, slug, at):
        release(self.versions[slug], actor=self.stage.people["publisher"], at=at)

    def release_together(self, at):
        release_together(
            [self.versions[slug] for slug in TOGETHER],
            actor=self.stage.people["publisher"],
            starts_at=self.now + timedelta(days=STARTS_IN),
            at=at,
        )

    def send_back(self, slug, at):
        editor, writer = self.stage.people["editor"], self.stage.people["writer"]
        version = self.versions[slug]
        on_passage = remark(version, text=ON_PASSAGE, actor=editor, anchor=PASSAGE, at=at)
        version = acts.return_with_remarks(version, remarks=REMARKS, actor=editor, at=at)
        following = drafting.open_version(version.article, change_kind="new", actor=writer, at=at)
        answer(on_passage, version=following, text=ANSWER, actor=writer, at=at)
        self.versions[slug] = following

    def write_revision(self, slug, data, at):
        version = drafting.open_version(
            self.versions[slug].article,
            change_kind=data["change_kind"],
            actor=self.stage.people["writer"],
            at=at,
        )
        body = version.body
        for before, after in data["replacements"]:
            body = body.replace(before, self.linked(after))
        self.versions[slug] = drafting.edit(
            version,
            actor=self.stage.people["writer"],
            revision=version.revision,
            at=at,
            body=body,
            change_note=data["change_note"],
            internal_note=data["internal_note"],
        )

    def share_draft(self, at):
        """The writer shows a draft to somebody without an account."""
        share(self.versions["norovirus"], days=14, actor=self.stage.people["writer"], at=at)

    def withdraw(self, data, at):
        replacement = data["replacement"]
        withdraw(
            self.versions[data["slug"]].article.editions.get(),
            kind=data["kind"],
            explanation=data["explanation"],
            replacement=self.versions[replacement].article if replacement else None,
            actor=self.stage.people["publisher"],
            at=at,
        )


def pages():
    return sorted((FOLDER / "articles").glob("*.json"))
