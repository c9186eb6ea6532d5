from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from centar.people.models import User
from tests.factories.events import MANAGES
from tests.factories.people import StaffFactory


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def staff(transactional_db: None) -> User:
    """Somebody who works on events and bookings in the back office."""
    return StaffFactory(permissions=MANAGES)
