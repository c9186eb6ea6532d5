"""Finding things on a page as people do: by what they are called, in Serbian."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page

from tests.office import serbian


def field(page: Page | Locator, label: str) -> Locator:
    """The field with this label, whether it must be filled or not."""
    return page.get_by_label(re.compile(rf"^\s*{re.escape(serbian(label))}:?\s*\*?:?\s*$"))


def button(page: Page, label: str) -> Locator:
    """The button of the page's own content, not of the frame around it."""
    return page.get_by_role("main").get_by_role("button", name=serbian(label), exact=True)


def link(page: Page, label: str) -> Locator:
    """The link of the page's own content."""
    return page.get_by_role("main").get_by_role("link", name=serbian(label), exact=True)


def menu(page: Page, label: str) -> Locator:
    """The link of the main menu."""
    navigation = page.get_by_role("navigation", name=serbian("Main"))
    return navigation.get_by_role("link", name=serbian(label), exact=True)


def heading(page: Page, words: str) -> Locator:
    """The heading with these words."""
    return page.get_by_role("heading", name=serbian(words), exact=True)


def said(page: Page, sentence: str) -> Locator:
    """The sentence, wherever it stands."""
    return page.get_by_text(serbian(sentence))
