"""What the participants said of a seminar: drawings for the page, and the paper to print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from centar.documents import pdf
from centar.events import moments
from centar.questionnaires import charts
from centar.questionnaires.models import SCALE, Question
from centar.questionnaires.narrowing import BY_NUMBERS, Found, Row, Tally
from centar.questionnaires.queries import Group
from centar.script import faces
from trainings.models import Seminar
from trainings.queries.evaluation import Results
from trainings.reports import figures

Kind = Question.Kind
Bar = tuple[str, float, str]
"""A label, the percentage and how it is written."""


@dataclass(frozen=True)
class Drawing:
    """A chart with the sentence that goes with it; `number` is its own on the page, and `label`
    names the statement, if it is of one.
    """

    number: str
    label: str
    chart: charts.Chart
    note: str


@dataclass(frozen=True)
class Part:
    """What is shown of a question; `hidden` says why it is nothing."""

    question: Question
    hidden: str = ""
    drawings: list[Drawing] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


def parts(tally: Tally) -> list[Part]:
    """Each question with its charts, one for each statement of a matrix, or with its words."""
    return [_part(found) for found in tally.found]


def _part(found: Found) -> Part:
    question = found.question
    if question.kind in Question.IN_WORDS:
        return Part(question, texts=found.texts)
    if found.is_hidden or not found.answered:
        return Part(question, hidden=_("Too few answered this question."))
    head = (_("Answer"), _("How many"))
    drawings = [
        Drawing(
            f"{question.pk}-{number}",
            label,
            charts.bars(label or question.text, head, bars, top=100),
            said,
        )
        for number, (label, said, bars) in enumerate(_lines(found))
    ]
    return Part(question, drawings=drawings)


def _lines(found: Found) -> list[tuple[str, str, list[Bar]]]:
    """The label, the sentence and the bars of each chart of a question."""
    question = found.question
    if question.kind in BY_NUMBERS:
        values = _values(question)
        return [(row.label, note(question, row), _bars(row, values)) for row in found.rows]
    bars = [
        (row.label, 0.0, _("hidden"))
        if row.is_hidden
        else _share(row.label, row.people, found.answered)
        for row in found.rows
    ]
    return [("", _answers(found.answered), bars)]


def _values(question: Question) -> Sequence[int]:
    """The grades or places that are shown one by one."""
    if question.kind in Question.ON_SCALE:
        return SCALE
    if question.kind == Kind.RANKING:
        offered = len(question.options.all())
        return range(1, min(question.most or offered, offered) + 1)
    return ()


def _bars(row: Row, values: Sequence[int]) -> list[Bar]:
    """How many gave each of the values; nothing where the line is hidden."""
    if row.is_hidden:
        return []
    return [_share(str(one), row.numbers.get(Decimal(one), 0), row.people) for one in values]


def _share(label: str, people: int, answered: int) -> Bar:
    percent = round(100 * people / answered) if answered else 0
    return label, float(percent), f"{people} ({percent}%)"


def note(question: Question, row: Row) -> str:
    """How many answered, with the mean, and of numbers their span; or that it is hidden."""
    if row.is_hidden:
        return _("Too few answered this.")
    answered = _answers(row.people)
    if row.mean is None:
        return answered
    values = {"answers": answered, "mean": figures.mean(row.mean)}
    if question.kind not in (Kind.NUMBER, Kind.NUMBERS):
        return _("%(answers)s, mean %(mean)s") % values
    values |= {
        "least": figures.mean(min(row.numbers)),
        "most": figures.mean(max(row.numbers)),
    }
    return _("%(answers)s, mean %(mean)s, from %(least)s to %(most)s") % values


def _answers(number: int) -> str:
    return ngettext("%(n)d answer", "%(n)d answers", number) % {"n": number}


def too_few(tally: Tally) -> str:
    """Why nothing is shown."""
    return ngettext(
        "%(n)d participant has answered. Results are shown from %(smallest)d answers on, so that "
        "nobody can be recognised.",
        "%(n)d participants have answered. Results are shown from %(smallest)d answers on, so that "
        "nobody can be recognised.",
        tally.responses,
    ) % {"n": tally.responses, "smallest": tally.smallest}


def mean(results: Results) -> str:
    """The mean grade as written; empty where there is none to show."""
    return "" if results.mean is None else figures.mean(results.mean)


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
            [_("Answers"), str(results.tally.responses)],
            [_("Mean grade"), mean(results) or "–"],
        ],
        "hidden": too_few(results.tally) if results.tally.is_hidden else "",
        "questions": [_question(part) for part in parts(results.tally)],
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


def _question(part: Part) -> dict[str, Any]:
    """A question for the paper."""
    return {
        "text": part.question.text,
        "hidden": part.hidden,
        "charts": [
            {
                "title": drawing.label,
                "note": drawing.note,
                "bars": [[bar.label, bar.percent, bar.value] for bar in drawing.chart.bars],
            }
            for drawing in part.drawings
        ],
        "texts": part.texts,
    }
