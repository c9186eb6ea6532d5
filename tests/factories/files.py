"""Files as people hand them in, made on the spot, and their rows."""

from __future__ import annotations

import io
import zipfile

import pillow_heif
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from centar.files import kinds, operations
from centar.files.kinds import FileKind
from centar.files.models import PrivateFile


def pdf() -> bytes:
    """The least that begins and ends as a PDF."""
    return b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def picture(form: str = "JPEG", size: tuple[int, int] = (40, 30), exif: bool = False) -> bytes:
    """A picture of one colour; `exif=True` hides the maker and a place in it and turns it."""
    written = io.BytesIO()
    extra = {"exif": _hidden()} if exif else {}
    Image.new("RGB", size, "teal").save(written, form, **extra)
    return written.getvalue()


def heic(size: tuple[int, int] = (64, 48), exif: bool = False, **options: int) -> bytes:
    """A picture as telephones make them; `options` are those of its encoder."""
    written = io.BytesIO()
    extra = {"exif": _hidden().tobytes()} if exif else {}
    made = pillow_heif.from_pillow(Image.new("RGB", size, "teal"))
    made.save(written, **extra, **options)
    return written.getvalue()


def huge_heic() -> bytes:
    """A HEIC of four tiles whose head promises 81 million pixels."""
    small, large = (side.to_bytes(4, "big") * 2 for side in (128, 9000))
    size = b"ispe\x00\x00\x00\x00"
    return heic((128, 128), tile_size=64).replace(size + small, size + large)


def empty_heic() -> bytes:
    """Two boxes: the brand of a still picture, and facts about none."""
    return b"\x00\x00\x00\x14ftypheic\x00\x00\x00\x00mif1" + b"\x00\x00\x00\x0cmeta\x00\x00\x00\x00"


def _hidden() -> Image.Exif:
    hidden = Image.Exif()
    hidden[0x010F] = "Tajna fabrika"
    hidden[0x0112] = 6  # turned by a quarter
    hidden.get_ifd(0x8825).update({1: "N", 2: (44.0, 0.0, 40.0), 3: "E", 4: (20.0, 54.0, 0.0)})
    return hidden


def office(kind: FileKind = kinds.DOCX, **parts: bytes) -> bytes:
    """An archive with the main part of an Office file, and further parts by name."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(kind.main_part, "<document/>")
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def upload(name: str = "uverenje.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    """A file as the form hands it on."""
    return SimpleUploadedFile(name, pdf() if content is None else content)


def stored(name: str = "uverenje.pdf", content: bytes | None = None) -> PrivateFile:
    """A file that was handed in."""
    return operations.store(upload=upload(name, content), by=None)


def bytes_of(file: PrivateFile) -> bytes:
    """What is kept of the file."""
    with default_storage.open(file.path, "rb") as kept:
        return kept.read()
