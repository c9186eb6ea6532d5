"""The kinds of files that people may hand in. Whatever is not listed here is refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class FileKind:
    """A kind of file; `suffixes` are the endings of names that tell the truth about it.

    `main_part` is set for Office files: the part of the package that makes it one.
    """

    code: str
    # A lazy text is another in every language, and so would be the hash.
    label: str | Promise = field(compare=False)
    mime_type: str
    suffixes: tuple[str, ...]
    main_part: str = ""


_OFFICE = "application/vnd.openxmlformats-officedocument."

PDF = FileKind("pdf", _("PDF document"), "application/pdf", (".pdf",))
DOCX = FileKind(
    "docx",
    _("Word document"),
    f"{_OFFICE}wordprocessingml.document",
    (".docx",),
    "word/document.xml",
)
XLSX = FileKind(
    "xlsx",
    _("Excel workbook"),
    f"{_OFFICE}spreadsheetml.sheet",
    (".xlsx",),
    "xl/workbook.xml",
)
PPTX = FileKind(
    "pptx",
    _("PowerPoint presentation"),
    f"{_OFFICE}presentationml.presentation",
    (".pptx",),
    "ppt/presentation.xml",
)
JPEG = FileKind("jpeg", _("JPEG picture"), "image/jpeg", (".jpg", ".jpeg"))
PNG = FileKind("png", _("PNG picture"), "image/png", (".png",))
HEIC = FileKind("heic", _("HEIC picture"), "image/heic", (".heic", ".heif"))

OFFICE = (DOCX, XLSX, PPTX)
ALL = (PDF, *OFFICE, JPEG, PNG, HEIC)


def accept(allowed: Iterable[FileKind]) -> str:
    """The endings for the `accept` attribute of a file field."""
    return ",".join(suffix for kind in allowed for suffix in kind.suffixes)


def named(allowed: Iterable[FileKind]) -> str:
    """The kinds as a sentence lists them: „PDF, DOCX, JPEG“."""
    return ", ".join(kind.code.upper() for kind in allowed)
