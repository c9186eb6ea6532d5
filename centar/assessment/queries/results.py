"""What was said of a thing: points by criteria, totals and words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import mean

from centar.assessment.models import Assignment, Criterion, Item, Score
from centar.assessment.queries.conflicts import counted
from centar.assessment.queries.standings import most_of


@dataclass(frozen=True)
class Assessment:
    """What one assessor sent. Who it is and what only the chair may read is empty for others."""

    number: int
    recommendation: str
    for_author: str
    total: Decimal
    scores: dict[int, Score]
    name: str = ""
    for_chair: str = ""

    @property
    def said(self) -> list[Score]:
        """Scores with words, by the order of their criteria."""
        rows = [one for one in self.scores.values() if one.comment]
        return sorted(rows, key=lambda one: (one.criterion.order, one.criterion_id))

    @property
    def recommendation_label(self) -> str:
        """The recommendation in words; nothing where none was asked for."""
        return str(dict(Assignment.Recommendation.choices).get(self.recommendation, ""))


@dataclass(frozen=True)
class ByCriterion:
    """A criterion with the score that each assessment gives, in their order."""

    criterion: Criterion
    by_assessment: tuple[tuple[Score | None, Assessment], ...]

    @property
    def mean(self) -> Decimal | None:
        """The mean of the points."""
        scores = [score for score, _of in self.by_assessment]
        points = [Decimal(one.points) for one in scores if one and one.points is not None]
        return mean(points) if points else None


@dataclass(frozen=True)
class Results:
    """All that was sent about one item."""

    criteria: tuple[ByCriterion, ...]
    assessments: tuple[Assessment, ...]

    @property
    def mean(self) -> Decimal | None:
        """The mean of the totals."""
        return mean(one.total for one in self.assessments) if self.assessments else None

    @property
    def most(self) -> Decimal:
        """The most that a total can be."""
        return most_of([row.criterion for row in self.criteria])

    @property
    def recommendations(self) -> list[tuple[str, int]]:
        """What was recommended, and how often."""
        labels = dict(Assignment.Recommendation.choices)
        given = Counter(one.recommendation for one in self.assessments if one.recommendation)
        return [(str(labels[key]), given[key]) for key in labels if given[key]]


def results(item: Item, *, in_full: bool, without: Assignment | None = None) -> Results:
    """What was sent about the item, if need be without one assessment; five statements at most.

    In full for whoever `permissions.may_read_assessments` lets. Otherwise as other assessors and
    authors read it: no words for the chair, and names only in an open panel; assessors are
    numbered in the order in which they were asked.
    """
    asked = list(item.assignments.values_list("pk", flat=True).order_by("assigned_at", "pk"))
    numbers = {key: number for number, key in enumerate(asked, 1)}
    sent = counted(item.assignments.filter(state=Assignment.State.SENT))
    if without is not None:
        sent = sent.exclude(pk=without.pk)
    names_all = in_full or not item.panel.hides_assessors
    assessments = tuple(
        _assessment(one, numbers[one.pk], is_named=names_all, in_full=in_full)
        for one in sent.select_related("person").prefetch_related("scores__criterion")
    )
    criteria = tuple(
        ByCriterion(criterion, tuple((one.scores.get(criterion.pk), one) for one in assessments))
        for criterion in item.panel.criteria.all()
    )
    return Results(criteria, assessments)


def of_others(assignment: Assignment) -> Results:
    """What the others sent, for an assessor whom `permissions.may_see_others` lets."""
    return results(assignment.item, in_full=False, without=assignment)


def _assessment(row: Assignment, number: int, *, is_named: bool, in_full: bool) -> Assessment:
    scores = {score.criterion_id: score for score in row.scores.all()}
    return Assessment(
        number=number,
        recommendation=row.recommendation,
        for_author=row.for_author,
        total=total_of(list(scores.values())),
        scores=scores,
        name=str(row.person) if is_named else "",
        for_chair=row.for_chair if in_full else "",
    )


def total_of(scores: Sequence[Score]) -> Decimal:
    """Points by weight, added up."""
    given = (one.points * one.criterion.weight for one in scores if one.points is not None)
    return sum(given, Decimal())
