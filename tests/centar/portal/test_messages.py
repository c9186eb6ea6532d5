"""The Serbian catalogue: complete, faithful to its placeholders, in Serbian letters."""

from __future__ import annotations

import calendar
import gettext
import io
import re

import pytest
from babel.messages import catalog, mofile

from centar.portal import messages
from centar.script import latin

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
TAG = re.compile(r"<[^>]+>")
# Names that have no Cyrillic form, and formats of dates, whose letters are a code.
LATIN_WORDS = {
    *("SHA", "HEIC", "JPEG", "PNG", "PowerPoint", "Word", "DOCX", "KB", "CAMT", "XML"),
    *("IPS", "NBS", "QR"),  # as the National Bank writes it
    *("Aegis", "Command", "Ctrl", "Mac", "Google", "Authenticator", "JavaScript"),
    *("ISBN", "ISSN", "ISO", "JUS", "I", "B", "MARC", "UNIMARC", "COMARC"),
    *("BibTeX", "RIS", "Zotero", "EndNote", "srp", "cm", "mm", "Enter", "Esc", "Tab"),
    *("CSV", "Excel", "MB", "PDF", "UTF", "XLSX", "force"),
    *("name", "x", "y"),
}
DATE_FORMATS = {"j E Y", "H:i"}
ALPHABET = "абвгдђежзијклљмнњопрстћуфхцчџш"


@pytest.fixture(scope="module")
def catalogue() -> catalog.Catalog:
    return messages.written()


@pytest.fixture(scope="module")
def serbian(catalogue: catalog.Catalog) -> gettext.GNUTranslations:
    """The catalogue as a compiled file would give it."""
    compiled = io.BytesIO()
    mofile.write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def said(message: catalog.Message) -> list[list[str]]:
    """The sentences of an entry: the English ones, and the Serbian ones."""
    return [
        list(text) if isinstance(text, list | tuple) else [text]
        for text in (message.id, message.string)
    ]


def sentences(catalogue: catalog.Catalog) -> list[catalog.Message]:
    return [message for message in catalogue if message.id]


def test_every_sentence_has_its_serbian() -> None:
    assert messages.missing() == []


def test_no_translation_is_a_guess(catalogue: catalog.Catalog) -> None:
    assert [message.id for message in sentences(catalogue) if message.fuzzy] == []


def test_babel_finds_nothing_wrong(catalogue: catalog.Catalog) -> None:
    assert [(message.id, errors) for message, errors in catalogue.check()] == []


@pytest.mark.parametrize("part", [PLACEHOLDER, TAG])
def test_every_form_keeps_what_the_sentence_is_given(
    catalogue: catalog.Catalog, part: re.Pattern[str]
) -> None:
    changed = []
    for message in sentences(catalogue):
        english, forms = said(message)
        given = {found for text in english for found in part.findall(text)}
        changed += [form for form in forms if set(part.findall(form)) != given]
    assert changed == []


def test_serbian_is_written_in_its_cyrillic(catalogue: catalog.Catalog) -> None:
    strange = {}
    for message in sentences(catalogue):
        english, forms = said(message)
        if english[0] in DATE_FORMATS:
            continue
        for form in forms:
            text = TAG.sub(" ", PLACEHOLDER.sub(" ", form))
            words = set(re.findall(r"[^\W\d_]+", text)) - LATIN_WORDS
            odd = {word for word in words if set(word.lower()) - set(ALPHABET)}
            if odd:
                strange[form] = odd
    assert strange == {}


def test_quotation_marks_are_serbian(catalogue: catalog.Catalog) -> None:
    forms = [TAG.sub("", form) for message in sentences(catalogue) for form in said(message)[1]]
    assert [
        form for form in forms if "”" in form or '"' in form or form.count("„") != form.count("“")
    ] == []


def test_spaces_at_the_ends_are_those_of_the_sentence(catalogue: catalog.Catalog) -> None:
    def ends(text: str) -> tuple[str, str]:
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    changed = []
    for message in sentences(catalogue):
        english, forms = said(message)
        changed += [form for form in forms if ends(form) != ends(english[0])]
    assert changed == []


@pytest.mark.parametrize(
    ("one", "many", "name", "cyrillic", "in_latin"),
    [
        (
            "%(number)s point",
            "%(number)s points",
            "number",
            "1 бод, 2 бода, 5 бодова, 11 бодова, 21 бод, 22 бода, 101 бод",
            "1 bod, 2 boda, 5 bodova, 11 bodova, 21 bod, 22 boda, 101 bod",
        ),
        (
            "%(free)d place free",
            "%(free)d places free",
            "free",
            "1 слободно место, 2 слободна места, 5 слободних места, 11 слободних места, "
            "21 слободно место, 22 слободна места, 101 слободно место",
            "1 slobodno mesto, 2 slobodna mesta, 5 slobodnih mesta, 11 slobodnih mesta, "
            "21 slobodno mesto, 22 slobodna mesta, 101 slobodno mesto",
        ),
        (
            "%(waiting)d person is waiting",
            "%(waiting)d people are waiting",
            "waiting",
            "1 особа чека, 2 особе чекају, 5 особа чека, 11 особа чека, "
            "21 особа чека, 22 особе чекају, 101 особа чека",
            "1 osoba čeka, 2 osobe čekaju, 5 osoba čeka, 11 osoba čeka, "
            "21 osoba čeka, 22 osobe čekaju, 101 osoba čeka",
        ),
        (
            "You have %(number)s passkey.",
            "You have %(number)s passkeys.",
            "number",
            "Имате 1 приступни кључ., Имате 2 приступна кључа., Имате 5 приступних кључева., "
            "Имате 11 приступних кључева., Имате 21 приступни кључ., "
            "Имате 22 приступна кључа., Имате 101 приступни кључ.",
            "Imate 1 pristupni ključ., Imate 2 pristupna ključa., Imate 5 pristupnih ključeva., "
            "Imate 11 pristupnih ključeva., Imate 21 pristupni ključ., "
            "Imate 22 pristupna ključa., Imate 101 pristupni ključ.",
        ),
    ],
)
def test_numbers_take_their_form(
    serbian: gettext.GNUTranslations, one: str, many: str, name: str, cyrillic: str, in_latin: str
) -> None:
    written = ", ".join(
        serbian.ngettext(one, many, number) % {name: number}
        for number in (1, 2, 5, 11, 21, 22, 101)
    )
    assert written == cyrillic
    assert latin.to_latin(written) == in_latin


def test_a_word_that_also_has_a_plural_stands_alone_too(serbian: gettext.GNUTranslations) -> None:
    assert serbian.gettext("school") == "школа"


def test_months_in_a_date_stand_in_the_genitive(serbian: gettext.GNUTranslations) -> None:
    english = calendar.month_name[1:]
    assert [serbian.pgettext("in a date", month) for month in english] == [
        *("јануара", "фебруара", "марта", "априла", "маја", "јуна"),
        *("јула", "августа", "септембра", "октобра", "новембра", "децембра"),
    ]
