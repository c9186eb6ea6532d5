"""How many copies are free: counted by the database, whichever way a row came."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from library.models import Copy, Loan, Reservation
from library.queries import availability
from library.queries.availability import Availability
from tests.factories.library import (
    CopyFactory,
    LoanFactory,
    MemberFactory,
    RecordFactory,
    ReservationFactory,
)

pytestmark = pytest.mark.django_db


def free(record):
    record.refresh_from_db()
    return record.free_copies


def test_the_free_copies_follow_every_change_of_copies_loans_and_reservations():
    record, other = RecordFactory.create_batch(2)
    first, second, third = Copy.objects.bulk_create(CopyFactory.build_batch(3, record=record))
    CopyFactory(record=record, only_here=True)
    assert free(record) == 3

    loan = LoanFactory(copy=first)
    ready = ReservationFactory(
        record=record,
        state=Reservation.State.READY,
        copy=second,
        ready_at=timezone.now(),
        pickup_until=date(2027, 3, 1),
    )
    assert free(record) == 1

    Copy.objects.filter(pk=third.pk).update(state=Copy.State.LOST)
    assert free(record) == 0
    Loan.objects.filter(pk=loan.pk).update(returned_at=timezone.now(), ending="returned")
    assert free(record) == 1
    Reservation.objects.filter(pk=ready.pk).update(
        state="cancelled", copy=None, pickup_until=None, ended_at=timezone.now()
    )
    assert free(record) == 2
    Copy.objects.filter(pk=second.pk).update(record=other)
    assert (free(record), free(other)) == (1, 1)
    second.delete()
    assert free(other) == 0


def test_a_free_copy_is_no_change_of_what_is_said_of_the_record():
    record = RecordFactory()
    changed_at, revision = record.changed_at, record.revision

    CopyFactory(record=record)

    record.refresh_from_db()
    assert (record.free_copies, record.changed_at, record.revision) == (1, changed_at, revision)


def test_availability_tells_copies_free_ones_the_next_return_and_who_waits(
    django_assert_num_queries,
):
    shelved, lent, unknown = RecordFactory(), RecordFactory(), 10**9
    CopyFactory(record=shelved)
    CopyFactory(record=shelved, only_here=True)
    CopyFactory(record=shelved, state=Copy.State.WRITTEN_OFF)
    for day in (9, 3):
        LoanFactory(copy=CopyFactory(record=lent), due_on=date(2027, 3, day))
    ReservationFactory(record=lent, member=MemberFactory())

    with django_assert_num_queries(1):
        found = availability.of_records([shelved.pk, lent.pk, unknown])

    assert found == {
        shelved.pk: Availability(copies=2, lendable=1, free=1),
        lent.pk: Availability(copies=2, lendable=2, due_on=date(2027, 3, 3), waiting=1),
    }
