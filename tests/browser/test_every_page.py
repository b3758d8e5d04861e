"""Every page of the admin, as each role meets it: axe, errors, width, headings, titles and focus."""

import re

import pytest

from tests import make
from tests.admin.every import addresses, shelf
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)

ROLES = ("writer", "editor", "publisher", "administrator", "reviewer", "superuser")


def person(room, role):
    if role == "superuser":
        return make.User.objects.create_superuser("root", password=make.PASSWORD)
    return room.primary.user if role == "reviewer" else getattr(room, role)


@pytest.mark.parametrize("role", ROLES)
def test_every_page_that_a_role_may_open_is_sound(role, desk, newsroom):
    made = shelf(newsroom)
    at = desk(person(newsroom, role))
    wrong, titles, refused = [], {}, 0
    for _name, address in addresses(made):
        answer = at.page.goto(address)
        if answer.status in (403, 404) and "lost" in at.page.content():
            refused += 1
            if refused > 1:
                continue
        elif answer.status >= 500:
            wrong.append(f"{address}: {answer.status}")
            continue
        wrong += faults_of(at)
        titles.setdefault(at.page.title(), []).append(at.page.url.split("?")[0])
    same = {title: urls for title, urls in titles.items() if len({one_page(url) for url in urls}) > 1}
    assert not wrong, "\n\n".join(wrong)
    assert not same, same
    at.faults = [fault for fault in at.faults if not is_status(fault)]
    at.checked.update(at.passed)
    at.leave()


def one_page(url):
    """The address without what makes no other page of it.

    A reviewer signs and returns at the foot of the review desk; an entry's history is the entry.
    """
    url = re.sub(r"/(sign_off|return_as_reviewer|return)/$", "/review/", url)
    return re.sub(r"(auditentry/\d+)/\w+", r"\1", url)


def width_over(page):
    """By how much the page is wider than its window, once scripts have taken note of the window."""
    for _try in range(20):
        wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if wider <= 0:
            break
        page.wait_for_timeout(100)
    return wider


def faults_of(at):
    """What is wrong with the page, on a desk and on a phone, in sentences."""
    page, wrong = at.page, []
    try:
        at.check()
    except AssertionError as error:
        wrong.append(str(error))
    page.set_viewport_size(PHONE["viewport"])
    wider = width_over(page)
    if wider > 0:
        wrong.append(f"{page.url} is {wider} px wider than a phone: {page.evaluate(WIDEST)}")
    page.set_viewport_size({"width": 1280, "height": 720})
    if page.locator("h1").count() != 1:
        wrong.append(f"{page.url} has {page.locator('h1').count()} headings of the first level")
    return wrong


WIDEST = """() => [...document.querySelectorAll("main *, header *")]
  .filter((node) => node.getBoundingClientRect().right > window.innerWidth + 1
    && !node.closest(".wide, .desk-scroll, .results, [role=region]"))
  .slice(0, 3).map((node) => node.outerHTML.slice(0, 120)).join(" … ")"""


def is_status(fault):
    """The browser reports a refusal's status as an error of its own."""
    return "Failed to load resource" in fault and any(
        code in fault for code in ("403", "404", "409", "422")
    )


FOCUSED = """() => {
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  const style = getComputedStyle(node);
  const box = node.getBoundingClientRect();
  const bar = document.querySelector(".act-bar, .submit-row")?.getBoundingClientRect();
  const inBar = !!node.closest(".act-bar, .submit-row");
  return {
    node: node.outerHTML.slice(0, 120),
    shown: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2)
      || style.boxShadow !== "none",
    covered: !!bar && !inBar && box.height > 0 && box.top >= bar.top && box.bottom <= bar.bottom
      && box.left < bar.right && box.right > bar.left,
  };
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_keyboard_is_always_seen_and_never_behind_the_bar(scheme, desk, newsroom):
    made = shelf(newsroom)
    at = desk(newsroom.writer, color_scheme=scheme, viewport={"width": 1280, "height": 620})
    draft = made.things["version"][0]
    for address in (
        f"/admin/topics/version/{draft.pk}/change/",
        f"/admin/desk/versions/{draft.pk}/submit/",
    ):
        page = at.open(address)
        for _step in range(60):
            page.keyboard.press("Tab")
            found = page.evaluate(FOCUSED)
            if found is None:
                break
            assert found["shown"], found["node"]
            assert not found["covered"], found["node"]
    at.photograph(scheme)
    at.leave()


def test_a_phone_has_the_navigation_behind_a_button(desk, newsroom):
    at = desk(newsroom.editor, **PHONE)
    page = at.open("/admin/")
    places = page.get_by_role("navigation", name="Places")
    assert not places.is_visible()
    page.get_by_role("button", name="Menu").press("Enter")
    assert places.is_visible()
    at.photograph("menu")
    page.keyboard.press("Escape")
    assert not places.is_visible()
    page.get_by_role("button", name="Menu").click()
    places.get_by_role("link", name="Versions").click()
    page.wait_for_url("**/topics/version/")
    at.leave()
