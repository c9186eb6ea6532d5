from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from needs_survey.reports import drawn


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Sentences are compared as the code says them."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def nothing_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that is rolled back returns to an old stamp, which would make kept drawings lie."""
    monkeypatch.setattr(drawn, "RESULTS", drawn.Drawings())
