"""What the worker does about assessors every minute."""

from __future__ import annotations

from django.utils import timezone

from centar.assessment.operations import reminding


def remind_assessors() -> int:
    """Remind those whose day has come; gives of how many assignments."""
    return reminding.remind(today=timezone.localdate())


def write_digests() -> int:
    """Write the weekly letters on their day; gives how many."""
    return reminding.digest(today=timezone.localdate())
