"""The numbers of a year in words: for the page, and for a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from centar.questionnaires import charts
from centar.questionnaires.charts import Chart
from centar.sheets import writing
from library import udc
from library.models import MemberKind, Record
from library.queries.statistics import Year


@dataclass(frozen=True)
class Table:
    """Rows of a label and a number, under a heading; `of` says what the labels are."""

    heading: str
    of: str
    rows: Sequence[tuple[str, int]]


def figures(year: Year) -> list[tuple[str, int]]:
    """The year at a glance."""
    return [
        (_("Lent in the year"), year.loans),
        (_("Renewed"), year.renewals),
        (_("Lost by readers"), year.lost),
        (_("Reservations"), year.reservations),
        (_("Reservations fetched"), year.fetched),
        (_("Reservations not fetched in time"), year.unfetched),
        (_("New members"), year.joined),
        (_("Copies acquired"), year.acquired),
        (_("Members now"), year.members),
        (_("Titles now"), year.titles),
        (_("Copies now"), year.copies),
    ]


def by_month(year: Year) -> Chart:
    """How much was lent in each month."""
    rows = [(str(MONTHS[month]), float(loans), str(loans)) for month, loans in year.months]
    return charts.bars(_("Lent by month"), (_("Month"), _("Lent")), rows)


def tables(year: Year) -> list[Table]:
    """Who borrows and what, each the most first; only what was lent."""
    record_kinds = dict(Record.Kind.choices)
    return [
        Table(
            _("By kind of member"),
            _("Member"),
            _rows(year.member_kinds, lambda kind: str(MemberKind(kind).label)),
        ),
        Table(
            _("By kind of material"),
            _("Material"),
            _rows(year.record_kinds, lambda kind: str(record_kinds[kind])),
        ),
        Table(_("By field"), _("Field"), _rows(year.classes, _field)),
    ]


def workbook(year: Year, written: Callable[[str], str]) -> bytes:
    """All of it in one sheet, its texts in the script that `written` gives. May raise TooLong."""
    columns = [
        writing.Column(written(_("What"))),
        writing.Column(""),
        writing.Column(written(_("Number")), is_number=True),
    ]
    rows = ((written(what), written(label), number) for what, label, number in _lines(year))
    return writing.as_xlsx(str(year.year), columns, rows)


def _lines(year: Year) -> Iterator[tuple[str, str, int]]:
    for label, number in figures(year):
        yield _("The year"), label, number
    for month, loans in year.months:
        yield _("Lent by month"), str(MONTHS[month]), loans
    for table in tables(year):
        for label, number in table.rows:
            yield table.heading, label, number
    for one in year.most_lent:
        yield _("Lent most"), one.title, one.loans


def _rows(numbers: Mapping[str, int], named: Callable[[str], str]) -> list[tuple[str, int]]:
    return [(named(key), number) for key, number in numbers.items()]


def _field(digit: str) -> str:
    return f"{digit} {udc.CLASSES[digit]}" if digit in udc.CLASSES else _("without a field")
