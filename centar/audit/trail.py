"""Writing the audit: one row an operation, in the operation's own transaction."""

from __future__ import annotations

from typing import Any, Protocol

from django.db import models

from centar.audit.models import Entry
from centar.audit.withheld import Withheld

withheld: Withheld[Entry] = Withheld()
"""Which entries are kept from whom in the back office."""


class Actor(Protocol):
    """Whoever does things: a user."""

    pk: Any


def record(
    action: str,
    target: models.Model,
    *,
    by: Actor | None,
    reason: str = "",
    **detail: str | int | bool | None,
) -> Entry:
    """Write one entry about `target`; `by=None` means the portal itself."""
    return Entry.objects.create(
        action=action,
        object_type=target._meta.label_lower,
        object_id=target.pk,
        actor_id=by.pk if by is not None else None,
        reason=reason,
        detail=detail,
    )
