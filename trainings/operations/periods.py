"""Saying when one's own period of a target of several years began."""

from __future__ import annotations

from django.db import transaction

from centar.access import demand
from centar.audit import trail
from centar.people.models import Person, User
from trainings.models import OwnPeriod, Target
from trainings.permissions import ledger as permissions


@transaction.atomic
def begin(*, person: Person, target: Target, first_year: int | None, by: User) -> None:
    """Count the person's periods from the school year that began in this calendar year.

    None forgets what was said: the period is counted as for everybody who has said nothing.
    """
    demand(permissions.may_keep_ledger(person, by))
    if first_year is None:
        OwnPeriod.objects.filter(person=person, target=target).delete()
    else:
        OwnPeriod.objects.update_or_create(
            person=person, target=target, defaults={"first_year": first_year}
        )
    trail.record("trainings.begin_period", target, by=by, first_year=first_year)
