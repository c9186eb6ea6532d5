"""Asking for money: issuing pro-forma invoices, and keeping them in line with who comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.documents import operations as documents
from centar.documents.models import Document
from centar.events import locks
from centar.events.models import Booking, BookingGroup
from centar.people.models import User
from centar.schools.models import School
from centar.script.folding import fold
from trainings import proformas
from trainings.letters import payments as letters
from trainings.models import Charge, PaymentSettings, Proforma
from trainings.operations import payment_settings
from trainings.payments import model97, references
from trainings.permissions import payments as permissions
from trainings.queries import fees, payments

# What stands on a paper that is replaced or revoked by the portal itself, in the register.
PEOPLE_CHANGED = "Промењен је списак учесника."
NOTHING_OWED = "Више се ништа не дугује."


@dataclass(frozen=True)
class _Payer:
    name: str
    place: str
    school: School | None


@transaction.atomic
def issue_for_booking(*, booking_id: int, by: User | None) -> Proforma:
    """A pro-forma invoice for one place; issuing twice gives the one that is there.

    Refuses when the person has no place, when there is nothing to pay, and when a school pays
    for a whole application with this place in it.
    """
    locks.lock_event(Booking.objects.values_list("event_id", flat=True).get(pk=booking_id))
    booking = Booking.objects.select_related(
        "event__seminar", "person__school", "group__school"
    ).get(pk=booking_id)
    demand(permissions.may_issue_for(booking, by))
    school_pays = booking.payer == Booking.Payer.SCHOOL
    if school_pays and booking.group is not None and booking.group.school is not None:
        raise Refusal(_("The school pays for this place, with its whole application."))
    settings = payment_settings.locked()
    there = Proforma.objects.live().filter(booking=booking).first()
    if there is not None:
        return there
    payer = _Payer(str(booking.person), "", None)
    if school_pays:
        payer = _school(booking.person.school) or _Payer(booking.person.employer, "", None)
    places = list(payments.covered(booking=booking))
    return _issue(settings, places, payer, school_pays=school_pays, by=by, booking=booking)


@transaction.atomic
def issue_for_group(*, group_id: int, by: User | None) -> Proforma:
    """One pro-forma invoice for everybody in an application that the school pays for.

    Issuing twice gives the one that is there. Refuses when nobody of them has a place yet, when
    there is nothing to pay, and for a group that no school applied for.
    """
    locks.lock_event(BookingGroup.objects.values_list("event_id", flat=True).get(pk=group_id))
    group = BookingGroup.objects.select_related("school").get(pk=group_id)
    demand(permissions.may_issue_for_group(group, by))
    payer = _school(group.school)
    if payer is None:
        raise Refusal(_("No school applied for this group; each person pays alone."))
    settings = payment_settings.locked()
    there = Proforma.objects.live().filter(group=group).first()
    if there is not None:
        return there
    places = list(payments.covered(group=group))
    return _issue(settings, places, payer, school_pays=True, by=by, group=group)


@transaction.atomic
def bring_into_line(*, proforma_id: int) -> Proforma:
    """Make an invoice ask for exactly those who have a place now; for the worker.

    Whoever stays keeps the price of the first paper, whoever takes a place over takes its price
    over. While something is open the paper is replaced under the same reference; what is paid
    in full keeps its paper, and money over it is shown to the staff. Where nobody is left, it
    ends. Does nothing when nothing has changed.
    """
    proforma, settings = _locked(proforma_id)
    places = list(payments.covered(booking=proforma.booking, group=proforma.group))
    before = list(proforma.charges.values_list("booking", "person").order_by("pk"))
    _charge(proforma, places)
    charges = list(proforma.charges.select_related("person").order_by("pk"))
    if proforma.ended_at or before == [(one.booking_id, one.person_id) for one in charges]:
        return proforma
    proforma.amount = sum((one.amount for one in charges), Decimal(0))
    if not charges:
        _end(proforma, by=None, reason=NOTHING_OWED)
    elif proforma.paid == 0 or proforma.paid < proforma.amount:
        _replace(proforma, settings, charges, places)
    proforma.save(update_fields=["amount", "document", "ended_at"])
    trail.record(
        "trainings.bring_proforma_into_line", proforma, by=None, amount=str(proforma.amount)
    )
    return proforma


@transaction.atomic
def withdraw_proforma(*, proforma_id: int, by: User, reason: str) -> Proforma:
    """Take back an invoice for which nothing has come; its fee is then counted anew.

    Refuses without a reason, when it has ended, and when money has come for it.
    """
    proforma, _settings = _locked(proforma_id)
    demand(permissions.may_change_proforma(by))
    if proforma.ended_at is not None:
        raise Refusal(_("This pro-forma invoice has ended already."))
    if proforma.paid:
        raise Refusal(_("Money has come for it. Undo the payments first."))
    proforma.charges.all().delete()
    proforma.amount = Decimal(0)
    _end(proforma, by=by, reason=reason)
    proforma.save(update_fields=["amount", "ended_at"])
    trail.record("trainings.withdraw_proforma", proforma, by=by, reason=reason)
    return proforma


@transaction.atomic
def write_invoice_number(*, proforma_id: int, by: User, number: str) -> Proforma:
    """Write down under which number the state's e-invoice system knows it; empty takes it off."""
    proforma, _settings = _locked(proforma_id)
    demand(permissions.may_change_proforma(by))
    proforma.invoice_number = number.strip()
    proforma.save(update_fields=["invoice_number"])
    trail.record("trainings.write_invoice_number", proforma, by=by, number=proforma.invoice_number)
    return proforma


def _locked(proforma_id: int) -> tuple[Proforma, PaymentSettings]:
    """The invoice read after the locks of its event and of money, in this order."""
    known = Proforma.objects.select_related("booking", "group").get(pk=proforma_id)
    about = known.booking or known.group
    assert about is not None  # kept by a constraint of the database
    locks.lock_event(about.event_id)
    settings = payment_settings.locked()
    fresh = Proforma.objects.select_related("document", "booking", "group", "school")
    return fresh.get(pk=proforma_id), settings


def _issue(
    settings: PaymentSettings,
    places: Sequence[Booking],
    payer: _Payer,
    *,
    school_pays: bool,
    by: User | None,
    booking: Booking | None = None,
    group: BookingGroup | None = None,
) -> Proforma:
    if not places:
        raise Refusal(_("A pro-forma invoice is made when there is a confirmed place."))
    owed = [(place, fee) for place, fee in fees.fees_of(places) if fee.amount > 0]
    if not owed:
        raise Refusal(_("There is nothing to pay."))
    reference = _reference(settings)
    due_on = timezone.localdate() + timedelta(days=settings.payment_days)
    lines = [proformas.Line(str(place.person), fee.amount, fee.reason) for place, fee in owed]
    bill = _bill(payer, lines, reference, due_on, school_pays, places[0].event.title)
    document = documents.issue(
        kind=proformas.KIND,
        content=proformas.content(bill, settings),
        by=by,
        person=booking.person if booking is not None else None,
    )
    proforma = Proforma.objects.create(
        document=document,
        booking=booking,
        group=group,
        school=payer.school,
        payer=f"{payer.name}, {payer.place}" if payer.place else payer.name,
        payer_folded=fold(f"{payer.name} {payer.place}"),
        reference=reference,
        reference_key=references.key(reference),
        amount=bill.total,
        due_on=due_on,
    )
    _charge(proforma, places)
    letters.queue_issued(proforma)
    trail.record("trainings.issue_proforma", proforma, by=by, amount=str(bill.total))
    return proforma


def _charge(proforma: Proforma, places: Sequence[Booking]) -> None:
    """Make the charges of an invoice those of exactly these places; prices once set stay."""
    kept = {charge.booking_id: charge for charge in proforma.charges.all()}
    gone = set(kept) - {place.pk for place in places}
    proforma.charges.filter(booking__in=gone).delete()
    for place, fee in fees.fees_of(places):
        charge = kept.get(place.pk)
        if charge is not None and charge.person_id != place.person_id:
            charge.person = place.person
            charge.save(update_fields=["person"])
        elif charge is None and fee.amount > 0:
            Charge.objects.create(
                booking=place,
                proforma=proforma,
                person=place.person,
                amount=fee.amount,
                full_fee=fee.full,
                reason=fee.reason,
            )


def _replace(
    proforma: Proforma,
    settings: PaymentSettings,
    charges: Sequence[Charge],
    places: Sequence[Booking],
) -> None:
    lines = [proformas.Line(str(one.person), one.amount, one.reason) for one in charges]
    old = proforma.document.content
    payer = _Payer(old["payer"]["name"], old["payer"]["place"], proforma.school)
    school_pays = places[0].payer == Booking.Payer.SCHOOL
    bill = _bill(
        payer, lines, proforma.reference, proforma.due_on, school_pays, places[0].event.title
    )
    proforma.document = documents.replace(
        document_id=proforma.document_id,
        content=proformas.content(bill, settings),
        by=None,
        reason=PEOPLE_CHANGED,
    )
    letters.queue_issued(proforma)


def _end(proforma: Proforma, *, by: User | None, reason: str) -> None:
    documents.revoke(document_id=proforma.document_id, by=by, reason=reason)
    proforma.ended_at = timezone.now()


def _bill(
    payer: _Payer,
    lines: Sequence[proformas.Line],
    reference: str,
    due_on: date,
    school_pays: bool,
    seminar: str,
) -> proformas.Bill:
    year, number = documents.next_number(proformas.KIND)
    return proformas.Bill(
        number=Document(kind=proformas.KIND, year=year, number=number).register_number,
        issued_on=timezone.localdate(),
        due_on=due_on,
        reference=reference,
        payer=payer.name,
        place=payer.place,
        school_pays=school_pays,
        seminar=seminar,
        lines=lines,
    )


def _reference(settings: PaymentSettings) -> str:
    body = settings.reference_body(*documents.next_number(proformas.KIND))
    reference = model97.reference(body)
    if Proforma.objects.filter(reference_key=references.key(reference)).exists():
        raise Refusal(
            _("The reference %(reference)s is taken. Change its beginning in the settings.")
            % {"reference": model97.written(reference)}
        )
    return reference


def _school(school: School | None) -> _Payer | None:
    return _Payer(school.name, school.place, school) if school is not None else None
