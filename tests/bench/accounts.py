"""Accounts that are signed in already: hashing of passwords is not what is measured."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.db import SessionStore

from centar.people.models import Person, User


def open_account(email: str) -> Person:
    """A login that no password opens, and its person."""
    user = User.objects.create(email=email, password=make_password(None))
    return Person.objects.create(user=user, first_name="Милица", last_name="Петровић")


def sign_in(email: str) -> dict[str, str]:
    """The cookies of a new session of this account."""
    user = User.objects.get(email=email)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    assert session.session_key is not None
    return {settings.SESSION_COOKIE_NAME: session.session_key}
