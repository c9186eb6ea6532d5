"""What an import would do, row by row. Making a plan only reads the database."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from centar.sheets import notation
from trainings.catalogue_files import headings, keys
from trainings.catalogue_files.columns import KEEP, CodesColumn, Column, Surroundings
from trainings.catalogue_files.known import Known
from trainings.catalogue_files.sheets import Row, Sheet
from trainings.models import Area, Cycle, Programme, Trainer


@dataclass
class Cell:
    """A cell as typed, what it is now and what it will be, and what is wrong with it."""

    column: Column
    typed: str
    before: str = ""
    after: str = ""
    changes: bool = False
    errors: list[str] = field(default_factory=list)


@dataclass
class PlannedRow:
    """A row of the file: the programme it speaks of, and its cells.

    `programme` is None for a new one. `values` holds what is to be written.
    """

    line: int
    programme: Programme | None = None
    cells: list[Cell] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    @property
    def is_wrong(self) -> bool:
        """Whether anything must be put right first."""
        return bool(self.errors) or any(cell.errors for cell in self.cells)

    @property
    def is_new(self) -> bool:
        """Whether a programme will be made."""
        return not self.is_wrong and self.programme is None

    @property
    def is_changed(self) -> bool:
        """Whether an existing programme will be changed."""
        return not self.is_wrong and self.programme is not None and bool(self.values)

    @property
    def is_same(self) -> bool:
        """Whether there is nothing to do."""
        return not self.is_wrong and self.programme is not None and not self.values

    @property
    def shown(self) -> list[Cell]:
        """The cells that the preview shows: all that is typed in a wrong row, else the changes."""
        if self.is_wrong:
            return [cell for cell in self.cells if cell.typed.strip() or cell.errors]
        return [cell for cell in self.cells if cell.changes]

    @property
    def title(self) -> str:
        """The number and title that the row is known by."""
        typed = {cell.column: cell.typed for cell in self.cells}
        parts = (typed[headings.NUMBER], typed[headings.TITLE])
        return " ".join(notation.one_line(part) for part in parts if part)


@dataclass(frozen=True)
class Plan:
    """The whole import as it would be now."""

    rows: tuple[PlannedRow, ...]
    ignored: tuple[str, ...]
    areas: tuple[Area, ...]
    trainers: tuple[Trainer, ...]

    @property
    def wrong(self) -> list[PlannedRow]:
        """Rows that must be put right before anything is imported."""
        return [row for row in self.rows if row.is_wrong]

    @property
    def new(self) -> list[PlannedRow]:
        """Rows that become programmes."""
        return [row for row in self.rows if row.is_new]

    @property
    def changed(self) -> list[PlannedRow]:
        """Rows that change programmes."""
        return [row for row in self.rows if row.is_changed]

    @property
    def same(self) -> list[PlannedRow]:
        """Rows with nothing to do."""
        return [row for row in self.rows if row.is_same]

    @property
    def can_be_imported(self) -> bool:
        """Whether nothing is wrong and there is something to do."""
        return not self.wrong and bool(self.new or self.changed)

    def fingerprint(self) -> str:
        """Equal for two plans exactly when they would do the same to the same rows."""
        rows = [
            (
                row.line,
                row.programme.pk if row.programme else None,
                [
                    (cell.column.heading, cell.before, cell.after)
                    for cell in row.cells
                    if cell.changes
                ],
            )
            for row in self.rows
        ]
        made = [[area.name for area in self.areas], [trainer.name for trainer in self.trainers]]
        return hashlib.sha256(json.dumps([rows, made]).encode()).hexdigest()


def make(sheet: Sheet, *, lock: bool = False) -> Plan:
    """Compare the sheet with the catalogue, in a constant number of queries.

    With `lock`, inside a transaction, the catalogue stays as it is until the transaction ends.
    """
    arrangement = headings.arrange(sheet.headings)
    place = arrangement.places[headings.CYCLE]
    known = Known.load({_text(row, place) for row in sheet.rows}, lock=lock)
    taken: dict[object, int] = {}
    rows = tuple(_planned(row, sheet, arrangement, known, taken) for row in sheet.rows)
    return Plan(
        rows=rows,
        ignored=arrangement.ignored,
        areas=tuple(known.new_areas.values()),
        trainers=tuple(known.new_trainers.values()),
    )


def _planned(
    row: Row,
    sheet: Sheet,
    arrangement: headings.Arrangement,
    known: Known,
    taken: dict[object, int],
) -> PlannedRow:
    cells = {
        column: Cell(column, _text(row, place)) for column, place in arrangement.places.items()
    }
    for column, place in arrangement.places.items():
        problem = sheet.problems.get((row.line, place))
        if problem:
            cells[column].errors.append(problem)
    planned = PlannedRow(row.line, cells=list(cells.values()))
    beyond = [text for text in row.cells[len(sheet.headings) :] if text.strip()]
    if beyond:
        planned.errors.append(
            _("“%(text)s” stands right of the last heading. Is a separator too many in this row?")
            % {"text": beyond[0][:40]}
        )
    cycle, number, title = (
        _read(cells[column], Surroundings(known, None, None)) for column in headings.NEEDED
    )
    has_cycle = not cells[headings.CYCLE].errors
    if not any(cells[column].errors for column in headings.NEEDED):
        _find(planned, cells, known, taken, cycle=cycle, number=number, title=title)
    around = Surroundings(known, cycle if has_cycle else None, planned.programme)
    for cell in cells.values():
        # Which codes there are, only the cycle can tell.
        if not cell.errors and (has_cycle or not isinstance(cell.column, CodesColumn)):
            _compare(planned, cell, _read(cell, around))
    _check_group(planned, cells)
    return planned


def _text(row: Row, place: int) -> str:
    return row.cells[place] if place < len(row.cells) else ""


def _read(cell: Cell, around: Surroundings) -> Any:
    if cell.errors:
        return KEEP
    try:
        return cell.column.read(cell.typed, around)
    except ValidationError as error:
        cell.errors.extend(error.messages)
        return KEEP


def _find(
    planned: PlannedRow,
    cells: dict[Column, Cell],
    known: Known,
    taken: dict[object, int],
    *,
    cycle: Cycle | None,
    number: str,
    title: str,
) -> None:
    """Which programme the row speaks of; no other row may speak of it."""
    named_by = cells[headings.NUMBER if number else headings.TITLE]
    try:
        planned.programme = known.programme(cycle, number, title)
    except ValidationError as error:
        named_by.errors.extend(error.messages)
        return
    key: object = (
        planned.programme.pk
        if planned.programme
        else (cycle, bool(number), keys.code(number) if number else keys.name(title))
    )
    first = taken.setdefault(key, planned.line)
    if first != planned.line:
        named_by.errors.append(
            _("Row %(line)d already speaks of this programme.") % {"line": first}
        )


def _compare(planned: PlannedRow, cell: Cell, value: Any) -> None:
    """Put into the plan what the cell changes, and what it looks like before and after."""
    if value is KEEP:
        return
    column = cell.column
    if planned.programme is None:
        cell.after = _shown(column, value)
        cell.changes = bool(cell.after)
        planned.values[column.attribute] = value
        return
    now = column.of(planned.programme)
    if not column.same(now, value):
        cell.before, cell.after = _shown(column, now), _shown(column, value)
        cell.changes = True
        planned.values[column.attribute] = value


def _shown(column: Column, value: Any) -> str:
    written = column.write(value)
    return written if isinstance(written, str) else notation.written_number(written)


def _check_group(planned: PlannedRow, cells: dict[Column, Cell]) -> None:
    """The database would refuse a largest group below the smallest one."""
    programme = planned.programme or Programme()
    smallest, largest = (
        planned.values.get(column.attribute, column.of(programme))
        for column in (headings.SMALLEST, headings.LARGEST)
    )
    limits = [cells[column] for column in (headings.LARGEST, headings.SMALLEST) if column in cells]
    if largest < smallest and not any(cell.errors for cell in limits):
        assert limits, "one of them comes from the file"
        limits[0].errors.append(
            _("The largest group (%(largest)d) is smaller than the smallest (%(smallest)d).")
            % {"largest": largest, "smallest": smallest}
        )
