"""Cycles, programmes and seminars, all invented."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import factory
from factory.django import DjangoModelFactory

from tests.factories.events import EventFactory
from trainings.models import (
    Area,
    Competence,
    Cycle,
    PriorityArea,
    Programme,
    Seminar,
    SeminarEvent,
    Trainer,
)


class CycleFactory(DjangoModelFactory[Cycle]):
    """One cycle, however often it is asked for; another needs a name."""

    name = "2025/2026–2027/2028"
    starts_on = date(2025, 9, 1)
    ends_on = date(2028, 8, 31)

    class Meta:
        model = Cycle
        django_get_or_create = ("name",)


class CompetenceFactory(DjangoModelFactory[Competence]):
    """A competence of the cycle; the same code gives the same one."""

    cycle = factory.SubFactory(CycleFactory)
    code = "K1"
    name = factory.LazyAttribute(lambda competence: f"Компетенција {competence.code}")

    class Meta:
        model = Competence
        django_get_or_create = ("cycle", "code")


class PriorityAreaFactory(DjangoModelFactory[PriorityArea]):
    """A priority area of the cycle; the same code gives the same one."""

    cycle = factory.SubFactory(CycleFactory)
    code = "1"
    name = factory.LazyAttribute(lambda area: f"Приоритетна област {area.code}")

    class Meta:
        model = PriorityArea
        django_get_or_create = ("cycle", "code")


class AreaFactory(DjangoModelFactory[Area]):
    """An area of a name of its own."""

    name = factory.Sequence(lambda n: f"Област {n}")

    class Meta:
        model = Area
        django_get_or_create = ("name",)


class TrainerFactory(DjangoModelFactory[Trainer]):
    """A trainer of a name of their own."""

    name = factory.Sequence(lambda n: f"Др Јасна Тасић {n}")

    class Meta:
        model = Trainer


class ProgrammeFactory(DjangoModelFactory[Programme]):
    """A programme of the catalogue, with a number and a title of its own.

    `competences=["K1"]`, `priorities=["2"]` and `trainers=[trainer]` say what it has.
    """

    cycle = factory.SubFactory(CycleFactory)
    number = factory.Sequence(lambda n: str(1000 + n))
    title = factory.Sequence(lambda n: f"Програм {n}")
    area = factory.SubFactory(AreaFactory, name="Природне науке")
    hours = 8
    points = Decimal(8)
    fee = Decimal(2500)
    organiser = "Центар за образовање"

    class Meta:
        model = Programme
        skip_postgeneration_save = True

    @factory.post_generation
    def competences(self: Any, create: bool, extracted: Iterable[str] | None, **_: Any) -> None:
        for code in extracted or ():
            self.competences.add(CompetenceFactory(cycle=self.cycle, code=code))

    @factory.post_generation
    def priorities(self: Any, create: bool, extracted: Iterable[str] | None, **_: Any) -> None:
        for code in extracted or ():
            self.priority_areas.add(PriorityAreaFactory(cycle=self.cycle, code=code))

    @factory.post_generation
    def trainers(self: Any, create: bool, extracted: Iterable[Trainer] | None, **_: Any) -> None:
        self.trainers.add(*(extracted or ()))


class SeminarFactory(DjangoModelFactory[Seminar]):
    """A published seminar of one day, 30 days ahead, titled as its programme.

    `event__capacity=2`, `event__days=3`, `programme__title="…"` say what is particular.
    """

    programme = factory.SubFactory(ProgrammeFactory)
    event = factory.SubFactory(EventFactory, title=factory.SelfAttribute("..programme.title"))
    fee = Decimal(2500)

    class Meta:
        model = Seminar
        skip_postgeneration_save = True

    @factory.post_generation
    def trainers(self: Any, create: bool, extracted: Iterable[Trainer] | None, **_: Any) -> None:
        self.trainers.add(*(extracted or ()))


def as_edited(seminar: Seminar) -> SeminarEvent:
    """The seminar's event as the back office edits it."""
    return SeminarEvent.objects.get(pk=seminar.pk)
