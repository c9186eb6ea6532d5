"""The demonstration year, loaded once for all tests here and rolled back after them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import override_settings

from centar.portal.demo import year

A_TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture(scope="package")
def loaded(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")),
        time_machine.travel(A_TUESDAY),
        transaction.atomic(),
    ):
        assert year.load()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded: None, db: None) -> Iterator[None]:
    with time_machine.travel(A_TUESDAY):
        yield
