"""What a statement would do: each of its entries against what is known already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from trainings.models import Proforma, Statement, StatementFormat, StatementRow
from trainings.payments import references
from trainings.payments.statements import likeness, reading, tables
from trainings.payments.statements.entries import Entry, with_fingerprints

Outcome = StatementRow.Outcome
AT_ONCE = 5000
"""So many values go into one statement of the database."""


@dataclass(frozen=True)
class PlannedRow:
    """One incoming payment, and what it would become.

    `alike` is the row, counted before from another file, that it looks the same as; then it would
    be held.
    """

    fingerprint: str
    entry: Entry
    outcome: StatementRow.Outcome
    proforma: Proforma | None
    alike: StatementRow | None = None


@dataclass(frozen=True)
class Plan:
    """What counting a statement would do; nothing is done yet."""

    rows: list[PlannedRow]
    repeated: int
    outgoing: int

    def counts(self) -> dict[StatementRow.Outcome, int]:
        """How many rows there are of each outcome."""
        possible = (outcome for outcome in Outcome if outcome != Outcome.REPEATED)
        return {outcome: sum(row.outcome == outcome for row in self.rows) for outcome in possible}


def columns_of(statement: Statement) -> Mapping[str, int] | None:
    """The columns of a CSV as they were named for its headings; none while nobody has."""
    assert statement.content is not None  # only asked before it is counted
    header = tables.table(bytes(statement.content)).header
    known = StatementFormat.objects.filter(header=header).first()
    return known.columns if known is not None else None


def needs_columns(statement: Statement) -> bool:
    """Whether the staff must first say what the columns of the file hold."""
    return statement.kind == Statement.Kind.CSV and columns_of(statement) is None


def plan_of(statement: Statement) -> Plan:
    """What counting the statement would do now. Raises ValidationError for a file that cannot
    be read.
    """
    assert statement.content is not None  # only asked before it is counted
    columns = columns_of(statement) if statement.kind == Statement.Kind.CSV else None
    return plan(reading.read(bytes(statement.content), columns))


def plan(entries: Sequence[Entry]) -> Plan:
    """What these entries would become, one after the other in the order of the file."""
    incoming = [entry for entry in entries if entry.amount > 0]
    marked = dict(with_fingerprints(incoming))
    known = _known_rows(marked)
    new = {mark: entry for mark, entry in marked.items() if mark not in known}
    twins = _twins(new, known.values())
    meant = {
        mark: references.candidates(entry.reference, entry.purpose)
        for mark, entry in new.items()
        if mark not in twins
    }
    asked = _asked_for({key for keys in meant.values() for key in keys})
    paid = {proforma.pk: proforma.paid for proforma in asked.values()}
    rows = []
    for mark, entry in new.items():
        if mark in twins:
            rows.append(PlannedRow(mark, entry, Outcome.HELD, None, twins[mark]))
            continue
        proforma = next((asked[key] for key in meant[mark] if key in asked), None)
        outcome = Outcome.UNKNOWN
        if proforma is not None:
            paid[proforma.pk] += entry.amount
            outcome = came_to(paid[proforma.pk], proforma.amount)
        rows.append(PlannedRow(mark, entry, outcome, proforma))
    return Plan(rows, repeated=len(incoming) - len(new), outgoing=len(entries) - len(incoming))


def invoice_named_by(row: StatementRow) -> Proforma | None:
    """The pro-forma invoice that the reference or the purpose of a row names, if it is one."""
    keys = references.candidates(row.reference, row.purpose)
    asked = _asked_for(keys)
    return next((asked[key] for key in keys if key in asked), None)


def came_to(paid: Decimal, owed: Decimal) -> StatementRow.Outcome:
    """What a payment came to, when with it so much is paid of what is owed."""
    if paid == owed:
        return Outcome.MATCHED
    return Outcome.OVERPAID if paid > owed else Outcome.PARTLY


def outcome_of(row: StatementRow, invoices: Iterable[Proforma]) -> StatementRow.Outcome:
    """What a counted row came to with these invoices that it pays for.

    It is unknown while a part of it pays for nothing; else the invoice that needs somebody's eye
    the most decides.
    """
    if row.amount > row.assigned:
        return Outcome.UNKNOWN
    found = {came_to(one.paid, one.amount) for one in invoices}
    worst_first = (Outcome.OVERPAID, Outcome.PARTLY, Outcome.MATCHED)
    return next(outcome for outcome in worst_first if outcome in found)


def _known_rows(marks: Iterable[str]) -> dict[str, tuple[int, int | None]]:
    """The rows with these fingerprints: their keys, and the keys of those they look like."""
    known: dict[str, tuple[int, int | None]] = {}
    for some in _portions(marks):
        rows = StatementRow.objects.filter(fingerprint__in=some)
        for mark, pk, alike in rows.values_list("fingerprint", "pk", "alike"):
            known[mark] = (pk, alike)
    return known


def _twins(
    new: Mapping[str, Entry], told_again: Iterable[tuple[int, int | None]]
) -> dict[str, StatementRow]:
    """The counted row that each new entry looks the same as; each row explains one entry.

    Rows that other entries of the same file are explain nothing more: what a file tells twice
    are two payments.
    """
    explained = {pk for pair in told_again for pk in pair}
    counted = _counted_on({entry.booked_on for entry in new.values()}, explained)
    twins: dict[str, StatementRow] = {}
    for mark, entry in new.items():
        rows = counted[entry.booked_on, entry.amount]
        twin = next((one for one in rows if likeness.may_be_same(entry, _told(one))), None)
        if twin is not None:
            rows.remove(twin)
            twins[mark] = twin
    return twins


def _counted_on(
    days: Iterable[date], explained: set[int | None]
) -> dict[tuple[date, Decimal], list[StatementRow]]:
    counted: dict[tuple[date, Decimal], list[StatementRow]] = defaultdict(list)
    rows = (
        StatementRow.objects.filter(booked_on__in=days)
        .exclude(outcome__in=StatementRow.NOT_COUNTED)
        .select_related("statement")
        .defer("statement__content")
    )
    for row in rows.order_by("pk"):
        if row.pk not in explained:
            counted[row.booked_on, row.amount].append(row)
    return counted


def _told(row: StatementRow) -> Entry:
    """The row as its file told it."""
    return Entry(**{field.name: getattr(row, field.name) for field in fields(Entry)})


def _asked_for(keys: Iterable[str]) -> dict[str, Proforma]:
    """The pro-forma invoices with these references; ended ones too, so that money is found."""
    found: dict[str, Proforma] = {}
    for some in _portions(keys):
        for proforma in Proforma.objects.filter(reference_key__in=some).select_related("document"):
            found[proforma.reference_key] = proforma
    return found


def _portions(values: Iterable[str]) -> Iterable[list[str]]:
    everything = list(values)
    return (everything[start : start + AT_ONCE] for start in range(0, len(everything), AT_ONCE))
