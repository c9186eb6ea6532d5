"""Issuing, revoking and replacing certificates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.documents import operations as documents
from centar.events.models import Booking
from centar.people.models import Person, User
from trainings import certificates as content
from trainings.letters import certificates as letters
from trainings.models import Certificate, IssuingSettings, LedgerEntry, Programme, Seminar
from trainings.operations import ledger
from trainings.permissions import certificates as permissions
from trainings.queries import certificates as queries

LEDGER_KINDS = {
    Programme.Form.PROGRAMME: LedgerEntry.Kind.PROGRAMME,
    Programme.Form.MEETING: LedgerEntry.Kind.MEETING,
}
LONGEST_PRIORITY = LedgerEntry._meta.get_field("priority").max_length


@dataclass(frozen=True)
class Occasion:
    """What all certificates of a seminar have in common, read once for all of them."""

    seminar: Seminar
    content: dict[str, Any]


def occasion(seminar_id: int) -> Occasion:
    """The seminar as its certificates tell of it.

    Refuses while the seminar is not over, when it was cancelled, and until the staff have entered
    who is authorised.
    """
    seminar = Seminar.objects.select_related("event", "programme__area").get(pk=seminar_id)
    demand(permissions.may_be_certified(seminar, timezone.now()))
    issuing = IssuingSettings.on(timezone.localdate())
    if issuing is None:
        raise Refusal(
            _("Enter the particulars of certificates first: who issues them and who is authorised.")
        )
    return Occasion(seminar, content.about_seminar(seminar, seminar.event.days, issuing))


@transaction.atomic
def issue(*, booking_id: int, by: User | None, occasion_: Occasion | None = None) -> Certificate:
    """The certificate of one participant, who gets a letter that it is ready.

    Refuses who has no place, has a certificate already, was not there long enough, has not filled
    in an evaluation that the programme asks for, or whose date or place of birth is missing.
    """
    demand(permissions.may_issue(by))
    booking = _lock_booking(booking_id)
    held = occasion_ or occasion(booking.event_id)
    programme = held.seminar.programme
    (standing,) = queries.standings(held.seminar, [booking])
    demand(permissions.may_receive(standing, programme))
    words = content.about_person(booking.person) | held.content
    document = documents.issue(kind=content.KIND, content=words, by=by, person=booking.person)
    certificate = Certificate.objects.create(
        booking=booking, document=document, hours=programme.hours, points=programme.points
    )
    _count(certificate, by)
    trail.record("trainings.issue_certificate", certificate, by=by, booking=booking.pk)
    letters.queue("trainings.certificate_ready", certificate)
    return certificate


@transaction.atomic
def revoke(*, certificate_id: int, by: User, reason: str) -> Certificate:
    """End a certificate; its hours and points no longer count, and the person is told why.

    Refuses without a reason, and when it has ended already.
    """
    demand(permissions.may_end(by))
    certificate = _lock_certificate(certificate_id)
    documents.revoke(document_id=certificate.document_id, by=by, reason=reason)
    _end(certificate, by, reason)
    trail.record("trainings.revoke_certificate", certificate, by=by, reason=reason)
    letters.queue("trainings.certificate_revoked", certificate)
    return certificate


@transaction.atomic
def replace(*, certificate_id: int, by: User, reason: str) -> Certificate:
    """A new certificate in place of one whose holder has changed, such as by a new name.

    What is about the person is taken as it is now, all else stays as it was printed. The old paper
    points to the new one. Refuses when nothing would change.
    """
    demand(permissions.may_end(by))
    old = _lock_certificate(certificate_id)
    person = Person.objects.select_related("school").get(pk=old.booking.person_id)
    if person.birth_date is None or not person.birth_place:
        raise Refusal(_("The date and place of birth are not known."))
    words = {**old.document.content, **content.about_person(person)}
    if old.ended_at is None and words == old.document.content:
        raise Refusal(
            _("Nothing would change: correct the person's data first, then replace the paper.")
        )
    document = documents.replace(document_id=old.document_id, content=words, by=by, reason=reason)
    _end(old, by, reason)
    new = Certificate.objects.create(
        booking=old.booking, document=document, hours=old.hours, points=old.points
    )
    _count(new, by)
    trail.record("trainings.replace_certificate", new, by=by, reason=reason, replaces=old.pk)
    letters.queue("trainings.certificate_replaced", new)
    return new


def _lock_booking(booking_id: int) -> Booking:
    # Two who issue to the same participant wait here for each other, and so does a withdrawal.
    booked = Booking.objects.select_for_update(no_key=True, of=("self",))
    return booked.select_related("person__user", "person__school").get(pk=booking_id)


def _lock_certificate(certificate_id: int) -> Certificate:
    issued = Certificate.objects.select_for_update(no_key=True, of=("self",))
    related = issued.select_related("document", "booking__person__user")
    return related.get(pk=certificate_id)


def _end(certificate: Certificate, by: User, reason: str) -> None:
    certificate.ended_at = timezone.now()
    certificate.save(update_fields=["ended_at"])
    ledger.reverse(document=certificate.document, by=by, reason=reason)


def _count(certificate: Certificate, by: User | None) -> None:
    """Credit the ledger with what stands on the paper, earned on the last day."""
    words = certificate.document.content
    ledger.credit(
        person=certificate.booking.person,
        kind=LEDGER_KINDS.get(words["form"], LedgerEntry.Kind.OTHER),
        title=words["title"],
        number=words["number"] or words["ministry_number"],
        earned_on=date.fromisoformat(words["days"][-1]),
        hours=Decimal(certificate.hours),
        points=certificate.points,
        competences=[code for code, _name in words["competences"]],
        priority="; ".join(words["priority_areas"])[:LONGEST_PRIORITY],
        document=certificate.document,
        by=by,
    )
