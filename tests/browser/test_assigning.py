"""Who is asked to sign, in a browser: ranked, searched for, released, and several at once."""

import pytest
from playwright.sync_api import expect

from tests import make
from tests.admin.desk import in_days
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)


def assign_page(at, version):
    return at.open(f"/admin/desk/versions/{version.pk}/assign/")


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def radio(version, role, who):
    requirement = version.requirements.get(role=role)
    return f"#id_reviewer_{requirement.pk}_{getattr(who, 'pk', who)}"


def test_an_editor_asks_by_the_ranking_then_replaces_and_releases(desk, newsroom):
    make.assigned(newsroom)  # Pia Primary and Sam Specialist have one to sign already.
    free = make.reviewer("Family Medicine", name="Flora Free")
    make.reviewer("Family Medicine", name="Lena Late", expires_on=in_days(-1))
    version = make.submitted(newsroom, title="Croup")
    editor = desk(newsroom.editor)
    page = assign_page(editor, version)
    first = page.locator("fieldset.assign-role").first
    names = first.locator(".assign-person strong").all_inner_texts()
    assert names == ["Flora Free, MD", "Pia Primary, MD, MPH"]
    expect(first.locator(".assign-person").nth(1)).to_contain_text("1 open, next due")
    first.get_by_text("Why 2 other reviewers can't sign as this").click()
    expect(first.get_by_text("The credential of Lena Late expired on")).to_be_visible()
    page.check(radio(version, "primary", free))
    page.check(radio(version, "specialist", newsroom.specialist))
    first.get_by_role("button", name="in 4 weeks").click()
    editor.photograph("chosen")
    press(page, "Assign")
    expect(page.locator(".messagelist")).to_contain_text(
        f"Flora Free is asked to sign as Primary reviewer by {in_days(28)}"
    )

    page = assign_page(editor, version)
    page.check(radio(version, "primary", "nobody"))
    press(page, "Assign")
    expect(page.locator(".messagelist")).to_contain_text("Flora Free is no longer asked")
    editor.leave()
    assert [a.requirement.role for a in version.assignments.active()] == ["specialist"]

    reviewer = desk(free.user, **PHONE)
    page = reviewer.open(f"/admin/topics/version/{version.pk}/change/")
    expect(page.get_by_text("released you of signing as Primary reviewer").first).to_be_visible()
    reviewer.photograph("released")
    reviewer.leave()


def test_one_of_many_reviewers_is_found_by_typing(desk, newsroom):
    for number in range(20):
        make.reviewer("Family Medicine", name=f"Doctor Número {number:02}")
    version = make.submitted(newsroom)
    editor = desk(newsroom.editor, **PHONE)
    page = assign_page(editor, version)
    role = page.locator("fieldset.assign-role").first
    search = role.get_by_role("searchbox")
    search.fill("numero 17")
    expect(role.locator(".assign-person:visible")).to_have_count(1)
    expect(role.get_by_text("Doctor Número 17, MD").first).to_be_visible()
    editor.photograph("found")
    search.press("Enter")  # Searches; it doesn't send the form.
    role.locator(".assign-person:visible input").check()
    press(page, "Assign")
    expect(page.locator(".messagelist")).to_contain_text("Doctor Número 17 is asked")
    editor.leave()
    assert version.assignments.get().reviewer.name == "Doctor Número 17"


def test_reviewers_are_asked_for_several_versions_from_the_list(desk, newsroom):
    versions = [make.submitted(newsroom, title=title) for title in ("Cough", "Croup", "Colds")]
    draft = make.draft(newsroom, title="Sneezing")
    editor = desk(newsroom.editor)
    page = editor.open("/admin/topics/version/")
    for row in [*versions, draft]:
        page.check(f"input[name=_selected_action][value='{row.pk}']")
    page.select_option("select[name=action]", "assign_many")
    page.get_by_role("button", name="Go").click()
    expect(page.locator("h1")).to_have_text("Assign reviewers to several versions")
    expect(page.get_by_text("is no step from the state “Draft”")).to_be_visible()
    editor.photograph("proposed")
    press(page, "Ask the chosen reviewers")
    expect(page.get_by_role("status").first).to_contain_text("Reviewers are asked for 3 versions")
    editor.photograph("report")
    assert all(version.assignments.active().count() == 2 for version in versions)
    assert not draft.assignments.exists()
    # What is left on the page can't be sent twice.
    expect(page.get_by_role("button", name="Ask the chosen reviewers")).to_have_count(0)
    editor.page.context.close()
    assert editor.faults == []
