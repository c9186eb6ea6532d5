"""Issuing pro-forma invoices, and keeping them in line with who comes."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from centar.access import Refusal
from centar.audit.models import Entry
from centar.documents.models import Document, Register
from centar.events.models import Booking
from centar.events.operations import bookings
from centar.outbox.models import Letter
from tests.factories.payments import (
    FeeRuleFactory,
    PaymentSettingsFactory,
    application,
    place,
    proforma,
    school_proforma,
)
from tests.factories.people import (
    AdministratorFactory,
    CoordinationFactory,
    PersonFactory,
    StaffFactory,
    UserFactory,
)
from tests.factories.trainings import SeminarFactory
from trainings.models import Charge, Proforma
from trainings.operations import proformas
from trainings.payments import ips_qr
from trainings.queries import payments

pytestmark = pytest.mark.django_db


def leave(booking):
    bookings.withdraw(booking_id=booking.pk, by=AdministratorFactory())


def test_a_place_with_a_fee_gets_one():
    PaymentSettingsFactory()
    person = PersonFactory(first_name="Љиљана", last_name="Ђорђевић")
    booking = place(SeminarFactory(fee=Decimal("2500.00")), person=person)

    made = proformas.issue_for_booking(booking_id=booking.pk, by=person.user)

    year = timezone.localdate().year
    assert made.document.register_number == f"П-1/{year}"
    assert made.reference[2:] == f"{year}000001"
    assert (made.amount, made.paid, made.standing) == (Decimal(2500), 0, "unpaid")
    assert made.due_on == timezone.localdate() + timedelta(days=8)
    assert made.document.person == person
    printed = made.document.content
    assert (printed["total"], printed["code"]) == ("2.500,00", "289")
    assert printed["lines"] == [{"person": "Љиљана Ђорђевић", "reason": "", "amount": "2.500,00"}]
    slip = ips_qr.read(printed["qr_text"])
    assert slip == ips_qr.Slip(
        account="840000000095584510",
        payee="Centar za obrazovanje Kragujevac\nKragujevac",
        amount=Decimal("2500.00"),
        code="289",
        payer="Ljiljana Đorđević",
        purpose="Kotizacija za seminar",
        reference=f"97{made.reference}",
    )
    [charge] = Charge.objects.all()
    assert (charge.booking, charge.person, charge.amount) == (booking, person, Decimal(2500))
    assert list(Letter.objects.values_list("kind", "recipient")) == [
        ("trainings.proforma", person.email)
    ]
    actions = Entry.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["documents.issue", "trainings.issue_proforma"]


def test_issuing_twice_is_one_issuing():
    first = proforma()

    again = proformas.issue_for_booking(booking_id=first.booking_id, by=None)

    assert again == first
    assert Document.objects.count() == 1


def test_the_price_is_frozen_with_the_paper():
    made = proforma("2500.00")
    made.booking.event.seminar.fee = Decimal(9000)
    made.booking.event.seminar.save()

    proformas.bring_into_line(proforma_id=made.pk)

    made.refresh_from_db()
    assert made.amount == Decimal(2500)
    assert Document.objects.count() == 1


@pytest.mark.parametrize("fee", [None, "0.00"])
def test_nothing_to_pay_makes_no_paper(fee):
    PaymentSettingsFactory()
    if fee is None:
        FeeRuleFactory()
    booking = place(SeminarFactory(fee=Decimal(fee or "2500.00")))

    with pytest.raises(Refusal, match="There is nothing to pay"):
        proformas.issue_for_booking(booking_id=booking.pk, by=None)

    assert (Proforma.objects.count(), Document.objects.count()) == (0, 0)


def test_who_only_waits_is_asked_for_nothing():
    PaymentSettingsFactory()
    booking = place(SeminarFactory(), state=Booking.State.WAITING)

    with pytest.raises(Refusal, match="confirmed place"):
        proformas.issue_for_booking(booking_id=booking.pk, by=None)


def test_without_an_account_nobody_is_asked_to_pay():
    booking = place(SeminarFactory())

    with pytest.raises(Refusal, match="has not written its account"):
        proformas.issue_for_booking(booking_id=booking.pk, by=None)


def test_who_may_issue_for_a_booking():
    PaymentSettingsFactory()
    seminar = SeminarFactory()
    staff = StaffFactory(permissions=["trainings.add_proforma"])
    mine, theirs = place(seminar), place(seminar)

    assert proformas.issue_for_booking(booking_id=mine.pk, by=mine.person.user).booking == mine
    assert proformas.issue_for_booking(booking_id=theirs.pk, by=staff).booking == theirs
    for stranger in (UserFactory(), StaffFactory()):
        with pytest.raises(Refusal, match="not yours"):
            proformas.issue_for_booking(booking_id=mine.pk, by=stranger)


def test_a_school_gets_one_for_its_whole_application():
    PaymentSettingsFactory()
    seminar = SeminarFactory(fee=Decimal("2500.00"))
    group = application(seminar, size=3)
    place(seminar)
    coordinator = CoordinationFactory(school=group.school).person

    made = proformas.issue_for_group(group_id=group.pk, by=coordinator.user)

    assert (made.amount, made.school, made.payer) == (
        Decimal(7500),
        group.school,
        str(group.school),
    )
    printed = made.document.content
    assert (printed["code"], printed["total"], len(printed["lines"])) == ("221", "7.500,00", 3)
    assert list(Letter.objects.values_list("recipient", flat=True)) == [coordinator.email]


def test_only_who_coordinates_the_school_issues_for_it():
    PaymentSettingsFactory()
    group = application(SeminarFactory())
    other, former = CoordinationFactory(), CoordinationFactory(school=group.school)
    former.ended_at = timezone.now()
    former.save()

    for stranger in (other.person.user, former.person.user, UserFactory()):
        with pytest.raises(Refusal, match="coordinator of the school"):
            proformas.issue_for_group(group_id=group.pk, by=stranger)


def test_a_place_that_the_school_pays_has_none_of_its_own():
    PaymentSettingsFactory()
    booking = application(SeminarFactory()).bookings.first()

    with pytest.raises(Refusal, match="whole application"):
        proformas.issue_for_booking(booking_id=booking.pk, by=AdministratorFactory())


def test_people_who_leave_before_payment_are_taken_off_the_paper():
    made = school_proforma(size=3)
    first = made.document
    gone = made.group.bookings.order_by("pk").first()
    leave(gone)

    assert payments.changed_proformas() == [made.pk]
    proformas.bring_into_line(proforma_id=made.pk)

    made.refresh_from_db()
    first.refresh_from_db()
    assert (made.amount, made.document.replaces, first.is_valid) == (Decimal(5000), first, False)
    assert made.document.content["total"] == "5.000,00"
    assert made.document.content["reference"] == first.content["reference"]
    assert not Charge.objects.filter(booking=gone).exists()
    assert payments.changed_proformas() == []
    assert Letter.objects.filter(kind="trainings.proforma").count() == 0  # nobody coordinates yet


def test_a_substitute_takes_the_place_with_its_price():
    made = school_proforma(size=2)
    FeeRuleFactory()  # a newcomer would pay nothing
    booking = made.group.bookings.order_by("pk").first()
    substitute = PersonFactory(user=None, school=made.school, first_name="Замена")
    booking.person = substitute
    booking.save()

    proformas.bring_into_line(proforma_id=made.pk)

    made.refresh_from_db()
    assert made.amount == Decimal(5000)
    assert made.document.content["lines"][0]["person"] == str(substitute)
    assert Charge.objects.get(booking=booking).person == substitute


def test_somebody_who_gets_a_place_later_is_added():
    made = school_proforma(size=1)
    person = PersonFactory(user=None, school=made.school)
    seminar = made.group.event.seminar
    place(seminar, person=person, group=made.group, payer=Booking.Payer.SCHOOL)

    assert payments.changed_proformas() == [made.pk]
    proformas.bring_into_line(proforma_id=made.pk)

    made.refresh_from_db()
    assert (made.amount, len(made.document.content["lines"])) == (Decimal(5000), 2)


def test_people_who_leave_after_payment_leave_money_over():
    made = school_proforma(size=2)
    paper = made.document
    Proforma.objects.update(paid=Decimal(5000))
    leave(made.group.bookings.first())

    proformas.bring_into_line(proforma_id=made.pk)

    made.refresh_from_db()
    assert (made.amount, made.standing, made.document) == (Decimal(2500), "overpaid", paper)
    assert list(Proforma.objects.overpaid()) == [made]
    assert paper.is_valid


def test_when_nobody_is_left_it_ends():
    made = proforma()
    leave(made.booking)

    proformas.bring_into_line(proforma_id=made.pk)

    made.refresh_from_db()
    made.document.refresh_from_db()
    assert (made.amount, made.standing, made.document.is_valid) == (0, "ended", False)
    assert payments.changed_proformas() == []


def test_nothing_changed_changes_nothing():
    made = school_proforma()

    assert payments.changed_proformas() == []
    before = Entry.objects.count()
    proformas.bring_into_line(proforma_id=made.pk)

    assert Document.objects.count() == 1
    assert Entry.objects.count() == before


def test_staff_take_back_an_unpaid_one_and_the_next_counts_anew():
    made = proforma("2500.00")
    made.booking.event.seminar.fee = Decimal(1000)
    made.booking.event.seminar.save()
    staff = AdministratorFactory()

    proformas.withdraw_proforma(proforma_id=made.pk, by=staff, reason="Погрешна цена.")
    again = proformas.issue_for_booking(booking_id=made.booking_id, by=staff)

    made.refresh_from_db()
    assert (made.standing, again.amount) == ("ended", Decimal(1000))
    assert Register.objects.get(kind="proforma").last == 2


@pytest.mark.parametrize(
    ("paid", "reason", "sentence"),
    [(Decimal(1), "Разлог.", "Money has come"), (Decimal(0), " ", "Write the reason")],
)
def test_what_cannot_be_taken_back(paid, reason, sentence):
    made = proforma()
    Proforma.objects.update(paid=paid)

    with pytest.raises(Refusal, match=sentence):
        proformas.withdraw_proforma(proforma_id=made.pk, by=AdministratorFactory(), reason=reason)

    made.refresh_from_db()
    assert (made.ended_at, Charge.objects.count()) == (None, 1)


def test_only_staff_take_back():
    made = proforma()

    with pytest.raises(Refusal, match="Only the Centre's staff"):
        proformas.withdraw_proforma(
            proforma_id=made.pk, by=made.booking.person.user, reason="Не желим."
        )


def test_a_reference_that_is_taken_is_not_given_twice():
    made = proforma()
    Register.objects.update(last=0)
    booking = place(made.booking.event.seminar)

    with pytest.raises(Refusal, match="is taken"):
        proformas.issue_for_booking(booking_id=booking.pk, by=None)


def test_a_name_too_long_for_the_code_leaves_it_out_and_the_paper_stays():
    PaymentSettingsFactory(payee="Центар за образовање и стручно усавршавање запослених у школама")
    long = {"first_name": "Александра-Анастасија" * 2, "last_name": "Протопопадић-Ђурђевданска" * 2}
    made = proforma(person=PersonFactory(**long))

    assert made.document.content["qr_text"] == ""
