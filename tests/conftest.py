"""What every test stands on: quick passwords, no network beyond this machine, no kept pages."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection

from needs_survey.reports import drawn
from tests import emptying

emptying.install()

_connect = socket.socket.connect


def _connect_at_home(self: socket.socket, address: Any) -> None:
    """Refuse every connection that would leave this machine."""
    if self.family in (socket.AF_INET, socket.AF_INET6):
        host = address[0]
        if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
            raise RuntimeError(f"A test tried to reach {host}.")
    _connect(self, address)


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Two runs side by side (`tests.whole`) have a database each."""
    name = os.environ.get("TEST_DATABASE")
    if name:
        connection.settings_dict["TEST"]["NAME"] = name


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", _connect_at_home)


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """Argon2 takes its time on purpose; a test that wants it asks for it."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    """What a test hands in goes with it."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def no_kept_pages() -> Iterator[None]:
    """A test that is rolled back returns to an old stamp, which would make kept pages lie."""
    yield
    caches["pages"].clear()
    drawn.RESULTS.clear()
