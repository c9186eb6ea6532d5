"""The paper itself: made again from the content of a document, or kept with its signature."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from centar.documents import kinds, pdf, qr, signing
from centar.documents.models import Document, SignedPaper
from centar.script import faces

Proof = Document.Proof


def pdf_of(document: Document) -> bytes:
    """The PDF of a document, in Cyrillic: the same one whenever it is asked for.

    A document that is to be signed is signed when it is first asked for, and kept.
    """
    if not document.is_signed:
        return _made(document)
    kept = SignedPaper.objects.filter(document=document).first()
    return bytes((kept or _sign(document)).pdf)


@transaction.atomic
def _sign(document: Document) -> SignedPaper:
    # Two who ask at once must get the same paper.
    document = Document.objects.select_for_update(no_key=True).get(pk=document.pk)
    kept = SignedPaper.objects.filter(document=document).first()
    if kept is not None:
        return kept
    return SignedPaper.objects.create(document=document, pdf=signing.sign(_made(document)))


def _made(document: Document) -> bytes:
    kind = kinds.get(document.kind)
    with translation.override(faces.CYRILLIC.language):
        return pdf.render(
            kind.template,
            kind.paper(document),
            standards=kind.standards,
            made_at=document.issued_at,
        )


def proofs(document: Document, *, is_print: bool = False) -> dict[str, Any]:
    """What every paper bears so that it can be verified: number, code, QR and the plain truth
    about its signature, as data of a template.

    What is printed to be signed by hand bears no electronic signature, whatever the PDF does.
    """
    # The paper is Cyrillic whichever face its reader has chosen.
    path = faces.address(document.verification_path, faces.CYRILLIC)
    address = settings.SITE_URL + path
    return {
        "number": document.register_number,
        "code": document.printed_code,
        "address": address,
        "site": settings.SITE_URL.partition("://")[2] + "/provera/",
        "qr": qr.svg(address),
        "proof": in_words(Proof.REGISTER if is_print else document.proof),
    }


def in_words(proof: str) -> str:
    """How a paper is proved genuine, said without promising more."""
    return {
        Proof.REGISTER: _(
            "This paper bears no electronic signature. It is valid by its entry in the Centre's "
            "register, which anybody can check by the QR code."
        ),
        Proof.OWN_KEY: _(
            "Signed electronically with the Centre's own key, which proves its origin and that "
            "nothing was changed. It is not a qualified electronic signature; the entry in the "
            "register can be checked by the QR code."
        ),
        Proof.CERTIFIED_KEY: _(
            "Signed electronically with the Centre's key, certified by an authority whose name "
            "the signature bears. The entry in the register can be checked by the QR code."
        ),
    }[Proof(proof)]
