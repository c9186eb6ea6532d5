"""What the targets that hold ask, read for pages."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from centar import sql

HOLDING = """
    SELECT id, name, source, certainty, starts_on, years, in_house_hours, programmes,
           programme_hours, meetings, approved_hours, points, approved_points
      FROM trainings_target
     WHERE starts_on <= %(day)s AND (ends_on IS NULL OR ends_on >= %(day)s)
     ORDER BY starts_on DESC, id
"""


class TargetRow(NamedTuple):
    """A target with what it asks, as in its model."""

    pk: int
    name: str
    source: str
    certainty: str
    starts_on: date
    years: int
    in_house_hours: int
    programmes: int
    programme_hours: int
    meetings: int
    approved_hours: int
    points: int
    approved_points: int


def holding_on(day: date) -> list[TargetRow]:
    """Those that hold on the day, the newest first."""
    return [TargetRow._make(row) for row in sql.rows(HOLDING, day=day)]
