"""The staff change who pays for a place after the registration."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from centar.access import Refusal
from centar.audit.models import Entry
from centar.events.models import Booking
from centar.events.operations import bookings
from tests import office
from tests.factories.payments import PaymentSettingsFactory, place, proforma, school_proforma
from tests.factories.people import (
    AdministratorFactory,
    PersonFactory,
    StaffFactory,
    UserFactory,
)
from tests.factories.schools import SchoolFactory
from tests.factories.trainings import SeminarFactory
from trainings.models import Charge
from trainings.operations.payers import change_payer

pytestmark = pytest.mark.django_db
PERSON, SCHOOL = Booking.Payer.PERSON, Booking.Payer.SCHOOL


def booked(**facts):
    facts.setdefault("person", PersonFactory(school=SchoolFactory()))
    return place(SeminarFactory(fee=Decimal(2500)), **facts)


def changed(booking, by=None, reason="Школа плаћа."):
    return change_payer(booking_id=booking.pk, by=by or AdministratorFactory(), reason=reason)


@pytest.mark.parametrize(("before", "after"), [(PERSON, SCHOOL), (SCHOOL, PERSON)])
def test_the_other_side_pays_from_now_on(before, after):
    booking = booked(payer=before)
    by = AdministratorFactory()

    changed(booking, by)

    booking.refresh_from_db()
    assert booking.payer == after
    entry = Entry.objects.get(action="trainings.change_payer")
    assert (entry.actor_id, entry.reason, entry.detail) == (
        by.pk,
        "Школа плаћа.",
        {"payer": after},
    )


def test_an_invoice_of_the_application_no_longer_asks_for_whoever_pays_alone():
    invoice = school_proforma(size=3)
    one = invoice.group.bookings.first()

    changed(one)

    invoice.refresh_from_db()
    assert invoice.amount == Decimal(5000)
    assert list(Charge.objects.filter(booking=one)) == []


def test_it_asks_for_whoever_the_school_pays_for_again():
    invoice = school_proforma(size=2)
    one = invoice.group.bookings.first()
    changed(one)

    changed(one)

    invoice.refresh_from_db()
    assert (invoice.amount, Charge.objects.get(booking=one).proforma) == (Decimal(5000), invoice)


def test_refused_while_an_invoice_asks_the_present_payer():
    invoice = proforma(person=PersonFactory(school=SchoolFactory()))

    with pytest.raises(Refusal, match="Take back the pro-forma invoice"):
        changed(invoice.booking)

    assert Booking.objects.get().payer == PERSON


def test_refused_without_a_reason():
    with pytest.raises(Refusal, match="Write the reason"):
        changed(booked(), reason=" ")


def test_refused_for_a_booking_that_has_ended():
    booking = booked()
    bookings.withdraw(booking_id=booking.pk, by=AdministratorFactory())

    with pytest.raises(Refusal, match="This booking has ended"):
        changed(booking)


def test_refused_for_a_person_without_school_and_employer():
    with pytest.raises(Refusal, match="no school or employer that could pay"):
        changed(booked(person=PersonFactory(school=None)))


@pytest.mark.parametrize("who", [StaffFactory, UserFactory])
def test_only_those_who_work_on_invoices(who):
    with pytest.raises(Refusal, match="Only the Centre's staff"):
        changed(booked(), who())


def test_the_back_office_offers_it_only_where_there_is_a_fee():
    PaymentSettingsFactory()
    desk = office.desk_of(AdministratorFactory())
    paid, free = booked(), place(SeminarFactory(fee=Decimal(0)))

    pages = [
        desk.get(reverse("admin:events_booking_change", args=[one.pk])).content.decode()
        for one in (paid, free)
    ]

    assert ["/radnja/placa/" in page for page in pages] == [True, False]


def test_from_the_back_office():
    booking = booked()
    path = reverse("admin:events_booking_operation", args=[booking.pk, "placa"])

    office.desk_of(AdministratorFactory()).post(path, {"reason": "Школа плаћа."})

    assert Booking.objects.get().payer == SCHOOL
