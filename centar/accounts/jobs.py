"""What the worker does about sign-ins every minute."""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore


def clear_sessions() -> None:
    """Delete the sessions that have ended, with whatever was kept in them."""
    SessionStore.clear_expired()
