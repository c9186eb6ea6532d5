"""The register numbers of certificates in the lists and reports of a seminar."""

from __future__ import annotations

import pytest

from tests.factories.certificates import (
    ISSUES,
    HeldSeminarFactory,
    IssuingSettingsFactory,
    participant,
)
from tests.factories.people import StaffFactory
from trainings.operations import certificates
from trainings.queries.participants import certificate_numbers, participants

pytestmark = pytest.mark.django_db


def test_a_valid_certificate_stands_beside_its_person_until_it_is_revoked():
    IssuingSettingsFactory()
    seminar, other = HeldSeminarFactory(), HeldSeminarFactory()
    booking = participant(seminar)
    participant(seminar)
    staff = StaffFactory(permissions=ISSUES)
    issued = certificates.issue(booking_id=booking.pk, by=staff)

    number = issued.document.register_number
    assert certificate_numbers(seminar) == {booking.person_id: number}
    assert sorted(one.certificate for one in participants(seminar, "azbuka")) == ["", number]
    assert certificate_numbers(other) == {}

    certificates.revoke(certificate_id=issued.pk, by=staff, reason="Погрешно име.")

    assert certificate_numbers(seminar) == {}
