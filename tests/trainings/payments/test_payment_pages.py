"""What a person and a coordinator see of money."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from centar.documents.models import Document
from centar.events.models import Booking
from tests import office
from tests.factories.payments import (
    FeeRuleFactory,
    PaymentSettingsFactory,
    application,
    place,
    proforma,
    school_proforma,
)
from tests.factories.people import CoordinationFactory, PersonFactory, UserFactory
from tests.factories.trainings import SeminarFactory
from tests.trainings.payments import papers
from trainings.models import Proforma

pytestmark = pytest.mark.django_db

LIST = "/moje-uplate/"


def page(made):
    return reverse("trainings:proforma", args=[made.pk])


def pdf(made):
    return reverse("trainings:proforma_pdf", args=[made.pk])


def desk_of_coordinator(school):
    return office.desk_of(CoordinationFactory(school=school).person.user)


def test_a_person_sees_what_is_to_be_paid_and_makes_the_invoice():
    PaymentSettingsFactory()
    booking = place(SeminarFactory(fee=Decimal("2500.00")))
    desk = office.desk_of(booking.person.user)

    [due] = desk.get(LIST).context["own"]
    answer = desk.post(reverse("trainings:issue_for_booking", args=[booking.pk]))

    made = Proforma.objects.get()
    assert (due.amount, due.proforma) == (Decimal(2500), None)
    assert (answer.status_code, answer.url) == (302, page(made))
    shown = desk.get(page(made))
    assert (shown.status_code, shown.context["proforma"]) == (200, made)
    [due] = desk.get(LIST).context["own"]
    assert due.proforma == made
    paper = desk.get(pdf(made))
    assert paper.headers["Content-Type"] == "application/pdf"
    assert papers.codes_of(paper.content) == [made.document.content["qr_text"]]


def test_nobody_else_finds_it():
    made = school_proforma()
    own = proforma()
    stranger = office.desk_of(UserFactory())
    other_school = office.desk_of(CoordinationFactory().person.user)
    for desk in (stranger, other_school):
        for found in (made, own):
            assert desk.get(page(found)).status_code == 404
            assert desk.get(pdf(found)).status_code == 404


def test_a_coordinator_sees_and_makes_the_schools():
    PaymentSettingsFactory()
    group = application(SeminarFactory(fee=Decimal("2500.00")), size=2)
    address = reverse("trainings:issue_for_group", args=[group.pk])
    desk = desk_of_coordinator(group.school)
    other = office.desk_of(CoordinationFactory().person.user)

    assert other.post(address).status_code == 404
    [due] = desk.get(LIST).context["schools"]
    answer = desk.post(address)

    made = Proforma.objects.get()
    assert (due.amount, len(due.people)) == (Decimal(5000), 2)
    assert answer.url == page(made)
    assert desk.get(page(made)).status_code == 200
    assert desk.get(pdf(made)).status_code == 200


def test_a_former_coordinator_finds_nothing():
    made = school_proforma()
    former = CoordinationFactory(
        school=made.school,
        confirmed_at=timezone.now() - timedelta(days=9),
        ended_at=timezone.now() - timedelta(days=1),
    )
    desk = office.desk_of(former.person.user)

    assert desk.get(page(made)).status_code == 404
    assert desk.get(LIST).context["schools"] == []


def test_somebody_elses_booking_is_not_found():
    PaymentSettingsFactory()
    booking = place(SeminarFactory())
    address = reverse("trainings:issue_for_booking", args=[booking.pk])

    assert office.desk_of(UserFactory()).post(address).status_code == 404
    assert office.desk_of(booking.person.user).get(address).status_code == 405
    assert Document.objects.count() == 0


def test_a_refusal_is_said_on_the_list():
    booking = place(SeminarFactory())
    address = reverse("trainings:issue_for_booking", args=[booking.pk])

    answer = office.desk_of(booking.person.user).post(address, follow=True)

    assert office.messages(answer) == [
        office.serbian("The Centre has not written its account in the settings of payment yet.")
    ]


def test_free_places_and_turns_are_not_listed():
    person = PersonFactory()
    place(SeminarFactory(fee=Decimal(0)), person=person)
    place(SeminarFactory(), person=person, state=Booking.State.WAITING)
    free = SeminarFactory()
    FeeRuleFactory(seminar=free)
    place(free, person=person)

    answer = office.desk_of(person.user).get(LIST)

    assert (answer.context["own"], answer.context["schools"]) == ([], [])


@pytest.mark.parametrize(
    ("paid", "standing"), [(0, "unpaid"), (1000, "partly"), (2500, "paid"), (3000, "overpaid")]
)
def test_every_standing_has_its_page(paid, standing):
    made = proforma("2500.00")
    Proforma.objects.update(paid=paid)

    answer = office.desk_of(made.booking.person.user).get(page(made))

    assert answer.status_code == 200
    assert answer.context["proforma"].standing == standing


def test_an_ended_one_is_shown_without_its_paper():
    made = proforma()
    Proforma.objects.update(amount=0, ended_at=timezone.now())
    desk = office.desk_of(made.booking.person.user)

    assert desk.get(page(made)).status_code == 200
    assert desk.get(pdf(made)).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_database_as_often_for_three_as_for_one(rows, django_assert_num_queries):
    coordinator = CoordinationFactory()
    for _number in range(rows):
        made = school_proforma(school=coordinator.school)
        place(made.group.event.seminar, person=coordinator.person)
    desk = office.desk_of(coordinator.person.user)

    with django_assert_num_queries(8):
        answer = desk.get(LIST)

    assert len(answer.context["schools"]) == len(answer.context["own"]) == rows
