"""One question's result as a page or a paper shows it: a sentence, a chart, a heat table, words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from centar.questionnaires import heat, series
from centar.questionnaires.models import SCALE, Question
from centar.questionnaires.narrowing import Found, Row
from centar.questionnaires.series import Value
from needs_survey.queries.results import Beside

Kind = Question.Kind

MOST_THINGS = 20
"""Things of a list that a chart shows, those chosen most; an export has all of them."""


@dataclass(frozen=True)
class Part:
    """What is shown of a question; `more` is the number of words or things left out."""

    question: Question
    note: str
    chart: series.Chart | None = None
    heat: heat.Heat | None = None
    texts: list[str] = field(default_factory=list)
    more: int = 0


def part(beside: Beside, names: Sequence[str], *, by_mean: bool = False) -> Part:
    """The part of a question. `names` are those of this round and of what is shown beside it where
    the same was asked there. `by_mean` compares numbers by their means, where one side is a single
    answer.
    """
    found = beside.now
    if beside.before is None:
        names = names[:1]
    question = found.question
    if question.kind in Question.IN_WORDS:
        return Part(
            question,
            _answers(found.answered),
            texts=found.texts,
            more=found.answered - len(found.texts),
        )
    if found.is_hidden:
        return Part(question, _("Too few answered this question."))
    if question.kind == Kind.MATRIX:
        return Part(question, _answers(found.answered), heat=_heat(beside, names))
    shown = found.rows
    if question.kind == Kind.LISTED:
        shown = found.rows[:MOST_THINGS]
    elif question.kind == Kind.RANKING:
        shown = sorted(found.rows, key=lambda row: (row.mean is None, row.mean or 0))
    return Part(
        question,
        note(beside, names),
        _chart(beside, shown, names, by_mean),
        more=len(found.rows) - len(shown),
    )


def note(beside: Beside, names: Sequence[str]) -> str:
    """How many answered, and the mean of a scale or a number, with that beside it."""
    found = beside.now
    own = found.row("")
    answered = _answers(found.answered)
    if own is None or own.mean is None:
        return answered
    values = {"answers": answered, "mean": written(own.mean)}
    if found.question.kind == Kind.NUMBER:
        values["total"] = written(own.total)
        sentence = _("%(answers)s, mean %(mean)s, together %(total)s") % values
    else:
        sentence = _("%(answers)s, mean %(mean)s") % values
    before = beside.before.row("") if beside.before else None
    if before is None or before.mean is None:
        return sentence
    values = {"now": sentence, "name": names[-1], "mean": written(before.mean)}
    return _("%(now)s (%(name)s: %(mean)s)") % values


def value(found: Found, row: Row | None, *, by_mean: bool = False) -> Value:
    """A line of a result as the size of a bar and in words."""
    if row is None:
        return Value(None, "–")
    if row.is_hidden:
        return Value(None, _("hidden"))
    kind = found.question.kind
    if kind == Kind.NUMBERS:
        number = row.mean or Decimal(0) if by_mean else row.total
        return Value(float(number), written(number))
    if kind == Kind.RANKING:
        return _place(found, row)
    if kind == Kind.LISTED and row.total > row.people:
        people = int(row.total)
        words = ngettext("%(answers)s, for %(n)d person", "%(answers)s, for %(n)d people", people)
        return Value(row.people, words % {"answers": _answers(row.people), "n": people})
    percent = round(100 * row.people / found.answered) if found.answered else 0
    return Value(percent, f"{row.people} ({percent}%)")


def _place(found: Found, row: Row) -> Value:
    """The higher a mean place, the longer its bar."""
    if row.mean is None:
        return Value(None, "–")
    last = len(found.rows)
    return Value(float(last + 1 - row.mean), _("place %(mean)s") % {"mean": written(row.mean)})


def _chart(
    beside: Beside, rows: Sequence[Row], names: Sequence[str], by_mean: bool
) -> series.Chart | None:
    found, before = beside.now, beside.before
    if found.question.kind == Kind.NUMBER:
        return None
    if found.question.kind == Kind.SCALE:
        lines = _grades(found, before)
    else:
        lines = []
        for row in rows:
            values = [value(found, row, by_mean=by_mean)]
            if before is not None:
                values.append(value(before, before.row(row.code), by_mean=by_mean))
            lines.append((row.label, values))
    if not lines:
        return None
    return series.bars(found.question.text, [_("Answer"), *names], lines)


def _grades(found: Found, before: Found | None) -> list[tuple[str, list[Value]]]:
    """The grades of a scale with how many gave each; nothing where only the mean is shown."""
    sides = [found.row(""), *([before.row("")] if before else [])]
    if sides[0] is None or not sides[0].numbers:
        return []
    return [(str(grade), [_share(side, grade) for side in sides]) for grade in SCALE]


def _share(row: Row | None, number: int) -> Value:
    if row is None or not row.numbers:
        return Value(None, "–")
    people = row.numbers.get(Decimal(number), 0)
    percent = round(100 * people / row.people)
    return Value(percent, f"{people} ({percent}%)")


def _heat(beside: Beside, names: Sequence[str]) -> heat.Heat:
    """Statements by grades, each cell the darker the more gave the grade."""
    found, before = beside.now, beside.before
    has_grades = any(row.numbers for row in found.rows)
    grades = SCALE if has_grades else ()
    head = [_("Statement"), *(str(grade) for grade in grades), _("Mean")]
    head += [_("Mean: %(round)s") % {"round": name} for name in names[1:]]
    rows = []
    for row in found.rows:
        cells = [_cell(row, grade) for grade in grades]
        cells.append(_mean_cell(row))
        if before is not None:
            cells.append(_mean_cell(before.row(row.code)))
        rows.append((row.label, cells))
    return heat.Heat(found.question.text, head, rows)


def _cell(row: Row, grade: int) -> heat.Cell:
    if row.is_hidden or (row.people and not row.numbers):
        return heat.Cell(_("hidden"))
    people = row.numbers.get(Decimal(grade), 0)
    return heat.Cell(str(people), heat.level(people, row.people))


def _mean_cell(row: Row | None) -> heat.Cell:
    if row is not None and row.is_hidden:
        return heat.Cell(_("hidden"))
    if row is None or row.mean is None:
        return heat.Cell("–")
    return heat.Cell(written(row.mean))


def _answers(number: int) -> str:
    return ngettext("%(n)d answer", "%(n)d answers", number) % {"n": number}


def written(number: Decimal) -> str:
    """A number as people write it, with at most two decimals."""
    rounded = round(number, 2)
    is_whole = rounded == rounded.to_integral_value()
    return str(number_format(rounded, 0 if is_whole else 2, force_grouping=True))
