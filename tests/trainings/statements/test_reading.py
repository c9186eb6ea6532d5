"""Statements read from files of every kind, and files that are none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from tests.trainings.statements import files
from trainings.payments.statements import camt, reading, tables
from trainings.payments.statements.entries import Entry, with_fingerprints

DAY = date(2026, 11, 20)
BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">&b;</Document>"""
OUTSIDE = b"""<?xml version="1.0"?>
<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">&x;</Document>"""
DECLARED = b"""<?xml version="1.0"?><!DOCTYPE Document>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"/>"""


def refused(content, columns=None):
    with pytest.raises(ValidationError) as refusal:
        reading.read(content, columns)
    return refusal.value.messages[0]


@pytest.mark.parametrize("version", ["02", "04", "08", "12"])
def test_an_entry_of_every_version(version):
    content = files.camt(
        files.entry("2500.00", "97382026000123", number="B-1", purpose="За семинар"),
        version=version,
    )

    assert camt.read(content) == [
        Entry(
            booked_on=DAY,
            amount=Decimal("2500.00"),
            payer="Милица Петровић",
            payer_account="165000000000005574",
            reference="97382026000123",
            purpose="За семинар",
            bank_reference="B-1",
            account="840000000095584510",
        )
    ]


def test_money_that_went_is_negative_and_what_is_not_booked_is_left_out():
    content = files.camt(
        files.entry("100.00", way="DBIT"),
        files.entry("200.00", state="<Sts><Cd>PDNG</Cd></Sts>"),
        files.entry("300.00", state="<Sts><Cd>BOOK</Cd></Sts>"),
    )

    assert [one.amount for one in camt.read(content)] == [Decimal(-100), Decimal(300)]


def test_a_collective_entry_is_divided_when_its_parts_make_it_up():
    detail = '<TxDtls><AmtDtls><TxAmt><Amt Ccy="RSD">{}</Amt></TxAmt></AmtDtls></TxDtls>'
    whole = files.entry("300.00", number="B-7")
    start, end = whole.index("<TxDtls>"), whole.index("</NtryDtls>")

    def with_parts(*parts):
        return whole[:start] + "".join(detail.format(part) for part in parts) + whole[end:]

    divided = camt.read(files.camt(with_parts("100.00", "200.00")))
    undivided = camt.read(files.camt(with_parts("100.00", "100.00")))

    assert [(one.amount, one.bank_reference) for one in divided] == [
        (Decimal(100), "B-7/1"),
        (Decimal(200), "B-7/2"),
    ]
    assert [(one.amount, one.bank_reference) for one in undivided] == [(Decimal(300), "B-7")]


@pytest.mark.parametrize("content", [BOMB, OUTSIDE, DECLARED], ids=["bomb", "outside", "dtd"])
def test_entities_of_its_own_are_refused(content):
    assert "declares entities" in refused(content)


@pytest.mark.parametrize(
    "content",
    [
        b"<html><body>Izvod</body></html>",
        b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"/>',
        files.camt().replace(b"<Document", b"<Dokument").replace(b"/Document", b"/Dokument"),
    ],
)
def test_foreign_xml_is_refused(content):
    assert refused(content) == "This XML is no bank statement (CAMT.053)."


@pytest.mark.parametrize("content", [b"<", b"<a>", files.camt()[:-20], b"<a>\xff</a>", b"<\0a/>"])
def test_damaged_xml_is_refused(content):
    assert "damaged" in refused(content)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ((b'Ccy="RSD"', b'Ccy="EUR"'), "The statement is not in dinars."),
        ((b">2500.00<", b">-2500.00<"), "“-2500.00” is no amount."),
        ((b">2500.00<", b">1e9<"), "“1e9” is no amount."),
        ((b">2500.00<", b">NaN<"), "“NaN” is no amount."),
        ((b"2026-11-20", b"2026-13-20"), "“2026-13-20” is no date."),
        ((b"CRDT", b"XXXX"), "An entry does not say whether money came or went."),
    ],
)
def test_an_entry_that_cannot_be_understood_is_named(change, sentence):
    assert refused(files.camt(files.entry("2500.00")).replace(*change)) == sentence


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_table_in_cyrillic(separator, encoding):
    content = files.table(
        [files.row("12.345,00", "38-2026000123")], separator=separator, encoding=encoding
    )

    [one] = tables.read(content, files.COLUMNS)

    assert (one.payer, one.amount, one.reference) == (
        "Милица Петровић",
        Decimal("12345.00"),
        "38-2026000123",
    )


def test_a_table_in_windows_1250():
    rows = "Datum;Platilac;Iznos\r\n20.11.2026;Đorđe Šćepanović;12,345.00\r\n"

    [one] = tables.read(rows.encode("cp1250"), {"booked_on": 0, "payer": 1, "amount": 2})

    assert (one.payer, one.amount) == ("Đorđe Šćepanović", Decimal("12345.00"))


@pytest.mark.parametrize("day", ["20.11.2026", "20.11.2026.", "2026-11-20", "20/11/2026"])
def test_days_are_written_in_many_ways(day):
    content = files.table([(day, "А", "", "1,00", "", "", "")])

    [one] = tables.read(content, files.COLUMNS)

    assert one.booked_on == DAY


def test_money_that_went_stands_in_a_column_of_its_own():
    rows = [("20.11.2026", "А", "", "", "70,00", "", ""), ("", "УКУПНО", "", "1,00", "", "", "")]

    assert [one.amount for one in tables.read(files.table(rows), files.COLUMNS)] == [Decimal(-70)]


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (("јуче", "А", "", "1,00", "", "", ""), "Line 3: “јуче” is no date."),
        (("20.11.2026", "А", "", "много", "", "", ""), "Line 3: “много” is no amount."),
    ],
)
def test_a_row_that_cannot_be_understood_is_named(cells, sentence):
    assert refused(files.table([cells]), files.COLUMNS) == sentence


@pytest.mark.parametrize("content", [b"", b"\n\n", b"%PDF-1.7 ...", b"jedan red bez kolona", b"\0"])
def test_what_is_no_table_is_refused(content):
    with pytest.raises(ValidationError):
        tables.table(content)


def test_equal_payments_without_a_number_are_told_apart_by_their_order():
    one = Entry(DAY, Decimal(100), reference="1-2")
    first, second = (mark for mark, _entry in with_fingerprints([one, one]))
    [again] = (
        mark for mark, _entry in with_fingerprints([Entry(DAY, Decimal(100), "X", "", "12")])
    )

    assert first != second
    assert again == first
