"""The printed pro-forma invoice."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.factories.payments import proforma, school_proforma
from tests.factories.schools import SchoolFactory
from tests.trainings.payments import papers
from trainings import proformas
from trainings.payments import accounts, ips_qr

pytestmark = pytest.mark.django_db


def test_the_code_read_off_the_paper_is_its_text():
    content = school_proforma("1234.56", size=3).document.content

    assert papers.codes_of(proformas.as_pdf(content)) == [content["qr_text"]]


def test_the_code_read_off_the_paper_asks_for_what_is_owed():
    school = SchoolFactory(name="ОШ „Станислав Сремчевић“", place="Крагујевац")
    made = school_proforma("1234.56", school=school, size=3)

    [code] = papers.codes_of(proformas.as_pdf(made.document.content))

    assert ips_qr.read(code) == ips_qr.Slip(
        account="840000000095584510",
        payee="Centar za obrazovanje Kragujevac\nKragujevac",
        amount=Decimal("3703.68"),
        code="221",
        payer="OŠ „Stanislav Sremčević“\nKragujevac",
        purpose="Kotizacija za seminar",
        reference=f"97{made.reference}",
    )


def test_the_code_bears_some_dirt_as_the_national_bank_asks():
    paper = proformas.as_pdf(proforma().document.content)

    assert papers.levels_of(paper) == ["M"]


def test_the_paper_is_in_cyrillic_and_says_everything():
    school = SchoolFactory(name="ОШ „Станислав Сремчевић“", place="Крагујевац")
    content = school_proforma("12345.00", school=school, size=2).document.content

    text = papers.text_of(proformas.as_pdf(content))

    for words in (
        f"Предрачун {content['number']}",
        "ОШ „Станислав Сремчевић“",
        "Центар за образовање Крагујевац",
        "ПИБ: 101134702",
        accounts.written("840000000095584510"),
        content["reference"],
        "= 24.690,00",
        "221",
        "НАЛОГ ЗА ПРЕНОС",
        "NBS IPS QR",
        content["due_on"],
    ):
        assert words in text


def test_without_a_code_the_paper_still_prints():
    content = proforma().document.content | {"qr_text": ""}

    paper = proformas.as_pdf(content)

    assert papers.codes_of(paper) == []
    assert "NBS IPS QR" not in papers.text_of(paper)
    assert content["reference"] in papers.text_of(paper)


def test_forty_people_make_more_pages_and_one_slip():
    paper = proformas.as_pdf(school_proforma(size=40).document.content)

    assert papers.text_of(paper).count("NBS IPS QR") == 1
    assert len(papers.codes_of(paper)) == 1


def test_what_was_typed_is_no_markup():
    name = "#panic() $x$ *a* @b <c> \\ [d]"
    content = proforma().document.content
    content["payer"]["name"] = name

    assert name in papers.text_of(proformas.as_pdf(content)).replace("\n", " ")


def test_the_file_has_a_name_that_any_system_takes():
    assert proformas.file_name("П-12/2026") == "predracun-12-2026.pdf"
