"""A clock that stands at one noon, and goes where a test moves it."""

from datetime import datetime, timezone

import pytest
import time_machine

NOON = datetime(2026, 3, 3, 12, tzinfo=timezone.utc)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller
