"""Taking files in: what is kept, and every refusal with its sentence."""

from __future__ import annotations

import hashlib
import io
import re
import struct
import zlib

import pymupdf
import pytest
from django.core.files.storage import default_storage
from django.utils import translation
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from centar.access import Refusal
from centar.audit.models import Entry
from centar.files import heic, kinds, office, operations, pdf, pictures
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
        ("pola.heic", files.empty_heic()[:-3]),
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


@pytest.mark.parametrize(
    ("name", "before", "form"),
    [
        ("a.jpg", files.picture("JPEG", (40, 30), exif=True), "JPEG"),
        ("a.png", files.picture("PNG", (40, 30), exif=True), "PNG"),
        ("a.heic", files.heic((40, 30), exif=True), "JPEG"),
    ],
)
def test_a_picture_is_written_anew_without_what_the_telephone_hid_in_it(name, before, form):
    assert b"Tajna fabrika" in before

    after = files.bytes_of(files.stored(name, before))

    assert b"Tajna fabrika" not in after
    assert b"Exif" not in after
    with Image.open(io.BytesIO(after)) as picture:
        assert (picture.format, picture.size) == (form, (30, 40))
        assert (len(picture.getexif()), picture.getexif().get_ifd(0x8825)) == (0, {})


@pytest.mark.parametrize("name", ["k.jpg", "k.png", "k.heic"])
def test_a_picture_is_kept_no_longer_than_is_wanted(name):
    kind = name.partition(".")[2].replace("jpg", "jpeg").upper()
    content = files.heic((128, 96)) if kind == "HEIC" else files.picture(kind, (128, 96))
    small, whole = (
        operations.store(upload=files.upload(name, content), by=None, longest_side=side)
        for side in (64, 640)
    )

    sizes = [Image.open(io.BytesIO(files.bytes_of(file))).size for file in (small, whole)]
    assert sizes == [(64, 48), (128, 96)]


def test_remarks_and_what_hangs_behind_a_picture_are_gone():
    written = io.BytesIO()
    remark = PngInfo()
    remark.add_text("Author", "Tajna osoba")
    Image.new("RGB", (40, 30)).save(written, "PNG", pnginfo=remark)
    jpeg = io.BytesIO()
    Image.new("RGB", (40, 30)).save(jpeg, "JPEG", comment=b"Tajna osoba")

    for name, before in (("a.png", written.getvalue()), ("a.jpg", jpeg.getvalue())):
        after = files.bytes_of(files.stored(name, before + b"Tajni film"))
        assert b"Tajna osoba" in before
        assert b"Tajn" not in after


@pytest.mark.parametrize(
    ("typed", "shown"), [("IMG_1.HEIC", "IMG_1.jpg"), ("IMG", "IMG.jpg"), ("a.b.heif", "a.b.jpg")]
)
def test_a_picture_of_a_telephone_becomes_one_that_browsers_show(typed, shown):
    file = files.stored(typed, files.heic())

    assert (file.name, file.mime_type) == (shown, "image/jpeg")
    with Image.open(io.BytesIO(files.bytes_of(file))) as picture:
        assert (picture.format, picture.size) == ("JPEG", (64, 48))
        red, green, blue = picture.getpixel((10, 10))
    assert red < 20
    assert abs(green - 128) < 12
    assert abs(blue - 128) < 12


def test_a_heic_bomb_is_refused_before_it_is_decoded():
    assert refusal("a.heic", files.huge_heic()) == (
        "This picture has too many pixels. Send at most 50 millions of them."
    )


def without_pixels(content):
    """The head as it was, the picture itself made of nothing."""
    start = content.index(b"mdat") + 4
    return content[:start] + bytes(len(content) - start)


@pytest.mark.parametrize("content", [files.empty_heic(), without_pixels(files.heic())])
def test_a_damaged_heic_is_refused(content):
    assert refusal("a.heic", content) == "This picture is damaged and cannot be opened."


def test_a_decoder_that_hangs_or_falls_harms_nobody_else(monkeypatch, tmp_path):
    monkeypatch.setattr(heic, "PATIENCE_SECONDS", 0.5)
    for faulty in ("import time; time.sleep(60)", "import os; os.abort()", ""):
        decoder = tmp_path / "decoder.py"
        decoder.write_text(faulty)
        monkeypatch.setattr(heic, "DECODER", decoder)
        assert refusal("a.heic", files.heic()) == "This picture is damaged and cannot be opened."


def test_the_decoder_knows_no_secrets(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "not to be told")
    decoder = tmp_path / "decoder.py"
    decoder.write_text("import os; print(sorted(os.environ))")
    monkeypatch.setattr(heic, "DECODER", decoder)

    assert b"SECRET_KEY" not in heic.as_jpeg(files.heic(), 1)


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


def active(packed: bool, action: str) -> bytes:
    """A PDF that does something when it is opened; `packed` hides it in a stream of objects."""
    made = pymupdf.open()
    made.new_page()
    key = made.get_new_xref()
    made.update_object(key, action)
    made.xref_set_key(made.pdf_catalog(), "OpenAction", f"{key} 0 R")
    return bytes(made.tobytes(use_objstms=packed, deflate=packed))


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    "action",
    ["<</S/JavaScript/JS(app.alert(1))>>", "<</S /Launch /F (cmd.exe)>>"],
)
def test_a_pdf_that_starts_something_is_refused(packed, action):
    content = active(packed, action)
    assert (re.search(rb"/JavaScript|/Launch", content) is None) is packed

    assert refusal("a.pdf", content) == (
        "This file starts something by itself when it is opened. Print it into a new PDF."
    )
    if not packed:
        numbered = content.replace(b"/JavaScript", b"/Java#53cript").replace(b"/L", b"/#4c")
        assert refusal("a.pdf", numbered) == refusal("a.pdf", content)


def test_a_pdf_that_only_shows_itself_or_leads_elsewhere_is_taken():
    content = active(True, "<</S/GoTo/D[0/Fit]>>")

    assert files.stored("a.pdf", content).size == len(content)


def test_a_pdf_whose_objects_unpack_to_far_more_is_refused():
    packed = zlib.compress(b"1 0 " * (pdf.LARGEST_UNPACKED // 4))
    bomb = files.pdf().replace(b"trailer", b"<</Type/ObjStm>>stream\n" + packed + b"\ntrailer")

    assert refusal("a.pdf", bomb) == (
        "This file unpacks to far more than a document needs; it is not taken."
    )


def test_a_removed_file_is_gone_once_that_is_certain(django_capture_on_commit_callbacks):
    file = files.stored()
    path = file.path

    with django_capture_on_commit_callbacks(execute=True):
        operations.remove(file=file, by=None)
        assert default_storage.exists(path)

    assert not default_storage.exists(path)
    assert PrivateFile.objects.count() == 0
