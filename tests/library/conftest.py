from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from centar.people.models import User
from tests.factories.people import StaffFactory


@pytest.fixture
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def librarian(db: None) -> User:
    """Somebody who works at the desk of the library."""
    return StaffFactory(permissions=["library.change_loan"])
