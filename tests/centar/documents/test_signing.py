"""The electronic signature, and the truth about it."""

from __future__ import annotations

import io

import pytest
from django.core.exceptions import ImproperlyConfigured
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from centar.documents import papers, signing
from centar.documents.models import Document, SignedPaper
from tests.factories.documents import issued

pytestmark = pytest.mark.django_db
Proof = Document.Proof


def status_of(pdf):
    """What a reader that trusts this very key finds out about the only signature."""
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    trusted = ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False)
    return validate_pdf_signature(signature, trusted)


def test_without_a_key_papers_say_that_they_are_valid_by_the_register():
    document = issued()

    assert document.proof == Proof.REGISTER
    assert b"/ByteRange" not in papers.pdf_of(document)
    assert papers.in_words(document.proof).startswith("This paper bears no electronic signature.")


@pytest.mark.usefixtures("with_key")
def test_with_a_key_the_whole_paper_is_signed():
    document = issued()

    status = status_of(papers.pdf_of(document))

    assert (status.intact, status.valid, status.trusted) == (True, True, True)
    assert status.coverage.name == "ENTIRE_FILE"
    assert status.signing_cert.subject.native == {"common_name": "Проба"}


@pytest.mark.usefixtures("with_key")
def test_a_key_that_signed_itself_is_called_what_it_is():
    document = issued()

    assert document.proof == Proof.OWN_KEY
    assert "It is not a qualified electronic signature" in papers.in_words(document.proof)


@pytest.mark.usefixtures("with_key")
def test_a_changed_byte_is_found():
    pdf = bytearray(papers.pdf_of(issued()))
    place = pdf.index(b"/Title")
    pdf[place + 8] ^= 1

    status = status_of(bytes(pdf))

    assert not status.intact


@pytest.mark.usefixtures("with_key")
def test_a_signed_paper_is_kept_and_always_the_same():
    document = issued()

    first, second = papers.pdf_of(document), papers.pdf_of(document)

    assert first == second
    assert bytes(SignedPaper.objects.get().pdf) == first


def test_papers_from_before_the_key_stay_as_they_were(settings, request):
    document = issued()
    before = papers.pdf_of(document)
    request.getfixturevalue("with_key")

    assert papers.pdf_of(document) == before
    assert SignedPaper.objects.count() == 0


def test_a_wrong_passphrase_is_said(settings, key_file):
    settings.SIGNING_KEY, settings.SIGNING_PASSPHRASE = key_file, "друга"

    with pytest.raises(ImproperlyConfigured, match="cannot be opened with SIGNING_PASSPHRASE"):
        signing.proof()


@pytest.mark.usefixtures("with_key")
def test_a_key_that_went_missing_is_said(settings):
    document = issued()
    settings.SIGNING_KEY = None

    with pytest.raises(ImproperlyConfigured, match="SIGNING_KEY is not set"):
        papers.pdf_of(document)
