from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import translation

from tests.factories import documents, keys


@pytest.fixture(autouse=True)
def confirmation() -> Iterator[None]:
    with documents.registered(), translation.override("en"):
        yield


@pytest.fixture
def fresh_counts(db: None) -> Iterator[None]:
    """Nobody has asked before."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="session")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A throw-away key of the Centre's own."""
    return keys.made_in(tmp_path_factory.mktemp("key"))


@pytest.fixture
def with_key(settings: Any, key_file: Path) -> None:
    settings.SIGNING_KEY = key_file
    settings.SIGNING_PASSPHRASE = keys.PASSPHRASE
