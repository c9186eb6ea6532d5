"""Records and copies of the library."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from centar.people.models import User
from library.models import Contribution, Copy, Loan, Member, Record, Reservation
from tests.factories.people import PersonFactory, StaffFactory


class RecordFactory(DjangoModelFactory[Record]):
    """A book of which nothing but the title is told."""

    title = factory.Sequence(lambda n: f"Књига {n}")

    class Meta:
        model = Record


class ContributionFactory(DjangoModelFactory[Contribution]):
    """The author of a record."""

    record = factory.SubFactory(RecordFactory)
    name = "Андрић, Иво"

    class Meta:
        model = Contribution


class CopyFactory(DjangoModelFactory[Copy]):
    """A copy that can be lent."""

    record = factory.SubFactory(RecordFactory)
    accession_number = factory.Sequence(lambda n: f"{n + 1}")
    barcode = factory.Sequence(lambda n: f"{n + 1:08}")

    class Meta:
        model = Copy


LIBRARIAN = [
    *(f"library.{action}_{model}" for action in ("view", "add", "change")
      for model in ("record", "copy", "contribution", "identifier", "journalissue", "kitpart")),
]  # fmt: skip
"""What a member of the staff needs who describes the holdings."""


def librarian(**facts: Any) -> User:
    """Somebody of the staff who describes the holdings."""
    made: User = StaffFactory(**{"permissions": LIBRARIAN, **facts})
    return made


class MemberFactory(DjangoModelFactory[Member]):
    """A teacher who borrows, with a login."""

    person = factory.SubFactory(PersonFactory)
    card = factory.Sequence(lambda n: f"{90000000 + n}")

    class Meta:
        model = Member


class LoanFactory(DjangoModelFactory[Loan]):
    """A copy lent a week ago, past the rules of the desk."""

    copy = factory.SubFactory(CopyFactory)
    member = factory.SubFactory(MemberFactory)
    member_kind = factory.SelfAttribute("member.kind")
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))

    class Meta:
        model = Loan


class ReservationFactory(DjangoModelFactory[Reservation]):
    """A turn in the queue, past the rules; `copy` and `state` make it ready."""

    record = factory.SubFactory(RecordFactory)
    member = factory.SubFactory(MemberFactory)

    class Meta:
        model = Reservation
