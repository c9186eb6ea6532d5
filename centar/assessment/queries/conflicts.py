"""Who is not impartial about what."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from centar.assessment.models import Assignment, Conflict, Item, Party
from centar.people.models import User


def conflicts(items: Iterable[int], persons: Iterable[int]) -> set[tuple[int, int]]:
    """All pairs of an item and a person, by their keys, that must be kept apart; one statement."""
    rows = Conflict.objects.filter(item__in=list(items), person__in=list(persons))
    return set(rows.values_list("item_id", "person_id"))


def impartial(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Those whose assessor has no conflict now."""
    return assignments.filter(~_between())


def counted(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Those whose words count: of closed items as it was when they were closed, of open ones
    without assessors who have a conflict now.
    """
    return assignments.filter(Q(item__closed_at__isnull=False) | ~_between())


def _between() -> Exists:
    return Exists(Conflict.objects.filter(item=OuterRef("item"), person=OuterRef("person")))


def of_user(user: User) -> Q:
    """For querysets of items: those in which the user is not impartial.

    An account without a person is found by its address among the authors.
    """
    by_person = Conflict.objects.filter(item=OuterRef("pk"), person__user=user)
    by_address = Party.objects.filter(item=OuterRef("pk"), email__iexact=user.email)
    return Q(Exists(by_person)) | Q(Exists(by_address))


def has_conflict(item_id: int, user: User) -> bool:
    """Whether the user is not impartial about the item."""
    return Item.objects.filter(of_user(user), pk=item_id).exists()
