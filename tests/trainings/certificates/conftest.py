from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from centar.people.models import User
from tests.factories.certificates import ISSUES, HeldSeminarFactory, IssuingSettingsFactory
from tests.factories.people import StaffFactory
from trainings.models import Seminar


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def staff(db: None) -> User:
    """Somebody who issues certificates."""
    return StaffFactory(permissions=ISSUES)


@pytest.fixture
def seminar(db: None) -> Seminar:
    """A seminar that was held, with all that its certificates need."""
    IssuingSettingsFactory()
    return HeldSeminarFactory(programme__competences=["К1"], programme__priorities=["2"])
