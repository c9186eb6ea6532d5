from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from centar.assessment import kinds
from tests.centar.assessment import scenes


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Sentences are compared as the code says them."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def subject(monkeypatch: pytest.MonkeyPatch) -> kinds.Subject:
    """An app whose things are assessed."""
    works = scenes.subject()
    monkeypatch.setattr(kinds, "_subjects", {works.code: works})
    return works


@pytest.fixture
def scene(db: None) -> scenes.Scene:
    """A panel with a chair and three assessors, and one thing that is nobody's."""
    return scenes.furnish()
