"""The letters about certificates, each written from the facts of the moment of sending."""

from __future__ import annotations

import re

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.outbox import kinds, operations
from centar.outbox.models import Letter
from centar.script import faces
from trainings.models import Certificate

READY = "trainings.certificate_ready"
REVOKED = "trainings.certificate_revoked"
REPLACED = "trainings.certificate_replaced"


def register() -> None:
    """Make the kinds known to the outbox; called once, when the app is ready."""
    kinds.register(kinds.Kind(READY, gettext_lazy("the certificate is ready"), _compose_ready))
    kinds.register(kinds.Kind(REVOKED, gettext_lazy("a certificate is revoked"), _compose_revoked))
    kinds.register(
        kinds.Kind(REPLACED, gettext_lazy("a certificate is replaced"), _compose_replaced)
    )


def queue(kind: str, certificate: Certificate) -> None:
    """Queue the letter to the certificate's owner; one of a kind for each certificate."""
    person = certificate.booking.person
    operations.queue(
        kind,
        object_id=certificate.pk,
        recipient=person.email,
        version="1",
        face=person.face,
    )


def _compose_ready(letter: Letter) -> kinds.Message:
    certificate = _certificate(letter)
    if certificate.ended_at is not None:
        raise kinds.NoLongerTrue(_("The certificate has ended in the meantime."))
    return _message(letter, certificate, _("Your certificate: %(title)s"), "ready")


def _compose_revoked(letter: Letter) -> kinds.Message:
    return _message(letter, _certificate(letter), _("Certificate revoked: %(title)s"), "revoked")


def _compose_replaced(letter: Letter) -> kinds.Message:
    certificate = _certificate(letter)
    if certificate.ended_at is not None:
        raise kinds.NoLongerTrue(_("The certificate has ended in the meantime."))
    return _message(letter, certificate, _("Certificate replaced: %(title)s"), "replaced")


def _certificate(letter: Letter) -> Certificate:
    found = Certificate.objects.select_related("document__replaces", "booking__person__user")
    return found.get(pk=letter.object_id)


def _message(
    letter: Letter, certificate: Certificate, subject: str, template: str
) -> kinds.Message:
    document = certificate.document
    face = faces.by_code(letter.face)
    context = {
        "certificate": certificate,
        "document": document,
        "person": certificate.booking.person,
        "title": document.content["title"],
        # Whoever has no account gets the paper from the Centre, and can verify it all the same.
        "own_page": certificate.booking.person.user_id
        and settings.SITE_URL + faces.address(reverse("trainings:my_certificates"), face),
        "verification": settings.SITE_URL + faces.address(document.verification_path, face),
    }
    written = render_to_string(f"trainings/letters/certificate_{template}.txt", context)
    text = re.sub(r"\n{3,}", "\n\n", written).strip() + "\n"
    return kinds.Message(subject % {"title": document.content["title"]}, text)
