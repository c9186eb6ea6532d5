"""The scores of a programme, a place and a time, in parts that staff can read and weigh."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from needs_survey.planning.demand import Wanted

CENT = Decimal("0.01")
PROGRAMME = ("teachers", "schools", "municipalities", "priority")
PLACE = ("near", "wanted", "room")
TIME = ("suits", "quiet")
PARTS = (*PROGRAMME, *PLACE, *TIME)
"""What is judged, and by what; the weights of a plan bear the same names."""
ONLINE = "online"
"""Instead of the parts of a place: those who want it online beside those who want it live."""

Weights = Mapping[str, int]


@dataclass(frozen=True)
class Part:
    """A share of the largest value of all that are compared, times the weight: the points."""

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


def parts(programmes: Iterable[Wanted], weights: Weights) -> list[dict[str, Part]]:
    """The parts of each programme's score, in the order given."""
    values = [_values(wanted) for wanted in programmes]
    largest = {name: max((one[name] for one in values), default=0) for name in PROGRAMME}
    return [weighed(one, largest, weights) for one in values]


def weighed(
    values: Mapping[str, int], largest: Mapping[str, int], weights: Weights
) -> dict[str, Part]:
    """The parts of a score from its values."""
    return {name: Part(value, largest[name], weights[name]) for name, value in values.items()}


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
