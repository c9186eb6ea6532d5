"""The decision sheet of a call as a workbook, as CSV, and as minutes to be signed."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accreditation.models import Decision
from accreditation.queries.reviews import chairs_of
from accreditation.queries.sheets import Sheet, SheetRow
from centar.documents import pdf
from centar.events import moments
from centar.script import faces
from centar.script.latin import to_latin
from trainings.reports import workbooks
from trainings.reports.workbooks import Cell

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a program of tables would read a cell as a formula by."""


def columns() -> tuple[tuple[str, int], ...]:
    """The headings with their widths."""
    return (
        (pgettext("of a proposal", "Code"), 10),
        (_("Title"), 50),
        (_("Authors"), 45),
        (_("Area"), 20),
        (_("Version"), 10),
        (_("Assessments sent"), 12),
        (_("Assessments asked for"), 12),
        (_("Mean of points"), 12),
        (_("Of the most, %"), 12),
        (_("State"), 22),
        (_("Decided on"), 18),
        (_("Reasons"), 60),
    )


def workbook(sheet: Sheet, face: faces.Face) -> bytes:
    """The sheet as XLSX."""
    page = workbooks.Sheet(
        name=_("Decisions"),
        title=sheet.call.title,
        columns=columns(),
        rows=[_cells(row) for row in sheet.rows],
    )
    return workbooks.written([page], face)


def csv_file(sheet: Sheet, face: faces.Face) -> bytes:
    """The sheet as CSV with semicolons, as Serbian programs of tables expect it."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";")
    writer.writerow([name for name, _width in columns()])
    writer.writerows([_plain(cell) for cell in _cells(row)] for row in sheet.rows)
    text = written.getvalue()
    # With a mark of the order of bytes, by which Excel knows UTF-8.
    return (to_latin(text) if face.is_latin else text).encode("utf-8-sig")


def minutes(sheet: Sheet, face: faces.Face, now: datetime) -> bytes:
    """The minutes (PDF) with everything decided, to be signed by those who led the review."""
    decided = sheet.decided
    data = {
        "centre": _("Centre for Education Kragujevac"),
        "title": _("Minutes of decisions"),
        "subtitle": sheet.call.title,
        "facts": [
            [_("Printed"), moments.written(now)],
            [_("Proposals"), str(len(sheet.rows))],
            [_("Accepted"), str(sheet.number(Decision.Outcome.ACCEPTED))],
            [_("Not accepted"), str(sheet.number(Decision.Outcome.DECLINED))],
            [_("Without a decision"), str(len(sheet.open))],
        ],
        "head": [_("No."), _("Proposal"), _("Mean of points"), _("Decision")],
        "rows": [_in_minutes(number, row) for number, row in enumerate(decided, 1)],
        "nothing": _("Nothing is decided yet."),
        "open": [f"{row.proposal.code}: {row.title}" for row in sheet.open],
        "open_title": _("Without a decision"),
        "signatures": [str(person) for person in chairs_of(sheet.call)] or [_("For the Centre")],
        "signature": _("Signature and date"),
        "reasons": _("Reasons"),
    }
    return pdf.render("decision_minutes", data, face=face, made_at=now)


def _in_minutes(number: int, row: SheetRow) -> dict[str, object]:
    assert row.decision is not None  # only what is decided stands in the minutes
    mean = "" if row.mean is None else f"{row.mean:.2f}".replace(".", ",")
    version = _("version %(number)d") % {"number": row.decision.version.number}
    return {
        "cells": [str(number), row.title, mean, row.decision.get_outcome_display()],
        "code": f"{row.proposal.code}, {version}",
        "authors": row.writers,
        "decided": moments.day(row.decision.decided_at),
        "reasons": row.decision.reasons,
    }


def _cells(row: SheetRow) -> Sequence[Cell]:
    decision = row.decision
    return (
        row.proposal.code,
        row.title,
        row.writers,
        row.area,
        row.version.number,
        row.sent,
        row.live,
        row.mean,
        row.share,
        row.proposal.get_state_display(),
        timezone.localdate(decision.decided_at) if decision else None,
        decision.reasons if decision else None,
    )


def _plain(cell: Cell) -> str:
    """A cell of CSV: never a formula, numbers with a comma, days in words."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA) else cell
    if isinstance(cell, date):
        return moments.day(cell)
    return str(cell) if isinstance(cell, int) else f"{cell:.2f}".replace(".", ",")
