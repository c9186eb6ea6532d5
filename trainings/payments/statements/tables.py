"""Statements as CSV. Every bank has columns of its own; the staff say once what is where."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from centar.script.folding import fold
from centar.sheets import delimited
from trainings.payments import amounts
from trainings.payments.statements.entries import Entry, clean

FEWEST_COLUMNS = 3
"""A record with fewer cells filled is a title over the table or a note under it."""

FORMS_OF_DAYS = ("%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y", "%d.%m.%y")


@dataclass(frozen=True)
class Table:
    """A CSV as its records: the headings, and each row with the number of its line."""

    headings: list[str]
    rows: list[tuple[int, list[str]]]

    @property
    def header(self) -> str:
        """What the same bank's next file is known by."""
        return "\n".join(fold(heading) for heading in self.headings)


def table(content: bytes) -> Table:
    """The table in a file, whatever its encoding and separator.

    Raises ValidationError with a sentence for what holds no table.
    """
    no_table = ValidationError(_("No columns were found in this file. Is it a CSV of the bank?"))
    try:
        text = delimited.decoded(content)
    except ValidationError:  # its sentence is about catalogues
        raise no_table from None
    tables = [_divided(text, separator) for separator in delimited.SEPARATORS]
    found = max(tables, key=lambda one: len(one.headings))
    if len(found.headings) < FEWEST_COLUMNS:
        raise no_table
    return found


def read(content: bytes, columns: Mapping[str, int]) -> list[Entry]:
    """The entries of a file, read by the columns that the staff have named.

    `columns` has the number of a column, from 0, for `booked_on`, `amount` and any of `outgoing`,
    `payer`, `payer_account`, `reference`, `purpose` and `bank_reference`. Rows without a day and
    an amount, such as totals, are left out. Raises ValidationError naming the line.
    """
    entries = []
    for line, cells in table(content).rows:
        named = {
            name: cells[number].strip() if number < len(cells) else ""
            for name, number in columns.items()
        }
        if not named["booked_on"] or not (named["amount"] or named.get("outgoing")):
            continue
        try:
            entries.append(_entry(named))
        except ValidationError as error:
            raise ValidationError(
                _("Line %(line)d: %(sentence)s") % {"line": line, "sentence": error.messages[0]}
            ) from None
    return entries


def _entry(named: Mapping[str, str]) -> Entry:
    came = amounts.parse(named["amount"]) if named["amount"] else Decimal(0)
    went = abs(amounts.parse(named["outgoing"])) if named.get("outgoing") else Decimal(0)
    return Entry(
        booked_on=_day(named["booked_on"]),
        amount=came - went,
        payer=clean(named.get("payer"), 200),
        payer_account=clean(named.get("payer_account"), 40),
        reference=clean(named.get("reference"), 80),
        purpose=clean(named.get("purpose"), 300),
        bank_reference=clean(named.get("bank_reference"), 80),
    )


def _day(text: str) -> date:
    plain = re.sub(r"\s", "", text.split("T")[0]).removesuffix(".")[:10]
    for form in FORMS_OF_DAYS:
        try:
            return datetime.strptime(plain, form).date()  # noqa: DTZ007 - a day without a clock
        except ValueError:
            continue
    raise ValidationError(_("“%(text)s” is no date.") % {"text": text[:40]})


def _divided(text: str, separator: str) -> Table:
    # A statement is no program: a sheet's "sep=" line has one cell and is passed over.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        records = [(reader.line_num, record) for record in reader]
    except csv.Error:
        return Table([], [])
    for place, (_line, record) in enumerate(records):
        if sum(bool(cell.strip()) for cell in record) >= FEWEST_COLUMNS:
            headings = [clean(cell, 80) for cell in record]
            return Table(headings, records[place + 1 :])
    return Table([], [])
