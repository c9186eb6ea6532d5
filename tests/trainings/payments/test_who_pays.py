"""Who pays is said at registration, where there is a fee and a school that could."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from centar.events.models import Booking
from centar.events.operations import bookings
from tests import office
from tests.factories.events import MANAGES
from tests.factories.payments import PaymentSettingsFactory
from tests.factories.people import CoordinationFactory, PersonFactory, StaffFactory
from tests.factories.schools import SchoolFactory
from tests.factories.trainings import SeminarFactory
from trainings.models import Proforma
from trainings.operations import proformas
from trainings.queries import payments

pytestmark = pytest.mark.django_db
PERSON, SCHOOL = Booking.Payer.PERSON, Booking.Payer.SCHOOL


@pytest.fixture
def teacher():
    return PersonFactory(school=SchoolFactory())


def path(seminar):
    return reverse("events:register", args=[seminar.event.pk])


@pytest.mark.parametrize(
    ("fee", "school", "asked"), [(2500, True, True), (0, True, False), (2500, False, False)]
)
def test_when_it_is_asked(fee, school, asked, teacher):
    person = teacher if school else PersonFactory(school=None)
    seminar = SeminarFactory(fee=Decimal(fee))

    form = office.desk_of(person.user).get(path(seminar)).context["form"]

    assert ("payer" in form.fields) is asked


@pytest.mark.parametrize(
    ("sent", "payer"), [({"payer": "school"}, SCHOOL), ({"payer": "person"}, PERSON)]
)
def test_the_answer_is_kept(sent, payer, teacher):
    seminar = SeminarFactory(fee=Decimal(2500))

    office.desk_of(teacher.user).post(path(seminar), sent)

    assert Booking.objects.get().payer == payer


@pytest.mark.parametrize("sent", [{}, {"payer": "град"}])
def test_no_answer_and_a_senseless_one_are_refused(sent, teacher):
    seminar = SeminarFactory(fee=Decimal(2500))

    answer = office.desk_of(teacher.user).post(path(seminar), sent | {"note": "Стижем касније."})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["payer"])
    assert "Стижем касније." in answer.content.decode()
    assert Booking.objects.count() == 0


def test_nobody_makes_a_school_pay_where_it_is_not_asked(teacher):
    seminar = SeminarFactory(fee=Decimal(0))

    office.desk_of(teacher.user).post(path(seminar), {"payer": "school"})

    assert Booking.objects.get().payer == PERSON


def test_a_moved_booking_keeps_who_pays(teacher):
    PaymentSettingsFactory()
    staff = StaffFactory(permissions=MANAGES)
    here, there = (SeminarFactory(fee=Decimal(2500)) for _number in range(2))
    booking = bookings.enrol(event_id=here.event.pk, person=teacher, by=teacher.user, payer=SCHOOL)

    moved = bookings.transfer(
        booking_id=booking.pk, to_event_id=there.event.pk, by=staff, reason="Други термин."
    )

    assert moved.payer == SCHOOL
    coordinator = CoordinationFactory(school=teacher.school).person.user
    assert set(payments.bookings_payable_by(coordinator)) == {booking, moved}
    made = proformas.issue_for_booking(booking_id=moved.pk, by=coordinator)
    assert list(Proforma.objects.visible_to(coordinator)) == [made]


def test_who_may_make_the_invoice_of_a_single_place(teacher):
    seminar = SeminarFactory(fee=Decimal(2500))
    bookings.enrol(event_id=seminar.event.pk, person=teacher, by=teacher.user, payer=SCHOOL)
    own, other = CoordinationFactory(school=teacher.school), CoordinationFactory()

    seen = [
        payments.bookings_payable_by(user).count()
        for user in (own.person.user, teacher.user, other.person.user)
    ]

    assert seen == [1, 1, 0]
