"""The certificate as a PDF."""

from __future__ import annotations

import io

import pymupdf
import pytest
import zxingcpp
from PIL import Image

from centar.documents import papers
from tests.factories.certificates import HeldSeminarFactory, IssuingSettingsFactory, participant
from tests.factories.trainings import TrainerFactory
from trainings import certificates as content
from trainings.operations import certificates

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate(staff):
    IssuingSettingsFactory()
    seminar = HeldSeminarFactory(
        programme__title="Огледи #1 у настави $физике$ *и* хемије",
        programme__competences=["К1", "К3"],
        programme__priorities=["2"],
        programme__ministry_number="610-00-00001/2026",
        trainers=[TrainerFactory(name="Мр Ђорђе Љубичић")],
        event__place="Крагујевац",
        event__address="Лепенички булевар 1",
    )
    booking = participant(seminar, first_name="Љиљана", last_name="Ђурђевић")
    return certificates.issue(booking_id=booking.pk, by=staff)


@pytest.fixture
def pdf(certificate):
    return papers.pdf_of(certificate.document)


def opened(pdf):
    return pymupdf.open(stream=pdf)


def seen_codes(page):
    """What a camera reads of the page."""
    picture = Image.open(io.BytesIO(page.get_pixmap(dpi=110).tobytes("png")))
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def test_it_is_one_sheet_with_all_that_must_stand_on_it(certificate, pdf):
    document = opened(pdf)
    text = " ".join(document[0].get_text().split())

    content_ = certificate.document.content
    assert len(document) == 1
    missing = [
        words
        for words in (
            "УВЕРЕЊЕ",
            "Љиљана Ђурђевић",
            "датум и место рођења: 24. марта 1985. године, Крагујевац",
            "ОШ „Прва бразда“, Доња Врбава",
            "за учешће: програм обуке",
            "Огледи #1 у настави $физике$ *и* хемије",
            f"Каталошки број {content_['number']}",
            "Број министарства 610-00-00001/2026",
            "Област Природне науке",
            "Компетенције К1 Компетенција К1; К3 Компетенција К3",
            "Приоритетне области 2 Приоритетна област 2",
            "Реализатори Мр Ђорђе Љубичић",
            "Трајање 8 сати",
            "Бодови 8 бодова",
            "Место Лепенички булевар 1, Крагујевац",
            "Деловодни број: У-1/2026",
            "директор",
            "Мр Љубица Ђаковић",
            f"Код: {certificate.document.printed_code}",
            "Ова исправа не носи електронски потпис.",
        )
        if words not in text
    ]
    assert missing == []


def test_the_code_leads_to_the_verification_page(certificate, pdf, settings):
    address = settings.SITE_URL + certificate.document.verification_path

    assert seen_codes(opened(pdf)[0]) == [address]
    assert [link["uri"] for link in opened(pdf)[0].get_links()] == [address]


def test_it_is_made_to_be_kept(pdf):
    document = opened(pdf)
    metadata = document.get_xml_metadata()

    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert document.metadata["title"] == "Уверење"
    assert document.metadata["author"] == "Центар за образовање Крагујевац"


def test_every_font_is_in_the_file(pdf):
    document = opened(pdf)
    fonts = document.get_page_fonts(0)

    assert {name.partition("+")[2].partition("-")[0] for _, _, _, name, *_ in fonts} == {
        "SourceSans3",
        "SourceSerif4",
    }
    assert all(document.extract_font(font[0])[3] for font in fonts)


def test_it_is_cyrillic_whatever_its_reader_has_chosen(certificate, client):
    owner = certificate.booking.person.user
    client.force_login(owner)
    path = certificate.document.pdf_path

    plain, latin, english = (client.get(f"{face}{path}").content for face in ("", "/lat", "/en"))

    assert plain == latin == english
    assert "УВЕРЕЊЕ" in opened(plain)[0].get_text()


def test_all_of_a_seminar_come_in_one_file_a_sheet_each(staff, certificate):
    other = participant(certificate.booking.event.seminar, school=None)
    second = certificates.issue(booking_id=other.pk, by=staff)

    printed = opened(content.print_all([certificate.document, second.document]))

    assert len(printed) == 2
    assert "У-1/2026" in printed[0].get_text()
    assert "У-2/2026" in printed[1].get_text()
    assert "није у радном односу" in printed[1].get_text()


def test_the_longest_words_stay_on_one_sheet(staff):
    """250 letters of a title, ten trainers, all competences: more than anybody has."""
    IssuingSettingsFactory()
    seminar = HeldSeminarFactory(
        programme__title="Унапређивање наставе " * 11,
        programme__competences=["К1", "К2", "К3", "К4"],
        programme__priorities=["1", "2", "3"],
        trainers=[TrainerFactory(name=f"Проф. др Љубомир Ђорђевић {n}") for n in range(10)],
    )
    booking = participant(seminar, last_name="Ђурђевић Петковић " * 4, employer="")
    document = certificates.issue(booking_id=booking.pk, by=staff).document

    assert len(opened(papers.pdf_of(document))) == 1
