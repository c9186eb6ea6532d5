"""Lists as people paste them from their spreadsheets."""

from __future__ import annotations

import pytest

from centar.events.applications import pasting, words
from centar.events.applications.pasting import Row
from centar.people.models import Person

ANA = Row(
    first_name="Ана",
    last_name="Ђурић",
    email="ana@example.org",
    post="наставник",
    subject="Физика",
    birth_date="24.3.1985.",
    birth_place="Рача",
)


@pytest.mark.parametrize("mark", ["\t", ";", ","])
def test_each_separator(mark):
    line = mark.join(vars(ANA).values())

    assert pasting.read(line, {"fizika"}) == [ANA]


@pytest.mark.parametrize(
    "headings",
    [
        "Презиме\tИме\tМејл\tДатум рођења\tМесто рођења\tПредмет\tРадно место",
        "prezime\time\te-mail\tDatum rođenja:\tmesto rođenja\tpredmet\tRADNO MESTO",
    ],
)
def test_headings_in_either_script_and_any_order(headings):
    line = "Ђурић\tАна\tana@example.org\t24.3.1985.\tРача\tФизика\tнаставник"

    assert pasting.read(f"{headings}\n{line}\n") == [ANA]


def test_without_headings_columns_are_known_by_what_they_hold():
    text = "1985-03-24;ana@example.org;Ана;Ђурић\n1970-01-02;;Јован;Лазић"

    assert pasting.read(text) == [
        Row("Ана", "Ђурић", email="ana@example.org", birth_date="1985-03-24"),
        Row("Јован", "Лазић", birth_date="1970-01-02"),
    ]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Ана Ђурић", Row("Ана", "Ђурић")),
        ("Ана Марија Ђурић", Row("Ана", "Марија Ђурић")),
        ("Презиме и име\nЂурић Ана", Row("Ана", "Ђурић")),
        ("Име и презиме;мејл\nАна Ђурић;ana@example.org", Row("Ана", "Ђурић", "ana@example.org")),
    ],
)
def test_a_whole_name_in_one_cell(text, row):
    assert pasting.read(text) == [row]


@pytest.mark.parametrize("text", ["", "  \n\t\n", ";;;\n", "Име\tПрезиме\n"])
def test_nothing_is_nobody(text):
    assert pasting.read(text) == []


def test_what_no_spreadsheet_holds_does_no_harm():
    assert pasting.read('\0А"на\t"Ђурић\n' + "х" * 9000) == [
        Row('А"на', "Ђурић"),
        Row("х" * 9000),
    ]


def test_no_more_rows_than_an_application_can_have():
    assert len(pasting.read("Ана;Ђурић\n" * 500)) == pasting.MOST_ROWS


@pytest.mark.parametrize(
    ("written", "post"),
    [
        ("Наставница", Person.Post.SUBJECT_TEACHER),
        ("учитељица", Person.Post.CLASS_TEACHER),
        ("наставник разредне наставе", Person.Post.CLASS_TEACHER),
        ("Psihološkinja", None),
        ("Psiholog", Person.Post.ASSOCIATE),
        ("директорка", Person.Post.PRINCIPAL),
        ("домар", None),
    ],
)
def test_posts_in_words(written, post):
    assert words.post_of(written) == post
