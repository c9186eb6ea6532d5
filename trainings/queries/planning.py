"""What whoever plans seminars needs to know of programmes."""

from __future__ import annotations

from collections.abc import Collection

from trainings.models import Programme, SeminarRules


def programmes(keys: Collection[int]) -> dict[int, Programme]:
    """These programmes with their competences and priority areas, the withdrawn ones included.

    Three statements for any number.
    """
    rows = Programme.objects.filter(pk__in=keys)
    return {row.pk: row for row in rows.prefetch_related("competences", "priority_areas")}


def minutes_of_an_hour() -> int:
    """How long an hour of training lasts, by the rules of seminars."""
    return SeminarRules.current().hour_minutes
