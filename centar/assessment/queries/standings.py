"""How far the assessment of things is, for those who lead it and have no conflict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import mean

from django.db.models import (
    BooleanField,
    Case,
    Count,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    Sum,
    When,
)

from centar.assessment.models import Assignment, Criterion, Item, Panel
from centar.assessment.queries.conflicts import of_user, without_conflicts
from centar.people.models import User

State = Assignment.State


@dataclass(frozen=True)
class Assessed:
    """An assignment as the chair sees it; `total` is there once it is sent."""

    assignment: Assignment
    total: Decimal | None

    def is_late(self, today: date) -> bool:
        """Whether the last day is over and nothing is sent."""
        return self.assignment.state == State.ASKED and self.assignment.due_on < today


@dataclass(frozen=True)
class Standing:
    """How far an item is; of a hidden one nothing is known but that it is there."""

    item: Item
    is_hidden: bool
    assessed: tuple[Assessed, ...] = ()

    @property
    def live(self) -> int | None:
        """How many assess or have assessed it."""
        return self._count(State.ASKED, State.SENT)

    @property
    def sent(self) -> int | None:
        """How many have sent their assessment."""
        return self._count(State.SENT)

    @property
    def declined(self) -> int | None:
        """How many would not."""
        return self._count(State.DECLINED)

    @property
    def is_all_in(self) -> bool:
        """Whether there is something to decide by, and nobody is waited for."""
        return bool(self.sent) and self.sent == self.live

    @property
    def mean(self) -> Decimal | None:
        """The mean of the totals that were sent."""
        totals = [one.total for one in self.assessed if one.total is not None]
        return mean(totals) if totals else None

    def late(self, today: date) -> int | None:
        """How many are late."""
        return None if self.is_hidden else sum(one.is_late(today) for one in self.assessed)

    def _count(self, *states: str) -> int | None:
        if self.is_hidden:
            return None
        return sum(one.assignment.state in states for one in self.assessed)


def with_counts(items: QuerySet[Item], user: User) -> QuerySet[Item]:
    """Items with `live` and `sent`, which are none of those that `is_hidden` from the user."""
    is_hidden = ExpressionWrapper(of_user(user), output_field=BooleanField())

    def number(*states: str) -> Case:
        some = Count("assignments", filter=Q(assignments__state__in=states), distinct=True)
        return Case(When(is_hidden=False, then=some), default=None)

    rows = items.annotate(is_hidden=is_hidden)
    return rows.annotate(live=number(*Assignment.LIVE), sent=number(State.SENT))


def most_of(criteria: Sequence[Criterion]) -> Decimal:
    """The most that a total can be."""
    return sum((one.most * one.weight for one in criteria), Decimal())


def for_chair(user: User, panel: Panel, only: QuerySet[Item] | None = None) -> list[Standing]:
    """All items of the panel, or `only` these of its items, as whoever leads it sees them; three
    statements.

    Of those in which the user has a conflict neither counts nor names are read at all. The
    caller has asked `permissions.may_read`.
    """
    is_hidden = ExpressionWrapper(of_user(user), output_field=BooleanField())
    rows = panel.items.all() if only is None else only
    items = list(rows.annotate(is_hidden=is_hidden))
    shown = [item for item in items if not item.is_hidden]
    assessed = assessed_of(shown)
    return [Standing(item, item.is_hidden, tuple(assessed[item.pk])) for item in items]


def standing_of(item: Item) -> Standing:
    """How far one item is; the caller has asked `permissions.may_read_assessments`."""
    return Standing(item, is_hidden=False, assessed=tuple(assessed_of([item])[item.pk]))


def assessed_of(items: Sequence[Item]) -> defaultdict[int, list[Assessed]]:
    """What was asked and said of each item, by its key, in the order of asking; two
    statements.

    What was taken away, and of open items what an assessor with a conflict has, is left out.
    """
    weighted = Sum(F("scores__points") * F("scores__criterion__weight"))
    asked = Assignment.objects.filter(item__in=items).exclude(state=State.ENDED)
    asked = asked.select_related("person__user").annotate(total=weighted)
    # An aggregate drops the order that the model names.
    rows = list(asked.order_by("assigned_at", "pk"))
    by_key = {item.pk: item for item in items}
    for one in rows:
        one.item = by_key[one.item_id]
    free = {one.pk for one in without_conflicts([one for one in rows if not one.item.closed_at])}
    found: defaultdict[int, list[Assessed]] = defaultdict(list)
    for one in rows:
        if one.item.closed_at is None and one.pk not in free:
            continue
        total = one.total if one.state == State.SENT else None
        found[one.item_id].append(Assessed(one, total))
    return found
