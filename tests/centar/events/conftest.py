from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.utils import translation

from centar.people.models import User
from tests.factories.events import MANAGES
from tests.factories.people import StaffFactory

NOON = datetime(2027, 2, 1, 11, 0, tzinfo=UTC)
"""Where the stopped clock of a test begins: noon in Belgrade, in winter."""


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
def staff(db: None) -> User:
    """Somebody who works on events and bookings in the back office."""
    return StaffFactory(permissions=MANAGES)
