"""A real browser on a real server: Debian's Chromium, each role in a session of its own."""

import os
import re
import shutil
from pathlib import Path

import pytest

from tests import make
from tests.browser import axe

SCREENSHOTS = Path(__file__).resolve().parents[2] / ".screenshots"

# Playwright keeps an event loop on this thread, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_report_header():
    if not axe.AXE.is_file():
        return f"axe-core is not installed, so no page is asked about: {axe.HOW}"
    return "axe-core is asked about every page"


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {
        "executable_path": shutil.which("chromium"),
        "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    }


@pytest.fixture
def newsroom(transactional_db):
    """As everywhere, but committed for each test, since the server reads it."""
    return make.newsroom()


@pytest.fixture
def desk(live_server, new_context, request):
    """`desk(user)` logs that person in and returns their `Desk`; `color_scheme="dark"`, `viewport=…`."""

    def open_desk(user, **options):
        context = new_context(base_url=live_server.url, **{"reduced_motion": "reduce", **options})
        return Desk(user, context, request.node.name)

    return open_desk


PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


# Before their font is there, the editor's icons are as wide as their names.
WIDER = """async () => {
    document.body.getBoundingClientRect()
    await document.fonts.ready
    return document.documentElement.scrollWidth - window.innerWidth
}"""


class Desk:
    """One person at their browser. Problems that the browser reports, or axe finds, fail the test.

    Every page that is opened, photographed or left is asked about; pages that were only passed
    through on the way are opened again at the end. `open` and `photograph` raise at once.
    """

    def __init__(self, user, context, test):
        self.user, self.test = user, test
        self.page = context.new_page()
        self.page.set_default_timeout(10_000)
        self.faults, self.passed, self.checked, self.asking = [], [], set(), False
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", self.note)
        self.page.on("load", lambda page: self.passed.append(page.url))
        self.open("/admin/")
        self.page.fill("#id_username", user.username)
        self.page.fill("#id_password", make.PASSWORD)
        self.page.click("#login-form [type=submit]")

    def note(self, message):
        # While axe looks, it tries styles of its own, which the policy refuses it too.
        if message.type == "error" and not (self.asking and "inline style" in message.text):
            self.faults.append(message.text)

    def open(self, path):
        self.page.goto(path)
        self.check()
        return self.page

    def check(self):
        """Raises with what axe finds on the page, and where the page is wider than its window."""
        self.page.wait_for_load_state()
        self.checked.add(self.page.url)
        wider = self.page.evaluate(WIDER)
        assert wider <= 0, f"{self.page.url} is {wider} px wider than its window"
        self.asking = True
        found = axe.violations(self.page) if axe.is_installed() else []
        self.asking = False
        assert not found, "axe finds:\n\n" + "\n\n".join(found)

    def photograph(self, name):
        self.check()
        SCREENSHOTS.mkdir(exist_ok=True)
        file = re.sub(r"\W+", "-", f"{self.test}-{name}").strip("-") + ".png"
        window = self.page.viewport_size
        height = self.page.evaluate("document.documentElement.scrollHeight")
        # As tall as the page: what sticks to the window's foot then stands at the page's.
        self.page.set_viewport_size({"width": window["width"], "height": min(height, 8000)})
        self.page.screenshot(path=SCREENSHOTS / file, full_page=True)
        self.page.set_viewport_size(window)

    def leave(self):
        self.check()
        faults = list(self.faults)
        for url in dict.fromkeys(self.passed):
            if url not in self.checked:
                self.open(url)
        self.page.context.close()
        assert faults == []
