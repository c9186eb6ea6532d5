"""What the portal does with a file before any form has looked at it."""

from __future__ import annotations

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import RequestFactory

from centar.files import operations, uploads
from library.operations import imports

MEGABYTE = 1024 * 1024


def test_of_a_file_that_no_form_takes_only_the_size_is_kept(monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST_KEPT", 3 * MEGABYTE)
    sent = SimpleUploadedFile("plan.pdf", b"1" * (5 * MEGABYTE))

    file = RequestFactory().post("/", {"file": sent}).FILES["file"]

    assert isinstance(file, TemporaryUploadedFile)
    with file:
        assert file.size == 5 * MEGABYTE
        written = Path(file.temporary_file_path()).stat().st_size
    assert 3 * MEGABYTE < written < 4 * MEGABYTE


def test_a_file_that_some_form_takes_is_kept_whole():
    assert max(operations.LARGEST, imports.LARGEST) <= uploads.LARGEST_KEPT
