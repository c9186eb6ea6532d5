"""What the letters about certificates say."""

from __future__ import annotations

import pytest

from centar.outbox import operations as outbox
from centar.outbox.models import Letter
from tests import reader
from tests.factories.certificates import participant
from trainings.operations import certificates

pytestmark = pytest.mark.django_db


def texts():
    """The letters as they are written, by kind."""
    return {letter.kind.split("_")[1]: outbox.write(letter) for letter in Letter.objects.all()}


def test_the_letter_says_where_to_fetch_and_to_verify_it(staff, seminar, settings):
    booking = participant(seminar, first_name="Љиљана", user__face="lat")
    certificate = certificates.issue(booking_id=booking.pk, by=staff)

    message = texts()["ready"]

    assert message.subject == f"Vaše uverenje: {seminar.programme.title}".replace(
        "Програм", "Program"
    )
    assert f"{settings.SITE_URL}/lat/moja-uverenja/" in message.text
    assert f"{settings.SITE_URL}/lat{certificate.document.verification_path}" in message.text
    assert reader.cyrillic_words(message.text) == []


def test_whoever_has_no_account_is_sent_to_the_centre(staff, seminar):
    booking = participant(seminar, user=None, contact_email="pera@example.org")
    certificates.issue(booking_id=booking.pk, by=staff)

    text = texts()["ready"].text

    assert "moja-uverenja" not in text
    assert "У Центру вас чека на папиру." in text


def test_reasons_are_told(staff, seminar):
    booking = participant(seminar)
    first = certificates.issue(booking_id=booking.pk, by=staff)
    booking.person.last_name = "Марић"
    booking.person.save()
    second = certificates.replace(certificate_id=first.pk, by=staff, reason="Ново презиме.")
    certificates.revoke(certificate_id=second.pk, by=staff, reason="Издато грешком.")
    Letter.objects.exclude(kind="trainings.certificate_revoked").delete()

    assert "Разлог: Издато грешком." in texts()["revoked"].text
