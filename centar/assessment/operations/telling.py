"""Telling the chair when nobody is waited for any more."""

from __future__ import annotations

from django.utils import timezone

from centar.assessment.letters import chairs as letters
from centar.assessment.models import Item
from centar.assessment.queries import work


def tell_if_all_in(item: Item) -> None:
    """Queue the chair's letter when the item has all that it was waiting for."""
    if work.all_in(item.panel).filter(pk=item.pk).exists():
        letters.queue_all_in(item, work.chairs_of(item), timezone.now())
