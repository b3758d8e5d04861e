"""Who acts in a walk, under which policies, and the strategies that choose among them."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import strategies as st

from tests import make
from tests.publishing.walks.world import PRIMARY, SPECIALIST, Person, Policy
from topics.models import Author

FAMILY, LUNGS, HEART = "Family Medicine", "Respiratory Medicine", "Cardiology"
PEOPLE = [
    Person("writer", ("writer",)),
    Person("editor", ("editor",)),
    Person("publisher", ("publisher",)),
    Person("administrator", ("administrator",)),
    Person("stranger"),
    Person("chief", ("writer", "publisher")),
    Person("family", ("medical_reviewer",), specialties=frozenset({FAMILY})),
    Person("chest", ("medical_reviewer",), specialties=frozenset({LUNGS, HEART})),
    Person(
        "lapsing",
        ("medical_reviewer",),
        specialties=frozenset({FAMILY, LUNGS, HEART}),
        licensed_until=date(2024, 10, 31),
    ),
    Person("doctor-editor", ("editor", "medical_reviewer"), specialties=frozenset({FAMILY, LUNGS})),
    Person("root", superuser=True, specialties=frozenset({FAMILY, LUNGS, HEART})),
]
PERSON = {person.name: person for person in PEOPLE}
POLICIES = {
    "lungs": Policy(12, None, {PRIMARY: frozenset({FAMILY}), SPECIALIST: frozenset({LUNGS})}),
    "heart": Policy(4, 10, {PRIMARY: frozenset({FAMILY}), SPECIALIST: frozenset({HEART})}),
}
RIGHT = {"create": "writer", "edit": "writer", "open": "writer", "submit": "writer"} | {
    "assign": "editor",
    "send": "editor",
    "return": "editor",
    PRIMARY: "family",
    SPECIALIST: "chest",
}

ANY = 12  # From here on, the number of an article takes no heed of its state.
article_numbers = st.integers(0, ANY + 3)
people = st.sampled_from(PEOPLE)
actors = st.one_of(st.none(), st.none(), people)
# Often the same few, so that some come to sign what they wrote.
writers = st.sampled_from([None, None, PERSON["doctor-editor"], PERSON["root"], PERSON["stranger"]])
reviewers = st.sampled_from([None, None, *(person for person in PEOPLE if person.specialties)])
kinds = st.sampled_from(["substantive", "minor", "periodic_review", "new"])
roles = st.sampled_from([PRIMARY, SPECIALIST])
delays = st.sampled_from(
    [timedelta(0), timedelta(minutes=1), timedelta(hours=5), timedelta(days=3), timedelta(days=130)]
)
lateness = st.sampled_from([timedelta(0)] * 3 + [timedelta(seconds=2), timedelta(hours=8)])


def body(text):
    return (
        f"<p>A cough is a {text.word} for families.</p>"
        f"<h2>Treatment</h2><p>Drink plenty of water.</p><p>Take {text.dose} mg at night.</p>"
    )


class Newsroom:
    """The people and categories of a walk, in the database once for all walks."""

    def __init__(self):
        self.users, self.reviewers = {}, {}
        for person in PEOPLE:
            account = make.user(username=person.name, is_superuser=person.superuser)
            account.groups.set([make.Group.objects.get(name=role) for role in person.roles])
            self.users[person.name] = account
            if person.specialties:
                self.reviewers[person.name] = make.reviewer(
                    *person.specialties,
                    name=person.name,
                    account=account,
                    expires_on=person.licensed_until,
                )
        self.author = Author.objects.create(name="Ada Author", credentials="MFA")
        own = {"lungs": LUNGS, "heart": HEART}
        self.categories = {}
        for slug, policy in POLICIES.items():
            fields = (
                {}
                if policy.grace_days is None
                else {"when_overdue": "withhold", "grace_days": policy.grace_days}
            )
            rules = make.policy(interval_months=policy.months, warning_days=30, **fields)
            self.categories[slug] = make.category(slug, policy=rules, own=own[slug])
        self.seen = Counter()
