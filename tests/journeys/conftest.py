"""A real browser before a real server: what every journey stands on."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core import mail
from django.core.cache import caches
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, expect

from centar.outbox import operations
from centar.people.models import User
from tests import scenery

# Playwright's loop runs in this thread, and Django takes that for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# The shell has no windows to draw, which are half of the work of the others.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
AXE = django_settings.NODE_MODULES / "axe-core" / "axe.min.js"
MORNING = datetime(2027, 2, 1, 8, 0, tzinfo=UTC)
"""When a journey with a clock of its own begins: nine o'clock in Belgrade, in winter."""
PATIENCE = 15_000
"""Milliseconds a journey waits for what it expects to see, on a busy machine."""
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's own browser; nothing is downloaded and nothing calls home."""
    program = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if program is None:
        pytest.fail("There is no Chromium on this machine; `make test` installs one.")
    quiet = ("--disable-background-networking", "--disable-component-update")
    arguments = ["--no-sandbox", "--disable-gpu", *quiet]
    return {**browser_type_launch_args, "executable_path": program, "args": arguments}


@pytest.fixture(scope="session")
def base_url(live_server: Any) -> str:
    """Journeys name pages by their paths."""
    address: str = live_server.url
    return address


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any], base_url: str) -> dict[str, Any]:
    """A teacher's browser in Serbia."""
    return {
        **browser_context_args,
        "base_url": base_url,
        "locale": "sr-RS",
        "reduced_motion": "reduce",
        "timezone_id": "Europe/Belgrade",
        "viewport": {"width": 1280, "height": 900},
    }


@pytest.fixture(autouse=True)
def _own_addresses(settings: Any, base_url: str) -> Iterator[None]:
    """Letters lead to the server of the test; limits of signing in begin anew."""
    settings.SITE_URL = base_url
    yield
    caches["default"].clear()


@dataclass
class Complaints:
    """What the browser complained of: refusals of the policy, errors of scripts, lost files."""

    heard: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> Page:
        """Hear everything that this page says from now on."""
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.heard.append(f"{page.url}: {error}"))
        page.on("response", self._answered)
        page.set_default_timeout(PATIENCE)
        return page

    def _said(self, message: ConsoleMessage) -> None:
        # A page that answers "no" is an error to the browser; _answered hears what is lost.
        no_answer = message.text.startswith("Failed to load resource")
        # On a busy machine a font may be used some seconds after it was fetched ahead.
        is_timing = "was preloaded using link preload" in message.text
        if message.type in ("error", "warning") and not (no_answer or is_timing):
            self.heard.append(f"{message.location.get('url')}: {message.text}")

    def _answered(self, response: Response) -> None:
        is_file = response.request.resource_type not in ("document", "xhr", "fetch")
        if response.status >= 500 or (is_file and response.status >= 400):
            self.heard.append(f"{response.url}: {response.status}")


@pytest.fixture(autouse=True)
def complaints() -> Iterator[Complaints]:
    """A journey on which the browser complained has failed, wherever it led."""
    heard = Complaints()
    yield heard
    assert heard.heard == []


@pytest.fixture
def visitor(page: Page, complaints: Complaints) -> Page:
    """Somebody at a computer, not signed in."""
    return complaints.listen(page)


@pytest.fixture
def another(
    browser: Browser, browser_context_args: dict[str, Any], complaints: Complaints
) -> Iterator[Callable[..., Page]]:
    """Another person's browser, as often as asked; `user=` is signed in there already."""
    opened: list[BrowserContext] = []

    def open_one(user: User | None = None, **options: Any) -> Page:
        context = browser.new_context(**{**browser_context_args, **options})
        opened.append(context)
        if user is not None:
            enter(context, user, browser_context_args["base_url"])
        return complaints.listen(context.new_page())

    yield open_one
    for context in opened:
        context.close()


def enter(context: BrowserContext, user: User, address: str) -> None:
    """Sign somebody in without the form, which has a journey of its own."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])


@dataclass(frozen=True)
class Letter:
    """A letter as it arrived."""

    to: str
    subject: str
    text: str
    attachments: dict[str, str | bytes]

    @property
    def link(self) -> str:
        """The first link in it."""
        found = re.search(r"http://localhost:\d+/\S+", self.text)
        assert found, self.text
        return found[0]


@pytest.fixture
def post() -> Callable[[], list[Letter]]:
    """The post comes: what is due is sent, and what arrived since the last time is given."""

    def deliver() -> list[Letter]:
        operations.deliver_due()
        arrived = [
            Letter(
                sent.to[0],
                sent.subject,
                str(sent.body),
                {name: content for name, content, _ in sent.attachments},
            )
            for sent in mail.outbox
        ]
        mail.outbox.clear()
        return arrived

    return deliver


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The portal's clock: it goes on from MORNING, until the journey moves it ahead."""
    with time_machine.travel(MORNING, tick=True) as traveller:
        yield traveller


@pytest.fixture
def furnished(transactional_db: None) -> scenery.Scenery:
    """A portal with something of everything on it."""
    return scenery.furnish()
