"""What is asked by those who mean no good; and at the end, how often, and what the answers were."""

from collections import Counter

import pytest

from tests import make
from tests.api import ask


@pytest.fixture
def shelf(db):
    """An article of every standing, the first named as the contract's examples name it; gives who made
    them.
    """
    room = make.newsroom()
    first = make.released(room, ask.rich_draft(room, slug="cough"))
    make.released(room, make.next_draft(room, first.article, summary="Shorter."))
    make.released(room, slug="tos", language="es", translation_of=first.article)
    ask.taken_back(room, make.released(room, slug="recalled"))
    moved = make.released(room, slug="moved")
    ask.taken_back(room, moved, kind="moved", replacement=first.article)
    ask.notice(room)
    return room


def pytest_terminal_summary(terminalreporter):
    made = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", "") == "call":
                answered = dict(report.user_properties).get("answered", {})
                # Some count statuses, others say what they found: sorted as text.
                made.update({str(status): number for status, number in answered.items()})
    if made:
        by_status = ", ".join(f"{status}: {number:,}" for status, number in sorted(made.items()))
        terminalreporter.write_line(f"{sum(made.values()):,} fuzzed requests; {by_status}")
