"""A hospital with a licence and a key, in a newsroom that has more than the licence."""

from types import SimpleNamespace

import pytest

from tests import make
from tests.once import once


@once
def content():
    """Two categories, a hospital that has a key to the first, and “cough”, released there."""
    room = make.newsroom()
    hospital = make.licensee(room, "Bon Air", languages=["en"], categories=[room.category])
    return SimpleNamespace(
        room=room,
        skin=make.category("skin", policy=room.policy),
        hospital=hospital,
        key=make.key(room, hospital),
        cough=make.released(room, slug="cough"),
    )


@pytest.fixture
def house(made):
    return made


@pytest.fixture
def skin(made):
    return made.skin


@pytest.fixture
def hospital(made):
    return made.hospital


@pytest.fixture
def key(made):
    return made.key
