"""Taking files in: what is kept, and every refusal with its sentence."""

from __future__ import annotations

import hashlib
import io
import re
import struct
import zlib

import pytest
from django.core.files.storage import default_storage
from django.utils import translation
from PIL import Image

from centar.access import Refusal
from centar.audit.models import Entry
from centar.files import kinds, office, operations, pictures
from centar.files.models import PrivateFile
from tests.factories import files
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
UNKNOWN = "The portal does not know this file. It takes: PDF, DOCX, XLSX, PPTX, JPEG, PNG, HEIC."


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def refusal(name, content, **options):
    """The sentence with which the file is refused; nothing of it stays."""
    with pytest.raises(Refusal) as refused:
        operations.store(upload=files.upload(name, content), by=None, **options)
    assert PrivateFile.objects.count() == 0
    return str(refused.value)


def huge_png(width, height):
    """A PNG whose header promises so many pixels."""

    def chunk(name, data):
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\x00" * 1000)
    start = b"\x89PNG\r\n\x1a\n"
    return start + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def test_a_file_is_kept_with_what_is_known_of_it():
    user = UserFactory()

    file = operations.store(upload=files.upload("Уверење.pdf"), by=user)

    content = files.pdf()
    assert (file.name, file.mime_type, file.size) == (
        "Уверење.pdf",
        "application/pdf",
        len(content),
    )
    assert (file.sha256, file.uploaded_by) == (hashlib.sha256(content).hexdigest(), user.pk)
    assert files.bytes_of(file) == content
    entry = Entry.objects.get(action="files.store")
    assert (entry.object_id, entry.actor_id) == (file.pk, user.pk)


def test_nothing_of_the_name_is_in_the_path():
    first, second = files.stored("tajna.pdf"), files.stored("tajna.pdf")

    assert first.path != second.path
    assert [bool(re.fullmatch(r"private/[\w-]{43}", one.path)) for one in (first, second)] == [
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", files.pdf(), kinds.PDF),
        ("a.docx", files.office(kinds.DOCX), kinds.DOCX),
        ("a.xlsx", files.office(kinds.XLSX), kinds.XLSX),
        ("a.pptx", files.office(kinds.PPTX), kinds.PPTX),
        ("a.JPG", files.picture("JPEG"), kinds.JPEG),
        ("a.png", files.picture("PNG"), kinds.PNG),
        ("a.heic", files.heic(), kinds.HEIC),
    ],
)
def test_each_kind_is_known_by_its_content(name, content, kind):
    file = files.stored(name, content)

    assert (file.name, file.mime_type) == (name, kind.mime_type)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("racun.pdf", b"MZ\x90\x00" + b"\x00" * 300),
        ("slika.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"),
        ("slika.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("strana.pdf", b"<html><body>%PDF-1.7 %%EOF</body></html>"),
        ("pola.pdf", b"%PDF-1.7\n1 0 obj"),
        ("arhiva.docx", b"PK\x03\x04" + b"\x00" * 40),
        ("slika.gif", files.picture("GIF")),
        ("film.heic", b"\x00\x00\x00\x14ftypisom\x00\x00\x00\x00mif1"),
        ("pola.heic", files.heic()[:-3]),
        ("tekst.txt", "Добар дан".encode()),
    ],
)
def test_what_is_not_on_the_list_is_refused_whatever_its_name(name, content):
    assert refusal(name, content) == UNKNOWN


def test_a_kind_that_is_not_wanted_here_is_refused():
    sentence = refusal("a.docx", files.office(), allowed=(kinds.PDF, kinds.JPEG))

    assert sentence == "The portal does not know this file. It takes: PDF, JPEG."


def test_a_name_that_says_another_kind_is_refused():
    assert refusal("uverenje.pdf", files.picture("PNG")) == (
        "The name ends in .pdf, but the file is another kind: PNG picture."
    )


def test_an_empty_file_is_refused():
    assert refusal("a.pdf", b"") == "This file is empty."


def test_a_file_over_the_limit_is_refused():
    sentence = refusal("a.pdf", b"%PDF-" + b"0" * operations.LARGEST)

    assert sentence == "This file has 10.0\xa0MB; the portal takes files of up to 10.0\xa0MB."


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (r"C:\temp\uverenje.pdf", "uverenje.pdf"),
        ("../../etc/uverenje.pdf", "uverenje.pdf"),
        ("uve\x00re\u202enje.pdf", "uverenje.pdf"),
        ("uverenje", "uverenje.pdf"),
        ("program.exe", "program.exe.pdf"),
        (".pdf", "pdf.pdf"),
        ("а" * 400 + ".pdf", "а" * 146 + ".pdf"),
    ],
)
def test_a_name_holds_no_path_and_ends_in_the_truth(typed, shown):
    upload = files.upload()
    upload._name = typed  # as a client would say it that goes around the browser

    assert operations.store(upload=upload, by=None).name == shown


def test_a_picture_is_written_anew_without_what_the_telephone_hid_in_it():
    before = files.picture("JPEG", (40, 30), exif=True)
    assert b"Tajna fabrika" in before

    after = files.bytes_of(files.stored("a.jpg", before))

    assert b"Tajna fabrika" not in after
    with Image.open(io.BytesIO(after)) as picture:
        assert (picture.size, len(picture.getexif())) == ((30, 40), 0)


@pytest.mark.parametrize("size", [(9000, 9000), (12_000, 9000), (60_000, 60_000)])
def test_a_picture_bomb_is_refused_before_it_is_decoded(size):
    assert refusal("a.png", huge_png(*size)) == (
        "This picture has too many pixels. Send at most 50 millions of them."
    )
    assert pictures.MOST_PIXELS == 50_000_000


def test_a_damaged_picture_is_refused():
    assert refusal("a.png", huge_png(50, 50)[:60]) == (
        "This picture is damaged and cannot be opened."
    )


def test_an_archive_that_unpacks_to_far_more_is_refused():
    bomb = files.office(kinds.DOCX, **{"word/media/a.bin": b"\x00" * office.LARGEST_UNPACKED})
    assert len(bomb) < 1_000_000

    assert refusal("a.docx", bomb) == (
        "This file unpacks to far more than a document needs; it is not taken."
    )


def test_an_archive_of_very_many_parts_is_refused():
    parts = {f"word/{number}.xml": b"" for number in range(office.MOST_PARTS)}

    assert refusal("a.docx", files.office(kinds.DOCX, **parts)) == (
        "This file unpacks to far more than a document needs; it is not taken."
    )


def test_macros_are_refused():
    assert refusal("a.docx", files.office(kinds.DOCX, **{"word/vbaProject.bin": b"1"})) == (
        "This file holds macros (small programs). Save it without them."
    )


def test_a_removed_file_is_gone_once_that_is_certain(django_capture_on_commit_callbacks):
    file = files.stored()
    path = file.path

    with django_capture_on_commit_callbacks(execute=True):
        operations.remove(file=file, by=None)
        assert default_storage.exists(path)

    assert not default_storage.exists(path)
    assert PrivateFile.objects.count() == 0
