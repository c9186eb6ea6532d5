"""Certificates revoked and replaced."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db.models import Sum

from centar.access import Refusal
from centar.documents import operations as documents
from centar.outbox import operations as outbox
from centar.outbox.models import Letter
from tests.factories.certificates import ISSUES, participant
from tests.factories.people import StaffFactory, UserFactory
from trainings.models import Certificate, LedgerEntry
from trainings.operations import certificates

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate(staff, seminar):
    booking = participant(seminar, first_name="Ана", last_name="Љубичић")
    return certificates.issue(booking_id=booking.pk, by=staff)


def revoke(certificate, by, reason="Издато грешком."):
    return certificates.revoke(certificate_id=certificate.pk, by=by, reason=reason)


def replace(certificate, by, reason="Ново презиме."):
    return certificates.replace(certificate_id=certificate.pk, by=by, reason=reason)


def rename(certificate, last_name):
    person = certificate.booking.person
    person.last_name = last_name
    person.save()


def points():
    return LedgerEntry.objects.aggregate(all=Sum("points"))["all"]


def test_a_revoked_certificate_no_longer_counts_and_its_owner_is_told(staff, certificate):
    revoke(certificate, staff)

    certificate.refresh_from_db()
    assert certificate.ended_at is not None
    assert not certificate.document.is_valid
    assert points() == 0
    assert Letter.objects.filter(kind="trainings.certificate_revoked").count() == 1


def test_after_a_revocation_another_can_be_issued(staff, certificate):
    revoke(certificate, staff)

    again = certificates.issue(booking_id=certificate.booking_id, by=staff)

    assert again.document.register_number == "У-2/2026"
    assert points() == Decimal(8)


@pytest.mark.parametrize("deed", [revoke, replace])
def test_nothing_ends_without_a_reason_or_twice(staff, certificate, deed):
    rename(certificate, "Марић")

    with pytest.raises(Refusal, match="Write the reason"):
        deed(certificate, staff, reason=" ")
    assert Certificate.objects.get().ended_at is None
    deed(certificate, staff)
    with pytest.raises(Refusal, match="is revoked already"):
        deed(certificate, staff)


@pytest.mark.parametrize("deed", [revoke, replace])
def test_only_who_may_ends_a_certificate(certificate, deed):
    rename(certificate, "Марић")
    only_issues = StaffFactory(permissions=["trainings.add_certificate"])

    for user in (UserFactory(), certificate.booking.person.user, only_issues):
        with pytest.raises(Refusal, match="Only the Centre's staff may do this"):
            deed(certificate, user)
    deed(certificate, StaffFactory(permissions=ISSUES))
    certificate.refresh_from_db()
    assert certificate.ended_at is not None


def test_a_new_name_makes_a_new_paper_to_which_the_old_one_points(staff, certificate):
    rename(certificate, "Марић")

    new = replace(certificate, staff)

    old = Certificate.objects.get(pk=certificate.pk)
    assert new.document.content == {**old.document.content, "name": "Ана Марић"}
    assert old.document.content["name"] == "Ана Љубичић"
    assert (old.document.replaced_by, new.document.register_number) == (new.document, "У-2/2026")
    assert (old.ended_at is not None, new.ended_at) == (True, None)
    assert (new.hours, new.points, new.booking) == (old.hours, old.points, old.booking)
    assert points() == Decimal(8)


def test_its_owner_is_told_of_the_new_one_only(staff, certificate):
    rename(certificate, "Марић")
    new = replace(certificate, staff)

    outbox.deliver_due()

    states = Letter.objects.values_list("kind", "object_id", "state").order_by("pk")
    assert list(states) == [
        ("trainings.certificate_ready", certificate.pk, "dropped"),
        ("trainings.certificate_replaced", new.pk, "sent"),
    ]


def test_where_nothing_changed_nothing_is_replaced(staff, certificate):
    with pytest.raises(Refusal, match="Nothing would change"):
        replace(certificate, staff)

    assert Certificate.objects.get().ended_at is None


def test_the_register_revokes_a_certificate_with_all_that_depends_on_it(staff, certificate):
    documents.withdraw(document=certificate.document, by=staff, reason="Издато грешком.")

    certificate.refresh_from_db()
    assert certificate.ended_at is not None
    assert points() == 0


def test_a_failure_halfway_leaves_nothing_half_done(staff, certificate, monkeypatch):
    rename(certificate, "Марић")
    monkeypatch.setattr(
        "trainings.letters.certificates.queue", lambda *args: (_ for _ in ()).throw(LookupError)
    )

    with pytest.raises(LookupError):
        replace(certificate, staff)

    assert Certificate.objects.get().ended_at is None
    assert certificate.document.is_valid
    assert points() == Decimal(8)
    assert certificates.documents.Register.objects.get().last == 1
