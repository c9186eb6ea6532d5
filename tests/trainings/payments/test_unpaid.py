"""Those who do not pay, and what the worker does about money every minute."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from centar.audit.models import Entry
from centar.events.models import Booking
from centar.outbox import operations as outbox
from centar.outbox.models import Letter
from tests.factories.events import BookingFactory
from tests.factories.payments import (
    FeeRuleFactory,
    PaymentSettingsFactory,
    application,
    place,
    proforma,
    school_proforma,
)
from tests.factories.people import CoordinationFactory
from tests.factories.trainings import SeminarFactory
from trainings.jobs import payments as jobs
from trainings.models import PaymentSettings, Proforma
from trainings.operations import proformas

pytestmark = pytest.mark.django_db
State = Booking.State


def make_late(*, days=1, reminded=None):
    Proforma.objects.update(due_on=timezone.localdate() - timedelta(days=days))
    if reminded is not None:
        Proforma.objects.update(reminded_at=timezone.now() - timedelta(days=reminded))


def letters(kind):
    return list(Letter.objects.filter(kind=kind).values_list("recipient", flat=True))


def states(*rows):
    return [Booking.objects.get(pk=row.pk).state for row in rows]


@pytest.mark.parametrize(("days", "sent"), [(0, 0), (1, 1)])
def test_the_last_day_itself_is_not_late(days, sent):
    proforma()
    make_late(days=days)

    jobs.pursue_unpaid()
    jobs.pursue_unpaid()

    assert len(letters("trainings.unpaid")) == sent
    assert Entry.objects.filter(action="trainings.remind_unpaid").count() == sent


def test_who_has_paid_is_not_reminded():
    proforma("2500.00")
    Proforma.objects.update(paid=Decimal(2500))
    make_late()

    jobs.pursue_unpaid()

    assert letters("trainings.unpaid") == []


def unpaid_place(**settings):
    """Somebody who has not paid for the only place, and somebody who waits for it."""
    PaymentSettingsFactory(**settings)
    seminar = SeminarFactory(event__capacity=1, fee=Decimal(2500))
    late = place(seminar)
    waiting = BookingFactory(event=seminar.event, state=State.WAITING)
    proformas.issue_for_booking(booking_id=late.pk, by=None)
    return late, waiting


def test_by_default_the_place_stays():
    late, waiting = unpaid_place()
    make_late(days=30, reminded=29)

    jobs.pursue_unpaid()

    assert states(late, waiting) == [State.PLACED, State.WAITING]


@pytest.mark.parametrize(("days", "goes"), [(4, False), (5, True)])
def test_when_wanted_the_place_goes_on_after_the_days(days, goes):
    late, waiting = unpaid_place(offers_unpaid_on=True, days_after_reminder=5)
    make_late(days=30, reminded=days)

    jobs.pursue_unpaid()

    if not goes:
        assert states(late, waiting) == [State.PLACED, State.WAITING]
        return
    assert states(late, waiting) == [State.WITHDRAWN, State.OFFERED]
    assert letters("trainings.lapsed") == [late.person.email]
    assert letters("events.withdrawn") == []
    assert letters("events.offered") == [waiting.person.email]
    assert Proforma.objects.get().standing == "ended"
    assert Entry.objects.get(action="events.lapse").reason != ""
    assert Entry.objects.filter(action="trainings.offer_places_on").count() == 1


def test_whoever_paid_a_part_keeps_the_place():
    late, waiting = unpaid_place(offers_unpaid_on=True)
    make_late(days=30, reminded=29)
    Proforma.objects.update(paid=Decimal(1))

    jobs.pursue_unpaid()

    assert states(late, waiting) == [State.PLACED, State.WAITING]


def test_once_it_has_begun_nobody_is_put_out():
    late, waiting = unpaid_place(offers_unpaid_on=True)
    make_late(days=30, reminded=29)
    event = late.event
    event.starts_at = timezone.now() - timedelta(hours=1)
    event.save()

    jobs.pursue_unpaid()

    assert states(late, waiting) == [State.PLACED, State.WAITING]


def test_a_whole_school_that_does_not_pay():
    PaymentSettingsFactory(offers_unpaid_on=True)
    made = school_proforma(size=3)
    make_late(days=30, reminded=29)

    jobs.pursue_unpaid()

    assert states(*made.group.bookings.all()) == [State.WITHDRAWN] * 3


def test_the_worker_brings_papers_into_line():
    made = school_proforma(size=2)
    booking = made.group.bookings.first()
    Booking.objects.filter(pk=booking.pk).update(state=State.WITHDRAWN, ended_at=timezone.now())

    assert (jobs.bring_proformas_into_line(), jobs.bring_proformas_into_line()) == (1, 0)

    made.refresh_from_db()
    assert made.amount == Decimal(2500)


def test_nothing_is_issued_unasked_unless_the_staff_want_it():
    PaymentSettingsFactory()
    place(SeminarFactory())

    assert jobs.issue_proformas() == 0
    assert Proforma.objects.count() == 0


def test_what_the_staff_want_issued_is_issued_once():
    PaymentSettingsFactory(issues_by_itself=True)
    alone = place(SeminarFactory())
    group = application(SeminarFactory(), size=2)
    free = SeminarFactory()
    FeeRuleFactory(seminar=free)
    place(free)
    place(SeminarFactory(), state=State.WAITING)

    jobs.issue_proformas()
    jobs.issue_proformas()

    made = list(Proforma.objects.order_by("pk").values_list("booking", "group"))
    assert made == [(alone.pk, None), (None, group.pk)]


def test_without_settings_the_worker_has_nothing_to_do():
    assert PaymentSettings.objects.count() == 0
    assert (jobs.issue_proformas(), jobs.pursue_unpaid()) == (0, 0)


def test_the_letters_say_what_to_pay_and_where(mailoutbox):
    made = proforma("2500.00")
    outbox.deliver_due()
    make_late()
    jobs.pursue_unpaid()
    outbox.deliver_due()

    issued, reminder = mailoutbox
    number = made.document.register_number
    assert issued.subject.startswith(f"Предрачун {number}: ")
    for text in (issued.body, reminder.body):
        assert "2.500,00 динара" in text
        assert made.document.content["reference"] in text
        assert f"/moje-uplate/{made.pk}/" in text
    assert number in reminder.subject


def test_a_letter_about_what_is_paid_meanwhile_is_not_sent(mailoutbox):
    proforma("2500.00")
    Proforma.objects.update(paid=Decimal(2500))

    outbox.deliver_due()

    assert mailoutbox == []
    assert Letter.objects.get().state == Letter.State.DROPPED


def test_a_school_is_written_to_through_its_coordinators(mailoutbox):
    PaymentSettingsFactory()
    coordinator = CoordinationFactory()
    school_proforma(school=coordinator.school)

    outbox.deliver_due()

    assert [letter.to for letter in mailoutbox] == [[coordinator.person.email]]
