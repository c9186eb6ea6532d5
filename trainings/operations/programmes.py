"""Programmes that come into the catalogue one by one, from another app."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.people.models import User
from centar.script import folding
from trainings.models import Competence, Cycle, PriorityArea, Programme, Trainer
from trainings.permissions import catalogue as permissions


@dataclass(frozen=True)
class Leader:
    """Somebody who leads the programme; `person` is the key of a person known for sure."""

    name: str
    about: str = ""
    person: int | None = None


@dataclass(frozen=True)
class Entry:
    """What a new programme says. Keys of the cycle's competences and priority areas that are of
    another cycle are left out; sizes of a group that are not known are the usual ones.
    """

    title: str
    form: str
    cycle: Cycle | None = None
    number: str = ""
    area: int | None = None
    competences: Collection[int] = ()
    priority_areas: Collection[int] = ()
    leaders: Sequence[Leader] = ()
    audience: str = ""
    aims: str = ""
    topics: str = ""
    hours: int = 0
    points: Decimal = Decimal(0)
    fee: Decimal = Decimal(0)
    group_minimum: int | None = None
    group_maximum: int | None = None
    source: str = ""


@transaction.atomic
def add(*, entry: Entry, by: User) -> Programme:
    """The programme in the catalogue, with its trainers; those whom it knows are not made anew.

    Refuses a number that the cycle has already, and a largest group below the smallest.
    """
    demand(permissions.may_add(by))
    if entry.cycle is not None and entry.number:
        lock_cycle(entry.cycle.pk)
        if number_is_taken(entry.cycle.pk, entry.number):
            raise Refusal(_("The cycle already has a programme with this number."), field="number")
    sizes = _sizes(entry)
    programme = Programme.objects.create(
        title=entry.title,
        form=Programme.Form(entry.form),
        cycle=entry.cycle,
        number=entry.number,
        area_id=entry.area,
        audience=entry.audience,
        aims=entry.aims,
        topics=entry.topics,
        hours=entry.hours,
        points=entry.points,
        fee=entry.fee,
        source=entry.source,
        **sizes,
    )
    same_cycle = {"cycle": entry.cycle}
    programme.competences.set(Competence.objects.filter(pk__in=entry.competences, **same_cycle))
    programme.priority_areas.set(
        PriorityArea.objects.filter(pk__in=entry.priority_areas, **same_cycle)
    )
    programme.trainers.set([_trainer(leader) for leader in entry.leaders])
    trail.record("trainings.add_programme", programme, by=by, number=entry.number)
    return programme


def lock_cycle(cycle_id: int) -> None:
    """Whoever gives a number of the cycle comes after whoever is giving one now."""
    Cycle.objects.select_for_update(no_key=True).get(pk=cycle_id)


def number_is_taken(cycle_id: int, number: str, *, but: int | None = None) -> bool:
    """Whether a programme of the cycle, other than the one with the key `but`, has the number."""
    rows = Programme.objects.filter(cycle=cycle_id, number=number)
    return (rows if but is None else rows.exclude(pk=but)).exists()


def _sizes(entry: Entry) -> dict[str, int]:
    given = {"group_minimum": entry.group_minimum, "group_maximum": entry.group_maximum}
    usual = Programme()
    sizes: dict[str, int] = {
        name: getattr(usual, name) if size is None else size for name, size in given.items()
    }
    if sizes["group_maximum"] < sizes["group_minimum"]:
        if entry.group_minimum is not None and entry.group_maximum is not None:
            raise Refusal(_("The largest group is smaller than the smallest."))
        # Only one was said; the usual other one gives way.
        sizes = dict.fromkeys(sizes, entry.group_minimum or entry.group_maximum or 0)
    return sizes


def _trainer(leader: Leader) -> Trainer:
    """The trainer by the person, else by the name; one of another person is somebody else."""
    named = Trainer.objects.filter(folded=folding.fold(leader.name)).order_by("pk")
    if leader.person is not None:
        known = Trainer.objects.filter(person=leader.person).first()
        found = known or named.filter(person=None).first()
    else:
        found = named.first()
    if found is not None:
        return found
    return Trainer.objects.create(name=leader.name, about=leader.about, person_id=leader.person)
