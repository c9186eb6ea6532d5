from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.utils import translation

from centar.outbox import kinds
from centar.outbox.models import Letter

NOON = datetime(2027, 2, 1, 11, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Sentences are compared as the code says them; that each has its Serbian is another test."""
    with translation.override("en"):
        yield


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands at NOON until the test moves it."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def new_kind() -> Iterator[Callable[..., None]]:
    """Registers kinds of letters for one test; each says how its letter is written."""
    before = dict(kinds._kinds)

    def register(
        code: str, compose: Callable[[Letter], kinds.Message], *, secret: bool = False
    ) -> None:
        kinds.register(kinds.Kind(code, code, compose, secret=secret))

    yield register
    kinds._kinds.clear()
    kinds._kinds.update(before)


@pytest.fixture
def greeting(new_kind: Callable[..., None]) -> Any:
    """A kind that writes from its facts: subject and text."""

    def compose(letter: Letter) -> kinds.Message:
        facts = {"subject": "Поздрав", "text": "Добар дан.\n"} | letter.context
        return kinds.Message(facts["subject"], facts["text"])

    new_kind("tests.greeting", compose)
    return compose
