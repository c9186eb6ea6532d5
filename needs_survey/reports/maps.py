"""The municipalities of the region as a map of tiles."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from centar import data_files
from centar.questionnaires import tiles
from centar.questionnaires.models import Question
from centar.questionnaires.narrowing import BY_NUMBERS, Found, Row
from centar.questionnaires.series import Value
from centar.schools.models import Municipality
from needs_survey.queries.rates import Rate
from needs_survey.reports import parts

DATA = Path(__file__).parent.parent / "data" / "tiles.csv"


@cache
def _spots() -> dict[str, tiles.Spot]:
    """Where each municipality stands, roughly as on a map."""
    return {
        row["municipality"]: (int(row["column"]), int(row["row"])) for row in data_files.read(DATA)
    }


def of_rates(rates: Sequence[Rate]) -> tiles.Tiles:
    """The response rate of each municipality."""
    values = [
        (one.label, Value(one.percent, f"{one.percent}% ({one.answered}/{one.asked})"))
        for one in rates
    ]
    head = (_("Municipality"), _("Response rate"))
    return tiles.tiles(_("Response rate by municipality"), head, values, _spots(), most=100)


def of_question(
    question: Question,
    option: str,
    found: Mapping[Hashable, Found],
    municipalities: Sequence[Municipality],
) -> tiles.Tiles:
    """What each municipality answered: the mean, or how many chose the answer coded `option`."""
    label = next((one.text for one in question.options.all() if one.code == option), "")
    title = question.with_part(label) if label else question.text
    values = [(one.name, _value(found.get(one.pk), option)) for one in municipalities]
    return tiles.tiles(title, (_("Municipality"), _("Answer")), values, _spots())


def _value(found: Found | None, option: str) -> Value:
    if found is None or found.is_hidden:
        return Value(None, "–")
    row = next((row for row in found.rows if row.code == option), None)
    if row is None or row.is_hidden:
        return Value(None, "–")
    if found.question.kind in BY_NUMBERS:
        return _mean(row)
    return parts.value(found, row)


def _mean(row: Row) -> Value:
    if row.mean is None:
        return Value(None, "–")
    return Value(float(row.mean), parts.written(row.mean))
