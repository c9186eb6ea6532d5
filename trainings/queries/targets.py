"""What the targets that hold ask, and from when their periods are counted, read for pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from centar import sql

HOLDING = """
    SELECT id, name, source, certainty, starts_on, years, in_house_hours, programmes,
           programme_hours, meetings, approved_hours, points, approved_points,
           (SELECT array_agg(ARRAY[own.person_id, own.first_year])
              FROM trainings_ownperiod AS own
             WHERE own.target_id = target.id AND own.person_id = ANY(%(people)s::bigint[]))
      FROM trainings_target AS target
     WHERE starts_on <= %(day)s AND (ends_on IS NULL OR ends_on >= %(day)s)
     ORDER BY array_position(ARRAY['official', 'secondary', 'weak'], target.certainty::text),
              starts_on DESC, id
"""


class TargetRow(NamedTuple):
    """A target with what it asks, as in its model.

    `own_beginnings` are the school years in which people's own periods began, by their keys.
    """

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
    own_beginnings: dict[int, int]


def holding_on(day: date, people: Sequence[int]) -> list[TargetRow]:
    """Those that hold on the day, the surest first, with the own periods of these people."""
    rows = sql.rows(HOLDING, day=day, people=list(people))
    return [TargetRow._make((*row[:-1], dict(row[-1] or ()))) for row in rows]
