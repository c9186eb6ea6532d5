"""Who is not impartial about what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.lookups import Exact

from centar.assessment.models import Assignment, Conflict, Item, Party
from centar.people.models import Person, User


def conflicts(items: Iterable[int], persons: Iterable[int]) -> set[tuple[int, int]]:
    """All pairs of an item and a person, by their keys, that must be kept apart; one statement."""
    rows = Conflict.objects.filter(item__in=list(items), person__in=list(persons))
    return set(rows.values_list("item_id", "person_id"))


def without_conflicts(assignments: Sequence[Assignment]) -> list[Assignment]:
    """Those of many whose assessor has no conflict now; one statement for all."""
    apart = conflicts({one.item_id for one in assignments}, {one.person_id for one in assignments})
    return [one for one in assignments if (one.item_id, one.person_id) not in apart]


def impartial(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Those whose assessor has no conflict now."""
    return assignments.filter(Exact(_is_apart(), False))


def counted(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Those whose words count: of closed items as it was when they were closed, of open ones
    without assessors who have a conflict now.
    """
    return assignments.filter(Q(item__closed_at__isnull=False) | Exact(_is_apart(), False))


def _is_apart() -> Case:
    """Whether the assessor has a conflict. A CASE, which is looked up for each row by the keys:
    a bare EXISTS would be joined, for which the database works out all conflicts of everybody.
    """
    between = Conflict.objects.filter(item=OuterRef("item"), person=OuterRef("person"))
    return Case(When(Exists(between), then=True), default=False)


def of_user(user: User) -> Q:
    """For querysets of items: those in which the user is not impartial.

    An account without a person is found by its address among the authors.
    """
    # The database finds what is the user's once, from the person's key.
    person = Subquery(Person.objects.filter(user=user).values("pk")[:1])
    by_person = Conflict.objects.filter(person=person)
    by_address = Party.objects.filter(email__iexact=user.email)
    return Q(pk__in=by_person.values("item")) | Q(pk__in=by_address.values("item"))


def has_conflict(item_id: int, user: User) -> bool:
    """Whether the user is not impartial about the item."""
    return Item.objects.filter(of_user(user), pk=item_id).exists()
