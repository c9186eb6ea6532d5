"""The back office as its staff use it: saving, operations that ask once more, files brought in."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.office import serbian


def save(page: Page) -> None:
    """Save and stay on the page."""
    page.locator("input[name=_continue]").click()


def succeeded(page: Page) -> Locator:
    """What the page says about what was done well."""
    return page.locator(".messagelist .success")


def operation(page: Page, label: str, reason: str = "") -> None:
    """Press the button of an operation and confirm on its page, with a reason when it asks."""
    page.locator(".object-tools").get_by_role("link", name=serbian(label), exact=True).click()
    if reason:
        page.locator("#id_reason").fill(reason)
    page.locator(f"#content-main input[type=submit][value='{serbian(label)}']").click()


def choose(page: Page, field: str, words: str) -> None:
    """Find a row by these words in a field that searches while one types, and take it."""
    page.locator(f"#id_{field} + .select2 .select2-selection").click()
    page.locator(".select2-search__field").fill(words)
    page.locator(".select2-results").get_by_role("option", name=words).click()


def bring_in_statement(page: Page, content: bytes, name: str = "izvod.xml") -> None:
    """Upload a statement of the bank; its preview is shown, and nothing is counted yet."""
    page.goto("/admin/trainings/statement/add/")
    file = {"name": name, "mimeType": "text/xml", "buffer": content}
    page.locator("input[type=file]").set_input_files(file)
    page.locator("#content-main input[type=submit]").click()


def count_statement(page: Page) -> None:
    """Count the payments of the statement that is shown."""
    operation(page, "Count the payments")
    expect(succeeded(page)).to_have_text(serbian("The payments are counted."))
