"""What the worker does about sign-ins every minute."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from django.utils import timezone


def clear_sessions() -> int:
    """Delete the sessions that have ended, with whatever was kept in them; gives how many."""
    return int(Session.objects.filter(expire_date__lt=timezone.now()).delete()[0])
