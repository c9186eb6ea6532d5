"""The summary of a round: what a school said beside the region, and the paper for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from centar.documents import pdf
from centar.events import moments
from centar.schools.models import School
from centar.script import faces
from needs_survey.models import Round
from needs_survey.queries import summary as queries
from needs_survey.queries.results import Beside, responses_to
from needs_survey.reports import pages
from needs_survey.reports.parts import Part, part


def school_parts(beside: Sequence[Beside], school: School) -> list[Part]:
    """Each question as a school answered it, beside the region."""
    names = [school.name, _("The region")]
    return [part(one, names, by_mean=True) for one in beside]


def paper(round: Round, face: faces.Face) -> bytes:
    """What was said and what was done, to print."""
    responses = responses_to(round).count()
    answers = ngettext("%(n)d answer", "%(n)d answers", responses) % {"n": responses}
    data: dict[str, Any] = {
        "centre": _("Centre for Education Kragujevac"),
        "title": round.title,
        "facts": [
            [
                pgettext("of a survey", "Asked"),
                f"{moments.day(round.opens_on)} – {moments.day(round.closes_on)}",
            ],
            [_("Answers"), answers],
        ],
        "said": _("What you said"),
        "questions": [_question(one) for one in pages.public_parts(round)],
        "did": _("What we did"),
        "done": [line for line in round.done.splitlines() if line.strip()],
        "deeds": [
            [
                moments.day(deed.event.starts_at) if deed.event.starts_at else "–",
                deed.event.title,
                _("held") if deed.is_held else _("planned"),
            ]
            for deed in queries.deeds(round)
        ],
        "deeds_head": [_("Day"), _("Seminar"), _("State")],
    }
    return pdf.render("survey_summary", data, face=face)


def _question(one: Part) -> dict[str, Any]:
    """A question for the paper."""
    bars = []
    if one.chart is not None:
        widest = max((bar.width for row in one.chart.rows for bar in row.bars), default=0) or 1
        bars = [
            [row.label, round(100 * bar.width / widest), bar.words]
            for row in one.chart.rows
            for bar in row.bars
        ]
    table = None
    if one.heat is not None:
        table = {
            "head": list(one.heat.head),
            "rows": [[label, *(cell.words for cell in cells)] for label, cells in one.heat.rows],
        }
    return {"text": one.question.text, "note": one.note, "bars": bars, "table": table}
