"""Sessions, read from the database by a statement of our own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from centar.accounts.sessions import SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> SessionStore:
    session = SessionStore()
    session["town"] = "Топола"
    session.create()
    return session


def test_what_is_kept_is_read(kept: SessionStore, django_assert_num_queries) -> None:
    again = SessionStore(kept.session_key)

    with django_assert_num_queries(1):
        assert dict(again.items()) == {"town": "Топола"}


@pytest.mark.parametrize("what", ["ended", "forgotten", "tampered with"])
def test_nothing_is_read_of_a_session_that_is_none(kept: SessionStore, what: str) -> None:
    rows = Session.objects.filter(pk=kept.session_key)
    if what == "ended":
        rows.update(expire_date=timezone.now() - timedelta(seconds=1))
    elif what == "forgotten":
        rows.delete()
    else:
        rows.update(session_data="eyJ0b3duIjoiVG9wb2xhIn0:1xxxxx:forged")

    again = SessionStore(kept.session_key)

    assert dict(again.items()) == {}
    # Whoever comes with such a key is never given a session under it.
    assert (again.session_key is None) == (what != "tampered with")
