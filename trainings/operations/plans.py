"""The personal plan of professional development, which everybody writes for themselves."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.people.models import Person, User
from trainings.models import PlannedActivity
from trainings.permissions import ledger as permissions

MOST_ROWS = 100
"""In one school year; a plan of more is a slip."""


@transaction.atomic
def plan(
    *, person: Person, school_year: int, kind: str, title: str, when: str, hours: Decimal, by: User
) -> PlannedActivity:
    """Add a row to one's own plan of the school year that begins in this calendar year."""
    demand(permissions.may_keep_ledger(person, by))
    if hours <= 0:
        raise Refusal(_("Write how many hours it was, more than zero."), field="hours")
    if PlannedActivity.objects.filter(person=person, school_year=school_year).count() >= MOST_ROWS:
        raise Refusal(_("The plan of this year is full."))
    activity = PlannedActivity.objects.create(
        person=person,
        school_year=school_year,
        kind=PlannedActivity.Kind(kind),
        title=title,
        when=when,
        hours=hours,
    )
    trail.record("trainings.plan_activity", activity, by=by)
    return activity


@transaction.atomic
def strike(*, activity: PlannedActivity, by: User) -> None:
    """Take a row out of one's own plan."""
    demand(permissions.may_keep_ledger(activity.person, by))
    trail.record("trainings.strike_activity", activity, by=by)
    activity.delete()
