"""A newsroom with a version at every stage, made once for a module; each test has it as it was made."""

from copy import deepcopy
from dataclasses import dataclass

import pytest

from tests import make
from tests.once import once
from topics.models import Edition, Version


@dataclass
class Stage:
    """A version at every stage, each of an article of its own, and `edition`, which is in force."""

    room: make.Newsroom
    draft: Version
    submitted: Version
    assigned: Version
    in_medical_review: Version
    approved: Version
    returned: Version
    edition: Edition

    def version(self, state):
        """The version in that state; the one in editorial review has no reviewers yet."""
        return {
            "draft": self.draft,
            "editorial_review": self.submitted,
            "medical_review": self.in_medical_review,
            "approved": self.approved,
            "returned": self.returned,
            "released": self.edition.version,
        }[state]


@once
def made_stage():
    room = make.newsroom()
    made = Stage(
        room,
        draft=make.draft(room),
        submitted=make.submitted(room),
        assigned=make.assigned(room),
        in_medical_review=make.in_medical_review(room),
        approved=make.approved(room),
        returned=make.returned(room),
        edition=make.released(room),
    )
    forget_permissions(room)
    return made


def forget_permissions(room):
    """Django keeps them on the account that was asked for them: a test may give or take some."""
    reviewers = (reviewer.user for reviewer in room.reviewers.values())
    for account in (room.writer, room.editor, room.publisher, room.administrator, *reviewers):
        for name in ("_perm_cache", "_user_perm_cache", "_group_perm_cache"):
            vars(account).pop(name, None)


@pytest.fixture
def stage(made_stage, db):
    """Copies, because acts change the rows that they are given. A module whose tests use this takes
    `newsroom` from it: `stage.room`.
    """
    return deepcopy(made_stage)
