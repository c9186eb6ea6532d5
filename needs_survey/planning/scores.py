"""The score of a programme, and the parts that staff can read and weigh."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from needs_survey.planning.demand import Wanted

CENT = Decimal("0.01")
PARTS = ("teachers", "schools", "municipalities", "priority")
"""What a programme is judged by; the weights of a plan bear the same names."""


@dataclass(frozen=True)
class Part:
    """A share of the largest value of all programmes, times the weight: these are the points."""

    value: int
    largest: int
    weight: int

    @property
    def points(self) -> Decimal:
        """The points, to two decimals."""
        if not self.largest:
            return Decimal(0)
        return (Decimal(self.weight) * self.value / self.largest).quantize(CENT)


Parts = Mapping[str, Part]


def parts(programmes: Iterable[Wanted], weights: Mapping[str, int]) -> list[dict[str, Part]]:
    """The parts of each programme's score, in the order given."""
    values = [_values(wanted) for wanted in programmes]
    largest = {name: max((one[name] for one in values), default=0) for name in PARTS}
    return [
        {name: Part(one[name], largest[name], weights[name]) for name in PARTS} for one in values
    ]


def score(parts: Parts) -> Decimal:
    """The sum of the points."""
    return sum((part.points for part in parts.values()), Decimal(0))


def _values(wanted: Wanted) -> dict[str, int]:
    return {
        "teachers": wanted.teachers,
        "schools": wanted.schools,
        "municipalities": wanted.municipalities,
        "priority": int(wanted.in_priority),
    }
