"""The columns in their order, and finding them in a file by their headings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from centar.sheets import notation
from trainings.catalogue_files import keys
from trainings.catalogue_files.columns import (
    AreaColumn,
    CodesColumn,
    Column,
    CycleColumn,
    FormColumn,
    IdentityColumn,
    NumberColumn,
    TrainersColumn,
)

CYCLE = CycleColumn("циклус", "cycle")
NUMBER = IdentityColumn("каталошки број", "number")
TITLE = Column("назив", "title")
SMALLEST = NumberColumn("најмања група", "group_minimum")
LARGEST = NumberColumn("највећа група", "group_maximum")
NEEDED = (CYCLE, NUMBER, TITLE)
ALL: tuple[Column, ...] = (
    CYCLE,
    NUMBER,
    Column("министарски број", "ministry_number", ("број министарства",)),
    TITLE,
    FormColumn("облик", "form"),
    AreaColumn("област", "area"),
    CodesColumn("компетенције", "competences"),
    CodesColumn("приоритетне области", "priority_areas"),
    Column("циљна група", "audience"),
    NumberColumn("часова", "hours", ("сати", "број часова")),
    NumberColumn("бодова", "points", ("бодови", "број бодова")),
    TrainersColumn("водитељи", "trainers", ("реализатори",)),
    NumberColumn("котизација", "fee"),
    SMALLEST,
    LARGEST,
    Column("организатор", "organiser"),
    Column("циљеви", "aims"),
    Column("теме", "topics"),
)
_BY_KEY = {
    keys.name(heading): column for column in ALL for heading in (column.heading, *column.also)
}


@dataclass(frozen=True)
class Arrangement:
    """Which column stands where, and the headings that mean nothing to us."""

    places: dict[Column, int]
    ignored: tuple[str, ...]


def recognised(headings: Iterable[str]) -> int:
    """How many of the headings are ours."""
    return sum(_column(heading) is not None for heading in headings)


def arrange(headings: Sequence[str]) -> Arrangement:
    """Our columns among the headings. Raises ValidationError when one is missing or doubled."""
    places: dict[Column, int] = {}
    ignored = []
    for place, heading in enumerate(headings):
        column = _column(heading)
        if column is None:
            ignored.append(notation.one_line(heading) or "–")
        elif column in places:
            raise ValidationError(
                _("The column “%(heading)s” stands there twice.") % {"heading": column.heading}
            )
        else:
            places[column] = place
    missing = [column.heading for column in NEEDED if column not in places]
    if missing:
        raise ValidationError(
            _("The first row must hold the headings; these are missing: %(missing)s.")
            % {"missing": ", ".join(missing)}
        )
    return Arrangement(places, tuple(ignored))


def _column(heading: str) -> Column | None:
    return _BY_KEY.get(keys.name(heading))
