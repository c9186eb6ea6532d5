"""What the back office keeps from a member of the staff who has a conflict of interest.

Who assesses a thing is told neither by the audit nor by the letters to its assessors: letters do
not say which thing they are about, so all those to its assessors are withheld.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from centar.assessment.letters import assessors, chairs
from centar.assessment.models import Assignment, DeclaredConflict, Item, Seat
from centar.assessment.queries.conflicts import of_user
from centar.audit import trail
from centar.outbox import kinds


def register() -> None:
    """Make the rules known; called once, when the app is ready."""
    trail.withheld.add(entries)
    kinds.withheld.add(letters)


def entries(user: Any) -> Q:
    """Entries about things in which the user is not impartial, and about those who assess them."""
    items = Item.objects.filter(of_user(user))
    about = {
        Item: items,
        Assignment: Assignment.objects.filter(item__in=items),
        DeclaredConflict: DeclaredConflict.objects.filter(item__in=items),
        Seat: Seat.objects.filter(panel__items__in=items),
    }
    return reduce(
        or_,
        (
            Q(object_type=model._meta.label_lower, object_id__in=rows.values("pk"))
            for model, rows in about.items()
        ),
    )


def letters(user: Any) -> Q:
    """Letters to those who assess a thing in which the user is not impartial, and about them."""
    apart = Assignment.objects.filter(item__in=Item.objects.filter(of_user(user)))
    to_them = Q(kind__in=assessors.KINDS, object_id__in=apart.values("person"))
    return to_them | Q(kind=chairs.DECLINED, object_id__in=apart.values("pk"))
