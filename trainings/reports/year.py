"""The Centre's year in numbers: drawings for the page, a workbook and a paper."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from centar.documents import pdf
from centar.events import moments
from centar.questionnaires import charts
from centar.script import faces
from trainings.queries.year import HeldSeminar, Part, Year
from trainings.reports import figures, workbooks


def figures_of(year: Year) -> list[tuple[str, str]]:
    """The year's totals with their names, as people write numbers."""
    totals = [(name, str(total)) for name, total in _totals(year)]
    return [*totals, (_("Mean grade"), figures.mean(year.mean) if year.mean is not None else "–")]


def _totals(year: Year) -> list[tuple[str, int]]:
    return [
        (_("Seminars held"), len(year.seminars)),
        (_("Hours of training"), year.hours),
        (_("Participants"), year.participants),
        (_("Different people"), year.people),
    ]


def drawings(year: Year) -> list[charts.Chart]:
    """Participants by municipality and by subject, and the grades of the seminars."""
    graded = [one for one in year.seminars if one.mean is not None]
    grades = [(one.title, float(one.mean), figures.mean(one.mean)) for one in graded if one.mean]
    return [
        *(_parts(title, head, parts) for title, head, parts in _lists(year) if parts),
        *(
            [charts.bars(_("Mean grade of seminars"), (_("Seminar"), _("Mean grade")), grades, 5)]
            if grades
            else []
        ),
    ]


def workbook(year: Year, face: faces.Face) -> bytes:
    """Totals with the seminars, then a sheet for each list."""
    seminars = workbooks.Sheet(
        name=str(year.year),
        title=_title(year),
        facts=[
            *_totals(year),
            (_("Mean grade"), "–" if year.mean is None else figures.rounded(year.mean)),
        ],
        columns=(
            (_("Day"), 20),
            (_("Seminar"), 60),
            (_("Area"), 30),
            (_("Hours of training"), 12),
            (_("Participants"), 12),
            (_("Mean grade"), 12),
        ),
        rows=[
            (
                moments.day(one.starts_at),
                one.title,
                one.area,
                one.hours,
                one.participants,
                figures.rounded(one.mean) if one.mean is not None else None,
            )
            for one in year.seminars
        ],
    )
    lists = [
        workbooks.Sheet(
            name=head,
            title=title,
            columns=((head, 40), (_("Participants"), 14)),
            rows=[(part.name, part.participants) for part in parts],
        )
        for title, head, parts in _lists(year)
    ]
    return workbooks.written([seminars, *lists], face)


def paper(year: Year, face: faces.Face) -> bytes:
    """The year to print."""
    data: dict[str, Any] = {
        "centre": _("Centre for Education Kragujevac"),
        "title": _title(year),
        "figures": [list(figure) for figure in figures_of(year)],
        "charts": [_bars(chart) for chart in drawings(year)],
        "seminars_title": _("Seminars held"),
        "head": [
            _("Day"),
            _("Seminar"),
            _("Hours of training"),
            _("Participants"),
            _("Mean grade"),
        ],
        "rows": [_row(one) for one in year.seminars],
    }
    return pdf.render("year", data, face=face)


def _title(year: Year) -> str:
    return _("The year %(year)d in numbers") % {"year": year.year}


def _lists(year: Year) -> list[tuple[str, str, list[Part]]]:
    return [
        (_("Participants by municipality"), _("Municipality"), year.municipalities),
        (_("Participants by subject"), _("Subject"), year.subjects),
    ]


def _parts(title: str, head: str, parts: list[Part]) -> charts.Chart:
    rows = [(part.name, float(part.participants), str(part.participants)) for part in parts]
    return charts.bars(title, (head, _("Participants")), rows)


def _bars(chart: charts.Chart) -> dict[str, Any]:
    """A chart for the paper."""
    bars = [[bar.label, bar.percent, bar.value] for bar in chart.bars]
    return {"title": chart.title, "bars": bars}


def _row(one: HeldSeminar) -> list[str]:
    grade = figures.mean(one.mean) if one.mean is not None else "–"
    day = moments.day(one.starts_at)
    return [day, one.title, str(one.hours), str(one.participants), grade]
