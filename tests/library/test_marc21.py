"""MARC 21 says what the record says, in binary and in XML."""

from __future__ import annotations

import io

import pytest
from pymarc import MARCReader

from library.described import Contributor, Described, Issue, Item, Number, Part
from library.exchange import marc21, marcxml
from library.exchange.texts import Unreadable

WHOLE = Described(
    title="На Дрини ћуприја",
    subtitle="вишеградска хроника",
    responsibility="Иво Андрић ; [предговор Петар Џаџић]",
    edition="3. изд.",
    place="Београд",
    publisher="Просвета",
    printed_year="[1947?]",
    extent="214 стр. : илустр. ; 21 cm",
    series="Савремена проза ; књ. 4",
    language="srp",
    udc="821.163.41-31",
    subjects=("Вишеград", "роман – XX век"),
    notes="Тираж 5.000.\nБелешка о писцу: стр. 210.",
    link="https://example.org/cuprija",
    control_number="512345",
    source="COBISS.SR",
    contributors=(
        Contributor("Андрић, Иво"),
        Contributor("Просвета", "oth", is_body=True),
        Contributor("Џаџић, Петар", "aui"),
    ),
    numbers=(Number("isbn", "86-331-0225-0"), Number("isbn", "86-331-0225-9")),
    issues=(Issue(1947, "2", volume="1", title="лето"),),
    parts=(Part("карта", 2),),
    copies=(Item("101", "821 АНД", "00000101"), Item("102", "821 АНД")),
)


def test_what_is_written_is_read_from_the_binary_file():
    (marc,) = MARCReader(io.BytesIO(marc21.write(WHOLE).as_marc()))

    assert marc21.read(marc) == WHOLE
    assert [marc["020"]["a"], marc.get_fields("020")[1]["z"]] == ["86-331-0225-0", "86-331-0225-9"]


def test_what_is_written_is_read_from_xml():
    (marc,) = marcxml.read(b"".join(marcxml.written([marc21.write(WHOLE)])))

    assert marc21.read(marc) == WHOLE


def test_broken_xml_keeps_what_came_before_and_entities_are_refused():
    good = b"".join(marcxml.written([marc21.write(WHOLE)]))
    first, reason = marcxml.read(good.replace(b"</marc:collection>", b"<record>"))

    assert marc21.read(first) == WHOLE
    assert isinstance(reason, Unreadable)
    bomb = b'<!DOCTYPE a [<!ENTITY b "bb">]><collection><record/></collection>'
    assert [str(one) for one in marcxml.read(bomb)] == [
        "Фајл уводи ентитете, који се ради безбедности не читају."
    ]


def test_punctuation_of_isbd_is_taken_away_where_the_leader_does_not_say_it_is_left_out():
    marc = marc21.write(
        Described(title="Na Drini ćuprija /", place="Beograd :", publisher="Nolit,")
    )
    marc.leader = marc.leader[:18] + "a" + marc.leader[19:]

    read = marc21.read(marc)

    assert (read.title, read.place, read.publisher) == ("Na Drini ćuprija", "Beograd", "Nolit")


def test_a_record_without_a_title_is_not_read():
    marc = marc21.write(WHOLE)
    marc.remove_fields("245")

    with pytest.raises(Unreadable, match="245"):
        marc21.read(marc)
