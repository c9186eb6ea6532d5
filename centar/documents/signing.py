"""The electronic signature of papers: PAdES with the Centre's key, where one is configured.

A key that the Centre made itself proves where a paper comes from and that nothing in it was
changed; it is no qualified signature, and nothing printed says that it is.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from centar.documents.models import Document

Proof = Document.Proof
FIELD = "Centar"


def proof() -> str:
    """How a paper issued now will be proved genuine."""
    key = settings.SIGNING_KEY
    if key is None:
        return Proof.REGISTER
    certificate = _signer(key, settings.SIGNING_PASSPHRASE).signing_cert
    assert certificate is not None  # a file without one was refused when it was opened
    return Proof.OWN_KEY if certificate.self_signed != "no" else Proof.CERTIFIED_KEY


def sign(pdf: bytes) -> bytes:
    """The PDF with the Centre's signature over all of it; a changed byte breaks it.

    Raises ImproperlyConfigured when no key is configured.
    """
    key = settings.SIGNING_KEY
    if key is None:
        raise ImproperlyConfigured(
            "A paper is to be signed and SIGNING_KEY is not set. Set it to the Centre's key."
        )
    signer = signers.PdfSigner(
        signers.PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            subfilter=fields.SigSeedSubFilter.PADES,
        ),
        signer=_signer(key, settings.SIGNING_PASSPHRASE),
    )
    signed: io.BytesIO = signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)))
    return signed.getvalue()


@cache
def _signer(key: Path, passphrase: str) -> signers.SimpleSigner:
    opened: signers.SimpleSigner | None
    opened = signers.SimpleSigner.load_pkcs12(  # type: ignore[no-untyped-call]
        str(key), passphrase=passphrase.encode()
    )
    if opened is None or opened.signing_cert is None:
        raise ImproperlyConfigured(
            f"{key} cannot be opened with SIGNING_PASSPHRASE, or is no PKCS#12 file with a key."
        )
    return opened
