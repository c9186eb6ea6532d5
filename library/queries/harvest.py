"""Records in the order of their changes, withdrawn ones among them, for harvesters."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Min, Q, QuerySet

from library.described import RELATED
from library.models import Record


def changed(
    since: datetime | None, before: datetime | None, udc_class: str | None
) -> QuerySet[Record]:
    """Records changed from the one moment on and before the other, the oldest change first."""
    rows = Record.objects.order_by("changed_at", "pk").prefetch_related(*RELATED)
    if since is not None:
        rows = rows.filter(changed_at__gte=since)
    if before is not None:
        rows = rows.filter(changed_at__lt=before)
    if udc_class is not None:
        rows = rows.filter(udc_class=udc_class)
    return rows


def after(rows: QuerySet[Record], changed_at: datetime, pk: int) -> QuerySet[Record]:
    """Those of the rows that follow the one with this change and key."""
    # The first condition is what the index begins with; the other leaves out what was given.
    later = Q(changed_at__gt=changed_at) | Q(pk__gt=pk)
    return rows.filter(later, changed_at__gte=changed_at)


def earliest() -> datetime | None:
    """The oldest change; None in an empty catalogue."""
    moment: datetime | None = Record.objects.aggregate(oldest=Min("changed_at"))["oldest"]
    return moment


def one(pk: int) -> Record | None:
    """A record, withdrawn or not."""
    return Record.objects.prefetch_related(*RELATED).filter(pk=pk).first()


def of_keys(keys: list[int]) -> list[Record]:
    """The records with these keys, in the order of the keys."""
    found = Record.objects.prefetch_related(*RELATED).in_bulk(keys)
    return [found[key] for key in keys if key in found]
