"""What a statement would do: each of its entries against what is known already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from trainings.models import Proforma, Statement, StatementFormat, StatementRow
from trainings.payments import references
from trainings.payments.statements import reading, tables
from trainings.payments.statements.entries import Entry, with_fingerprints

Outcome = StatementRow.Outcome
AT_ONCE = 5000
"""So many values go into one statement of the database."""


@dataclass(frozen=True)
class PlannedRow:
    """One incoming payment, and what it would become."""

    fingerprint: str
    entry: Entry
    outcome: StatementRow.Outcome
    proforma: Proforma | None


@dataclass(frozen=True)
class Plan:
    """What counting a statement would do; nothing is done yet."""

    rows: list[PlannedRow]
    repeated: int
    outgoing: int

    def counts(self) -> dict[StatementRow.Outcome, int]:
        """How many rows there are of each outcome."""
        return {outcome: sum(row.outcome == outcome for row in self.rows) for outcome in Outcome}


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
    known = _known_fingerprints(marked)
    new = {mark: entry for mark, entry in marked.items() if mark not in known}
    meant = {
        mark: references.candidates(entry.reference, entry.purpose) for mark, entry in new.items()
    }
    asked = _asked_for({key for keys in meant.values() for key in keys})
    paid = {proforma.pk: proforma.paid for proforma in asked.values()}
    rows = []
    for mark, entry in new.items():
        proforma = next((asked[key] for key in meant[mark] if key in asked), None)
        outcome = Outcome.UNKNOWN
        if proforma is not None:
            paid[proforma.pk] += entry.amount
            outcome = outcome_of(paid[proforma.pk], proforma.amount)
        rows.append(PlannedRow(mark, entry, outcome, proforma))
    return Plan(rows, repeated=len(incoming) - len(new), outgoing=len(entries) - len(incoming))


def outcome_of(paid: Decimal, owed: Decimal) -> StatementRow.Outcome:
    """What a payment came to, when with it so much is paid of what is owed."""
    if paid == owed:
        return Outcome.MATCHED
    return Outcome.OVERPAID if paid > owed else Outcome.PARTLY


def _known_fingerprints(marks: Iterable[str]) -> set[str]:
    known: set[str] = set()
    for some in _portions(marks):
        rows = StatementRow.objects.filter(fingerprint__in=some)
        known.update(rows.values_list("fingerprint", flat=True))
    return known


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
