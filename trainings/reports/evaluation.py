"""What the participants said of a seminar: drawings for the page, and the paper to print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from centar.documents import pdf
from centar.events import moments
from centar.questionnaires import charts
from centar.questionnaires.queries import Distribution, Group, Result, Results
from centar.script import faces
from trainings.models import Seminar
from trainings.reports import figures


@dataclass(frozen=True)
class Drawing:
    """A chart with the sentence that goes with it; `number` is its own on the page."""

    number: str
    chart: charts.Chart
    note: str


def drawings(result: Result) -> list[Drawing]:
    """The charts of one question, one for each statement of a matrix."""
    return [
        Drawing(f"{result.question.pk}-{number}", _chart(result, one), note(one))
        for number, one in enumerate(result.distributions)
    ]


def note(one: Distribution) -> str:
    """How many answered, and the mean where there is one; or that it is hidden."""
    if one.is_hidden:
        return _("Too few answered this.")
    answered = ngettext("%(n)d answer", "%(n)d answers", one.answered) % {"n": one.answered}
    if one.mean is None:
        return answered
    values = {"answers": answered, "mean": figures.mean(one.mean)}
    if one.least is None or one.most is None or one.shares:
        return _("%(answers)s, mean %(mean)s") % values
    values |= {"least": figures.mean(one.least), "most": figures.mean(one.most)}
    return _("%(answers)s, mean %(mean)s, from %(least)s to %(most)s") % values


def too_few(results: Results) -> str:
    """Why nothing is shown."""
    return ngettext(
        "%(n)d participant has answered. Results are shown from %(smallest)d answers on, so that "
        "nobody can be recognised.",
        "%(n)d participants have answered. Results are shown from %(smallest)d answers on, so that "
        "nobody can be recognised.",
        results.responses,
    ) % {"n": results.responses, "smallest": results.smallest}


def mean(results: Results | None) -> str:
    """The mean grade as written; empty where there is none to show."""
    return "" if results is None or results.mean is None else figures.mean(results.mean)


def groupings(results: Results) -> list[tuple[str, list[tuple[Group, str]]]]:
    """Each question by which the mean grade is divided, with its groups and their means."""
    return [
        (one.question.text, [(group, group_mean(group)) for group in one.groups])
        for one in results.groupings
    ]


def group_mean(group: Group) -> str:
    """The mean grade of a group, or that it is hidden."""
    if group.is_hidden:
        return _("hidden")
    return figures.mean(group.mean) if group.mean is not None else "–"


def paper(seminar: Seminar, results: Results, face: faces.Face) -> bytes:
    """The results to print, for the trainer and the institute."""
    days = [moments.span(day.starts_at, day.ends_at) for day in seminar.event.days]
    data: dict[str, Any] = {
        "centre": _("Centre for Education Kragujevac"),
        "title": _("Evaluation of the seminar"),
        "subtitle": seminar.event.title,
        "facts": [
            [_("Dates"), "; ".join(days)],
            [_("Trainers"), "; ".join(one.name for one in seminar.trainers.all()) or "–"],
            [_("Answers"), str(results.responses)],
            [_("Mean grade"), mean(results) or "–"],
        ],
        "hidden": too_few(results) if results.is_hidden else "",
        "questions": [_question(result) for result in results.questions],
        "groupings": [
            {
                "title": grouping.question.text,
                "head": [_("Group"), _("Answers"), _("Mean grade")],
                "rows": [
                    [one.label, str(one.responses), group_mean(one)] for one in grouping.groups
                ],
            }
            for grouping in results.groupings
        ],
        "groupings_title": _("Mean grade by groups"),
    }
    return pdf.render("evaluation", data, face=face)


def _question(result: Result) -> dict[str, Any]:
    """A question for the paper."""
    return {
        "text": result.question.text,
        "hidden": _("Too few answered this question.") if result.is_hidden else "",
        "charts": [
            {
                "title": one.label,
                "note": note(one),
                "bars": [[share.label, share.percent, _value(share)] for share in one.shares],
            }
            for one in result.distributions
        ],
        "texts": result.texts,
    }


def _chart(result: Result, one: Distribution) -> charts.Chart:
    rows = [(share.label, float(share.percent), _value(share)) for share in one.shares]
    title = one.label or result.question.text
    return charts.bars(title, (_("Answer"), _("How many")), rows, top=100)


def _value(share: Any) -> str:
    return f"{share.count} ({share.percent}%)"
