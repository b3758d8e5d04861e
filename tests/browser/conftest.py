"""A real browser on a real server: Debian's Chromium, each role in a session of its own."""

import os
import re
import shutil
from pathlib import Path

import pytest

from tests import make

SCREENSHOTS = Path(__file__).resolve().parents[2] / ".screenshots"

# Playwright keeps an event loop on this thread, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {
        "executable_path": shutil.which("chromium"),
        "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    }


@pytest.fixture
def desk(live_server, new_context, request):
    """`desk(user)` logs that person in and returns their `Desk`."""
    return lambda user: Desk(user, new_context(base_url=live_server.url), request.node.name)


class Desk:
    """One person at their browser. Problems that the browser reports fail the test."""

    def __init__(self, user, context, test):
        self.user, self.test = user, test
        self.page = context.new_page()
        self.page.set_default_timeout(10_000)
        self.faults = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", self.note)
        self.open("/admin/")
        self.page.fill("#id_username", user.username)
        self.page.fill("#id_password", make.PASSWORD)
        self.page.click("[type=submit]")

    def note(self, message):
        if message.type == "error":
            self.faults.append(message.text)

    def open(self, path):
        self.page.goto(path)
        return self.page

    def photograph(self, name):
        SCREENSHOTS.mkdir(exist_ok=True)
        file = re.sub(r"\W+", "-", f"{self.test}-{name}").strip("-") + ".png"
        self.page.screenshot(path=SCREENSHOTS / file, full_page=True)

    def leave(self):
        self.page.context.close()
        assert self.faults == []
