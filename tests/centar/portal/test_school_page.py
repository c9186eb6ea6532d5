"""The page of a school: who goes where, hours and points, money, what waits for the coordinator."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from centar.events.models import Booking, BookingGroup
from centar.events.operations import bookings
from tests import office
from tests.factories.ledger import InHouseFactory, LedgerEntryFactory
from tests.factories.payments import (
    PaymentSettingsFactory,
    application,
    place,
    school_proforma,
)
from tests.factories.people import CoordinationFactory, PersonFactory, UserFactory
from tests.factories.trainings import SeminarFactory
from tests.reader import Page
from trainings.models import Proforma
from trainings.operations import proformas

pytestmark = pytest.mark.django_db
SCHOOL = Booking.Payer.SCHOOL


@pytest.fixture
def coordination():
    PaymentSettingsFactory()
    made = CoordinationFactory()
    made.person.school = made.school
    made.person.save()
    return made


@pytest.fixture
def school(coordination):
    return coordination.school


@pytest.fixture
def desk(coordination):
    return office.desk_of(coordination.person.user)


def path(school):
    return "/en" + reverse("portal:school", args=[school.pk])


def text_of(answer):
    return Page(answer.content.decode()).text


def seminar(title="Радионица", fee="2500.00", **facts):
    return SeminarFactory(fee=Decimal(fee), event__title=title, **facts)


def single(school, **facts):
    """A teacher who registered alone, for whom the school pays."""
    return place(seminar(**facts), person=PersonFactory(school=school), payer=SCHOOL)


def test_who_may_see_it(school, desk):
    former = CoordinationFactory(
        school=school,
        confirmed_at=timezone.now() - timedelta(days=9),
        ended_at=timezone.now() - timedelta(days=1),
    )

    assert desk.get(path(school)).status_code == 200
    for user in (CoordinationFactory().person.user, former.person.user, UserFactory()):
        assert office.desk_of(user).get(path(school)).status_code == 404


def test_what_is_unpaid_with_its_number_amount_day_and_paper(school, desk):
    made = school_proforma("2500.00", school=school)
    Proforma.objects.update(due_on=date(2026, 1, 15))
    school_proforma("9999.00")

    answer = desk.get(path(school))

    text = text_of(answer)
    assert [due.proforma for due in answer.context["page"].unpaid] == [made]
    for said in ("P-1/2026", "5.000,00 RSD", "15. 1. 2026.", "has passed"):
        assert said in text
    for name, pk in (
        ("trainings:proforma", made.pk),
        ("trainings:proforma_pdf", made.pk),
        ("events:application", made.group_id),
    ):
        assert f'href="/en{reverse(name, args=[pk])}"' in answer.content.decode()


def test_what_is_partly_paid_says_what_is_left(school, desk):
    school_proforma("2500.00", school=school)
    Proforma.objects.update(paid=Decimal("1000.50"))

    assert "3.999,50 RSD left of 5.000,00 RSD" in text_of(desk.get(path(school)))


def test_what_is_paid_or_ended_is_not_there(school, desk):
    school_proforma(school=school)
    school_proforma(school=school)
    first, second = Proforma.objects.order_by("pk")
    Proforma.objects.filter(pk=first.pk).update(paid=first.amount)
    Proforma.objects.filter(pk=second.pk).update(amount=0, ended_at=timezone.now())

    assert "The school owes nothing" in text_of(desk.get(path(school)))


def test_an_application_and_a_single_place_without_an_invoice_are_there_with_a_button(school, desk):
    group = application(seminar("Заједно"), school=school)
    alone = single(school, title="Сам")
    single(CoordinationFactory().school)
    place(seminar(), person=PersonFactory(school=school))

    unpaid = desk.get(path(school)).context["page"].unpaid

    found = {(due.group, due.booking, due.open) for due in unpaid}
    assert found == {(group, None, Decimal(5000)), (None, alone, Decimal(2500))}


def test_the_coordinator_makes_the_invoice_of_a_single_place(school, desk):
    booking = single(school)
    address = reverse("trainings:issue_for_booking", args=[booking.pk])
    other = office.desk_of(CoordinationFactory().person.user)

    assert other.post(address).status_code == 404
    answer = desk.post(address)

    made = Proforma.objects.get()
    assert (made.school, made.booking) == (school, booking)
    assert answer.url == reverse("trainings:proforma", args=[made.pk])
    assert desk.get(answer.url).status_code == 200
    [due] = desk.get(path(school)).context["page"].unpaid
    assert (due.proforma, due.people) == (made, [str(booking.person)])
    assert desk.get("/moje-uplate/").context["schools"] == [due]


def test_a_place_that_the_teacher_pays_is_not_the_coordinators(school, desk):
    booking = place(seminar(), person=PersonFactory(school=school))

    address = reverse("trainings:issue_for_booking", args=[booking.pk])

    assert desk.post(address).status_code == 404


def test_whoever_joined_an_invoiced_application_is_not_asked_for_twice(school, desk):
    made = school_proforma(school=school)
    event = made.group.event
    newcomer = PersonFactory(user=None, school=school)
    place(event.seminar, person=newcomer, group=made.group, payer=SCHOOL)

    assert [due.proforma for due in desk.get(path(school)).context["page"].unpaid] == [made]


def test_the_one_that_is_due_first_comes_first(school, desk):
    later, sooner = school_proforma(school=school), school_proforma(school=school)
    Proforma.objects.filter(pk=later.pk).update(due_on=date(2027, 1, 1))
    Proforma.objects.filter(pk=sooner.pk).update(due_on=date(2026, 1, 1))
    application(seminar(), school=school)

    unpaid = desk.get(path(school)).context["page"].unpaid

    assert [due.proforma for due in unpaid] == [sooner, later, None]


def test_hours_and_points_stand_beside_each_person(school, desk, coordination):
    person = PersonFactory(user=None, school=school)
    LedgerEntryFactory(person=person, hours=Decimal(8), points=Decimal(8))

    answer = desk.get(path(school))

    [total] = [one.total for one in answer.context["page"].people if one.person == person]
    assert total.all_points == Decimal(8)
    assert f'href="/en/moja-skola/{school.pk}/bodovi/"' in answer.content.decode()


def test_what_waits_for_confirmation_is_counted(school, desk):
    for _number in range(2):
        InHouseFactory(person=PersonFactory(school=school), state="pending")

    answer = desk.get(path(school))

    assert "2 entries wait for your confirmation" in text_of(answer)
    assert 'href="/en/moja-skola/potvrde/"' in answer.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_often_for_three_as_for_one(
    rows, school, coordination, desk, django_assert_num_queries
):
    for _number in range(rows):
        person = PersonFactory(user=None, school=school)
        bookings.enrol_group(
            event_id=seminar().event.pk,
            people=[person],
            policy=BookingGroup.Policy.SPLIT,
            by=coordination.person.user,
            school=school,
            payer=SCHOOL,
        )
        school_proforma(school=school)
        proformas.issue_for_booking(booking_id=single(school).pk, by=None)
        single(school)
        LedgerEntryFactory(person=person)
    desk.get(path(school))

    # Session, account, school; people, school year, sums of points; invoices, charges, places
    # without one, exceptions; bookings, applications, requests, coordinators; to confirm;
    # surveys.
    with django_assert_num_queries(16):
        answer = desk.get(path(school))

    assert len(answer.context["page"].unpaid) == 4 * rows
