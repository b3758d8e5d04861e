"""How much work something is, measured so that a busy machine measures the same: calls, not seconds."""

import sys


def calls(work):
    """The functions and methods called by `work()`, Python's own among them."""
    count = 0

    def tick(frame, event, given):
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(tick)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count
