"""What the lists and their filters show, each read by one statement.

`queries` says which rows, in which order; what they show is read here for one page of them. The
same by models with their relations takes the processor ten times as long, on every visit of the
busiest pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise

from centar import sql
from centar.events import moments
from centar.events.models import Booking, Event
from centar.script import remembered, sorting
from trainings.models import Programme
from trainings.seminars import KIND

ANNOUNCED = (Event.State.OPEN, Event.State.CLOSED)

SEMINARS = """
    SELECT event.id, event.title, event.state, event.place, event.starts_at, event.ends_at,
           event.registration_closes_at, event.capacity, seats.held, seats.waiting,
           days.number, days.first_ends_at, seminar.fee, programme.form, programme.points,
           ARRAY(SELECT competence.code
                   FROM trainings_programme_competences AS strengthened
                   JOIN trainings_competence AS competence
                     ON competence.id = strengthened.competence_id
                  WHERE strengthened.programme_id = programme.id
                  ORDER BY competence.code)
      FROM unnest(%(keys)s::bigint[]) WITH ORDINALITY AS wanted (id, place)
      JOIN events_event AS event USING (id)
      JOIN trainings_seminar AS seminar ON seminar.event_id = event.id
      JOIN trainings_programme AS programme ON programme.id = seminar.programme_id
     CROSS JOIN LATERAL (
           SELECT count(*) FILTER (WHERE state = ANY(%(holding)s)) AS held,
                  count(*) FILTER (WHERE state = %(waiting)s) AS waiting
             FROM events_booking WHERE event_id = event.id) AS seats
     CROSS JOIN LATERAL (
           SELECT count(*) AS number, min(ends_at) AS first_ends_at
             FROM events_meeting WHERE event_id = event.id) AS days
     ORDER BY wanted.place
"""

PROGRAMME_OF_SEMINAR = """
    SELECT programme.id, programme.form, programme.number, programme.aims, programme.audience,
           programme.hours, programme.points, area.name,
           ARRAY(SELECT competence.code
                   FROM trainings_programme_competences AS strengthened
                   JOIN trainings_competence AS competence
                     ON competence.id = strengthened.competence_id
                  WHERE strengthened.programme_id = programme.id
                  ORDER BY competence.code),
           ARRAY(SELECT trainer.name
                   FROM trainings_seminar_trainers AS assigned
                   JOIN trainings_trainer AS trainer ON trainer.id = assigned.trainer_id
                  WHERE assigned.seminar_id = seminar.event_id
                  ORDER BY trainer.sort_azbuka)
      FROM trainings_seminar AS seminar
      JOIN trainings_programme AS programme ON programme.id = seminar.programme_id
      LEFT JOIN trainings_area AS area ON area.id = programme.area_id
     WHERE seminar.event_id = %(key)s
"""

SEMINAR_CHOICES = """
    SELECT array_agg(DISTINCT to_char(starts_at AT TIME ZONE %(zone)s, 'YYYY-MM')),
           array_agg(DISTINCT place) FILTER (WHERE place <> '')
      FROM events_event
     WHERE kind = %(kind)s AND state <> %(draft)s AND ends_at > %(now)s
"""

PROGRAMMES = """
    SELECT programme.id, programme.number, programme.ministry_number, programme.title, area.name,
           programme.hours, programme.points, programme.fee,
           (SELECT count(*)
              FROM trainings_seminar AS seminar
              JOIN events_event AS event ON event.id = seminar.event_id
             WHERE seminar.programme_id = programme.id
               AND event.ends_at > %(now)s AND event.state = ANY(%(announced)s)),
           ARRAY(SELECT competence.code
                   FROM trainings_programme_competences AS strengthened
                   JOIN trainings_competence AS competence
                     ON competence.id = strengthened.competence_id
                  WHERE strengthened.programme_id = programme.id
                  ORDER BY competence.code)
      FROM unnest(%(keys)s::bigint[]) WITH ORDINALITY AS wanted (id, place)
      JOIN trainings_programme AS programme USING (id)
      LEFT JOIN trainings_area AS area ON area.id = programme.area_id
     ORDER BY wanted.place
"""

PROGRAMME_CHOICES = """
      WITH published AS (SELECT * FROM trainings_programme WHERE withdrawn_on IS NULL)
    SELECT 'area' AS list, id::text AS key, name AS label, sort_azbuka AS place,
           NULL::date AS newest
      FROM trainings_area WHERE id IN (SELECT area_id FROM published)
     UNION ALL
    SELECT 'cycle', id::text, name, '', starts_on
      FROM trainings_cycle WHERE id IN (SELECT cycle_id FROM published)
     UNION ALL
    SELECT 'competence', one.code, one.code || ' ' || one.name, one.code, starts_on
      FROM trainings_competence AS one JOIN trainings_cycle AS cycle ON cycle.id = cycle_id
     WHERE one.id IN (SELECT competence_id FROM trainings_programme_competences
                       WHERE programme_id IN (SELECT id FROM published))
     UNION ALL
    SELECT 'priority', one.code, one.code || ' ' || one.name, one.code, starts_on
      FROM trainings_priorityarea AS one JOIN trainings_cycle AS cycle ON cycle.id = cycle_id
     WHERE one.id IN (SELECT priorityarea_id FROM trainings_programme_priority_areas
                       WHERE programme_id IN (SELECT id FROM published))
     ORDER BY list, place, newest DESC
"""

AREAS = """
    SELECT id::text, name FROM trainings_area
     WHERE id IN (SELECT area_id FROM trainings_programme WHERE withdrawn_on IS NULL)
     ORDER BY sort_azbuka
"""

Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class SeminarEntry:
    """A seminar in a list: its event with the seats counted, its programme's form and points."""

    pk: int
    title: str
    state: str
    place: str
    starts_at: datetime
    ends_at: datetime
    registration_closes_at: datetime | None
    capacity: int | None
    held: int
    waiting: int
    days: int
    first_ends_at: datetime
    fee: Decimal
    form: str
    points: Decimal
    competences: tuple[str, ...]

    @property
    def form_label(self) -> str | Promise:
        """The form in words."""
        return Programme.Form(self.form).label

    def is_closed(self, now: datetime) -> bool:
        """Whether registration has ended, by its deadline or by the staff."""
        closes_at = self.registration_closes_at
        return self.state == Event.State.CLOSED or (closes_at is not None and closes_at <= now)

    @property
    def hours(self) -> str:
        """The hours of the first day, and how many days there are when there are more."""
        return moments.hours(self.starts_at, self.first_ends_at, self.days)


@dataclass(frozen=True, slots=True)
class ProgrammeEntry:
    """A programme in the catalogue; `coming` says how many of its seminars are ahead."""

    pk: int
    number: str
    ministry_number: str
    title: str
    area: str | None
    hours: int
    points: Decimal
    fee: Decimal
    coming: int
    competences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeOfSeminar:
    """The programme that a seminar carries out, with the seminar's own trainers."""

    pk: int
    form: str
    number: str
    aims: str
    audience: str
    hours: int
    points: Decimal
    area: str | None
    competences: list[str]
    trainers: list[str]

    @property
    def form_label(self) -> str | Promise:
        """The form in words."""
        return Programme.Form(self.form).label


def seminars(keys: Sequence[int]) -> list[SeminarEntry]:
    """The seminars with these keys of events, in the order of the keys."""
    rows = sql.rows(
        SEMINARS, keys=keys, holding=list(Booking.HOLDING), waiting=Booking.State.WAITING.value
    )
    return [SeminarEntry(*(*row[:-1], tuple(row[-1]))) for row in rows]


def programme_of_seminar(key: int) -> ProgrammeOfSeminar:
    """What the page of the seminar of this event says of its programme."""
    (row,) = sql.rows(PROGRAMME_OF_SEMINAR, key=key)
    return ProgrammeOfSeminar(*row)


def programmes(keys: Sequence[int], now: datetime) -> list[ProgrammeEntry]:
    """The programmes with these keys, in the order of the keys."""
    rows = sql.rows(PROGRAMMES, keys=keys, now=now, announced=list(ANNOUNCED))
    return [ProgrammeEntry(*(*row[:-1], tuple(row[-1]))) for row in rows]


def seminar_choices(now: datetime) -> tuple[Choices, list[str]]:
    """Months and places of the coming seminars, for the list's filters."""
    zone = timezone.get_current_timezone_name()
    values = {"zone": zone, "kind": KIND, "draft": Event.State.DRAFT.value, "now": now}
    ((months, places),) = sql.rows(SEMINAR_CHOICES, **values)
    return (
        [(month, _month(month)) for month in months or ()],
        sorted(places or (), key=lambda place: sorting.sort_key(place, "azbuka")),
    )


@remembered.in_each_language
def _month(key: str) -> str:
    return date_format(date.fromisoformat(f"{key}-01"), "F Y")


def programme_choices() -> dict[str, Choices]:
    """What the catalogue's filters offer: only what some published programme has.

    Cycles repeat the codes of competences and priority areas; a code is offered once, named as
    in the newest cycle.
    """
    choices: dict[str, dict[str, str]] = {
        "cycle": {}, "area": {}, "competence": {}, "priority": {}
    }  # fmt: skip
    for name, key, label, *_order in sql.rows(PROGRAMME_CHOICES):
        choices[name].setdefault(key, label)
    return {name: list(offered.items()) for name, offered in choices.items()}


def areas() -> Choices:
    """The areas that have a published programme, in their order."""
    return [(key, name) for key, name in sql.rows(AREAS)]
