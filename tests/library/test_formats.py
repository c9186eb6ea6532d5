"""What is written in a format is read from it, whatever it says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pymarc import Record as Marc

from library.described import Contributor, Described, Issue, Item, Number, Part
from library.exchange import fields, marc21, marcxml, reading, tables, unimarc
from library.exchange.texts import Unreadable
from library.models import Contribution, ImportRun, Record
from tests.library.test_marc21 import WHOLE

Format = ImportRun.Format

LETTERS = "абвгђеЖЗЉЊЏшčćžšđABCxyz0123456789.,:;/()[]\\'\"=+-@!?№„“’é–&<>"
word = st.text(LETTERS, min_size=1, max_size=8)
text = st.lists(word, min_size=1, max_size=4).map(" ".join)
maybe = st.just("") | text
name = st.text("абвАБВčćžXYZ", min_size=1, max_size=8)
person = st.builds(
    Contributor,
    st.builds("{}, {}".format, name, name) | name,
    st.sampled_from(Contribution.Role.values).map(str),
    st.booleans(),
)
number = st.builds(
    Number,
    st.just("isbn"),
    st.sampled_from(["86-331-0225-0", "978-86-331-0225-4", "86-331-0225-9", "8600000000"]),
)
issue = st.builds(
    Issue,
    st.integers(1900, 2026),
    st.sampled_from(["1", "3-4"]),
    st.sampled_from(["", "12"]),
    st.just("") | name,
)
described = st.builds(
    Described,
    title=text,
    kind=st.sampled_from(Record.Kind.values).map(str),
    subtitle=maybe,
    responsibility=maybe,
    edition=maybe,
    place=maybe,
    publisher=maybe,
    printed_year=st.sampled_from(["", "1998", "[1987?]", "cop. 2004", "s. a."]).filter(bool),
    extent=maybe,
    series=maybe,
    language=st.sampled_from(["", "srp", "eng"]),
    udc=st.sampled_from(["", "821.163.41-31", "37(497.11)", "[069:7](083)"]),
    subjects=st.lists(name, max_size=3, unique=True).map(tuple),
    notes=st.lists(name, max_size=3).map("\n".join),
    link=st.sampled_from(["", "https://example.org/a?b=c&d"]),
    control_number=st.sampled_from(["512345", "COBISS-12"]),
    source=maybe,
    contributors=st.lists(person, max_size=4, unique=True).map(tuple),
    numbers=st.lists(number, max_size=3, unique=True).map(tuple),
    issues=st.lists(
        issue,
        max_size=2, unique_by=lambda issue: (issue.year, issue.volume, issue.number),
    ).map(tuple),
    parts=st.lists(st.builds(Part, name, st.integers(1, 999)), max_size=3).map(tuple),
    copies=st.lists(
        st.builds(
            Item,
            st.integers(1, 99_999).map(str),
            st.sampled_from(["", "821.163.41 АНД", "37(075.2)"]),
            st.sampled_from(["", "00012345", "KG-7"]),
        ),
        max_size=3,
        unique_by=lambda copy: copy.accession_number,
    ).map(tuple),
)  # fmt: skip


def ready(one: Described) -> Described:
    """As the catalogue would keep it."""
    from library.exchange.settling import settled

    return settled(one)


WRITTEN = {
    Format.MARC21: lambda one: marc21.write(one).as_marc(),
    Format.UNIMARC: lambda one: unimarc.write(one).as_marc(),
    Format.MARC21_XML: lambda one: b"".join(marcxml.written([marc21.write(one)])),
    Format.UNIMARC_XML: lambda one: b"".join(marcxml.written([unimarc.write(one)])),
    Format.CSV: lambda one: tables.as_csv([one]),
}


@pytest.mark.parametrize("form", WRITTEN, ids=str)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(one=described)
@example(one=WHOLE)
def test_a_description_comes_back_from_every_format(form, one):
    one = ready(one)

    content = WRITTEN[form](one)

    assert (reading.guess(content).format, list(reading.read(content, form, "utf8"))) == (
        form,
        [one],
    )


def test_a_description_comes_back_from_a_workbook():
    content = tables.as_xlsx([WHOLE])

    assert reading.guess(content).format == Format.XLSX
    assert list(reading.read(content, Format.XLSX, "utf8")) == [WHOLE]


def comarc(title: bytes, *, encoding_free: bytes = b"srp") -> bytes:
    """A record of COMARC by hand: 101, 200 and 011 $e."""
    parts = [
        (b"010", b"  \x1faISBN 86-331-0225-0 (bro\x1f"[:-1]),
        (b"101", b"0 \x1fa" + encoding_free),
        (b"200", b"1 \x1fa" + title),
        (b"675", b"  \x1fa821.163.41-31"),
    ]
    fields, directory = b"", b""
    for tag, data in parts:
        data += b"\x1e"
        directory += tag + b"%04d%05d" % (len(data), len(fields))
        fields += data
    base = 24 + len(directory) + 1
    length = base + len(fields) + 1
    leader = b"%05dnam0 22%05d   450 " % (length, base)
    return leader + directory + b"\x1e" + fields + b"\x1d"


@pytest.mark.parametrize(
    ("encoding", "data", "title"),
    [
        ("yuscii_latin", rb"ku}a, |ak, ~un, @ABA, [UMA, ^UN", "kuća, đak, čun, ŽABA, ŠUMA, ČUN"),
        ("yuscii_cyrillic", rb"Ku}a, wiva, qiqan, xep, \AK", "Кућа, њива, љиљан, џеп, ЂАК"),
        ("utf8", "Kuća, кућа".encode(), "Kuća, кућа"),
        ("cp1250", "Kuća, žaba, đak, šuma".encode("cp1250"), "Kuća, žaba, đak, šuma"),
        ("marc8", b"Ku\xe2ca \xe9suma", "Kuća šuma"),
        ("cp1251", "Кућа на њиви".encode("cp1251"), "Кућа на њиви"),
    ],
)  # fmt: skip
def test_letters_of_comarc_are_read_in_each_encoding_and_its_codes_stay(encoding, data, title):
    content = comarc(data)

    (read,) = reading.read(content, Format.UNIMARC, encoding)

    assert read == Described(
        title=title, language="srp", udc="821.163.41-31", numbers=(Number("isbn", "86-331-0225-0"),)
    )
    guess = reading.guess(content)
    # The 7 bits do not say whether they are Latin or Cyrillic; the librarian does.
    guessed = "yuscii_latin" if encoding == "yuscii_cyrillic" else encoding
    assert (guess.format, guess.encoding) == (Format.UNIMARC, guessed)


def test_bad_records_never_stop_the_good_ones():
    good = comarc("Добра".encode())
    wrong_length = b"00099" + good[5:]
    mixed = comarc("Лоша".encode("cp1251"))
    untitled = good.replace(b"20000", b"30000", 1)
    content = b"\r\n".join(
        [good, wrong_length, mixed, b"\xff garbage \x1d", untitled, good, good[:60]]
    )

    # One stray record does not decide for the file.
    assert reading.guess(content) == reading.Guess(Format.UNIMARC, "utf8")
    found = list(reading.read(content, Format.UNIMARC, "utf8"))

    assert [isinstance(one, Unreadable) for one in found] == [
        False,
        True,
        True,
        True,
        True,
        False,
        True,
    ]
    assert [str(one) for one in found if isinstance(one, Unreadable)] == [
        f"Наведена дужина је 00099, а стварна {len(good)}.",
        "Његова слова су у друкчијем коду него остатак фајла.",
        "Нема уводник; ово није запис по ISO 2709.",
        "Нема наслова (поље 200).",
        "Фајл се прекида усред записа.",
    ]


@pytest.mark.parametrize(
    ("encoding", "good", "other"),
    [
        ("marc8", b"Ku\xe2ca \x1b(NkUxA\x1b(B", "Kuća".encode()),
        ("marc8", b"Ku\xe2ca", "Историја".encode("cp1251")),
        ("marc8", b"Ku\xe2ca", "škola".encode("cp1250")),
        ("cp1250", "Kuća".encode("cp1250"), "Историја".encode()),
        ("cp1251", "Кућа".encode("cp1251"), "Историја".encode()),
        ("yuscii_latin", b"Ku}a", "Историја".encode()),
    ],
)  # fmt: skip
def test_a_record_in_another_encoding_than_its_file_is_said_and_not_garbled(encoding, good, other):
    content = b"".join(map(comarc, (good, other, good)))

    assert reading.guess(content).encoding == encoding
    first, mixed, last = reading.read(content, Format.UNIMARC, encoding)

    assert str(mixed) == "Његова слова су у друкчијем коду него остатак фајла."
    assert first == last
    assert isinstance(first, Described)


def test_a_link_that_is_no_address_of_the_web_becomes_a_note_and_what_is_too_long_is_refused():
    script = replace(WHOLE, link="javascript:alert(1)", notes="")

    assert (ready(script).link, ready(script).notes) == ("", "javascript:alert(1)")
    with pytest.raises(Unreadable, match="1000"):
        ready(replace(WHOLE, title="ш" * 1001))


@pytest.mark.parametrize("form", [Format.MARC21, Format.UNIMARC], ids=str)
def test_a_note_longer_than_a_field_may_be_does_not_break_the_record(form):
    note = " ".join(f"глава{number}" for number in range(1_500))

    (read,) = reading.read(WRITTEN[form](replace(WHOLE, notes=note)), form, "utf8")

    assert isinstance(read, Described)
    assert (len(read.notes) > 9_999, read.notes.split()) == (True, note.split())


def test_a_table_is_silent_about_what_it_has_no_columns_for():
    (one,) = reading.read("Наслов;Година\nЧитанка;1930\n".encode(), Format.CSV, "utf8")
    held = replace(WHOLE, numbers=(*WHOLE.numbers, Number("issn", "0351-2345")))

    assert one.completed(held) == replace(held, title="Читанка", printed_year="1930", copies=())


@pytest.mark.parametrize(
    ("columns", "copies"),
    [
        (";;", ()),
        ("7;37;", (Item("7", "37"),)),
        ("7, 8;37;", (Item("7, 8", "37"),)),
        ('"7; 8";37;', (Item("7", "37"), Item("8", "37"))),
        ('"7; 8";"–; 37";"0007; –"', (Item("7", "", "0007"), Item("8", "37"))),
    ],
)
def test_copies_stand_in_three_columns_of_a_table(columns, copies):
    content = f"Наслов;Инвентарни број;Сигнатура;Бар-код\nА;{columns}\n"

    (one,) = reading.read(content.encode(), Format.CSV, "utf8")

    assert one.copies == copies


def test_columns_of_copies_that_do_not_go_together_are_refused():
    content = 'Наслов;Инвентарни број;Бар-код\nА;"7; 8";0007\n'

    (reason,) = reading.read(content.encode(), Format.CSV, "utf8")

    assert str(reason) == "За примерке има бројева: 2, сигнатура: 0, бар-кодова: 1."


def test_copies_are_read_as_other_libraries_write_them():
    comarc, union, koha = (Marc(force_utf8=True) for _ in range(3))
    for marc, tag in ((comarc, "200"), (koha, "200"), (union, "245")):
        fields.add(marc, tag, "  ", ("a", "Читанка"))
    fields.add(comarc, "996", "  ", ("d", r"\fČ\u37\aИЛИ"), ("f", "0100123"))
    fields.add(koha, "995", "  ", ("f", "KG7"), ("k", "37"))
    fields.add(union, "852", "  ", ("h", "37"), ("i", "ИЛИ"), ("p", "77"))

    assert unimarc.read(comarc).copies == (Item("0100123", "Č 37 ИЛИ"),)
    assert unimarc.read(koha).copies == (Item("KG7", "37"),)
    assert marc21.read(union).copies == (Item("77", "37 ИЛИ"),)


@pytest.mark.parametrize("content", ["", "Поднаслов;Година\nа;1990\n", "Наслов;Naslov\nа;б\n"])
def test_what_is_no_table_of_records_says_why(content):
    with pytest.raises(Unreadable, match=r"\w"):
        list(reading.read(content.encode(), Format.CSV, "utf8"))
