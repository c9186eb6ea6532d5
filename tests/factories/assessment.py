"""Panels with their criteria and seats, things assessed and what was said of them, all invented."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from centar.assessment.models import (
    Assignment,
    Criterion,
    DeclaredConflict,
    Item,
    Panel,
    Party,
    Score,
    Seat,
)
from tests.factories.people import PersonFactory


class PanelFactory(DjangoModelFactory[Panel]):
    """A panel without criteria that still has a fortnight; `criteria=2` gives it some."""

    title = factory.Sequence(lambda n: f"Комисија {n}")
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))

    class Meta:
        model = Panel
        skip_postgeneration_save = True

    @factory.post_generation
    def criteria(self: Any, create: bool, extracted: int | None, **_: Any) -> None:
        for number in range(extracted or 0):
            CriterionFactory(panel=self, order=number)


class CriterionFactory(DjangoModelFactory[Criterion]):
    """A criterion of five points that counts once."""

    panel = factory.SubFactory(PanelFactory)
    order = factory.Sequence(lambda n: n)
    title = factory.Sequence(lambda n: f"Мерило {n}")

    class Meta:
        model = Criterion


class SeatFactory(DjangoModelFactory[Seat]):
    """The seat of an assessor who knows everything; `role="chair"` makes a chair."""

    panel = factory.SubFactory(PanelFactory)
    person = factory.SubFactory(PersonFactory)

    class Meta:
        model = Seat


class ChairFactory(SeatFactory):
    """The seat of whoever leads the panel."""

    role = Seat.Role.CHAIR


class ItemFactory(DjangoModelFactory[Item]):
    """A thing that is nobody's."""

    panel = factory.SubFactory(PanelFactory)
    code = factory.Sequence(lambda n: f"Р-{n}")

    class Meta:
        model = Item


class PartyFactory(DjangoModelFactory[Party]):
    """An author with an account and no school; `person=None, email=…` is one without."""

    item = factory.SubFactory(ItemFactory)
    person = factory.SubFactory(PersonFactory)
    email = factory.LazyAttribute(lambda party: party.person.email if party.person else "")

    class Meta:
        model = Party


class DeclaredConflictFactory(DjangoModelFactory[DeclaredConflict]):
    """That somebody says they are not impartial."""

    item = factory.SubFactory(ItemFactory)
    person = factory.SubFactory(PersonFactory)
    reason = "Сарађујемо."

    class Meta:
        model = DeclaredConflict


class AssignmentFactory(DjangoModelFactory[Assignment]):
    """An assessor with a seat who was asked and has written nothing yet.

    `points=[3, 5]` gives points by the criteria in their order; `state="sent"` has it sent.
    """

    item = factory.SubFactory(ItemFactory)
    person = factory.SubFactory(PersonFactory)
    due_on = factory.LazyAttribute(lambda assignment: assignment.item.panel.due_on)
    sent_at = factory.LazyAttribute(
        lambda assignment: (
            timezone.now() if getattr(assignment, "state", None) == Assignment.State.SENT else None
        )
    )

    class Meta:
        model = Assignment
        skip_postgeneration_save = True

    @factory.post_generation
    def seat(self: Any, create: bool, extracted: Any, **_: Any) -> None:
        Seat.objects.get_or_create(panel=self.item.panel, person=self.person)

    @factory.post_generation
    def points(self: Any, create: bool, extracted: Any, **_: Any) -> None:
        criteria = self.item.panel.criteria.all() if extracted else ()
        for criterion, number in zip(criteria, extracted or (), strict=False):
            Score.objects.create(assignment=self, criterion=criterion, points=number)
