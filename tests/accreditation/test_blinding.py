"""Names, addresses and schools of authors are found however they are written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accreditation import blinding
from accreditation.blinding import Known, Mask, Name, Place
from accreditation.versions import Enclosed, Hours
from tests.accreditation.test_differences import AUTHOR, FILE, question, version

KNOWN = Known(
    names=frozenset({Name("Милица", "Петровић"), Name.parsed("проф. др Ђорђе Нинковић-Марић")}),
    emails=frozenset({"mpetrovic@example.org"}),
    phones=frozenset({"064/123-4567"}),
    schools=frozenset(
        {
            Place("Основна школа „Вук Караџић“", "Стојник", "Стојник"),
            Place("Прва крагујевачка гимназија", "Крагујевац"),
            Place("Гимназија", "Аранђеловац"),
        }
    ),
)
MASK = Mask(KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "Милица Петровић",
        "Милице Петровић",
        "Милицом Петровић",
        "Петровић Милица",
        "МИЛИЦА ПЕТРОВИЋ",
        "milica petrovic",
        "Milica Petrović",
        "M. Petrović",
        "Петровић, М.",
        "М. П.",
        "М.П.",
        "Петровићева",
        "Petrovićem",
        "Миличин",
        "milica_petrovic",
        "MilicaPetrovic",
        "Ђорђе",
        "Djordjem",
        "Đorđev",
        "Dorde",
        "Нинковић-Марићу",
        "Марићева",
        "Пeтровић",  # with a Latin e
        "Петро\u00adвић",  # with a soft hyphen
        "Петро\u200bвић",
        "Милица\u00a0Петровић",
        "Петровић",
    ],
)
def test_a_name_is_hidden(text: str) -> None:
    assert MASK.hide(f"Води {text}, у среду.") == "Води [author], у среду."


@pytest.mark.parametrize(
    "text",
    [
        "Вука Караџића",
        "Vuk Karadžić",
        "Vuka Karadzica",
        "Стојнику",
        "Прве крагујевачке гимназије",
        "u Prvoj kragujevačkoj gimnaziji"[2:],
        "Гимназији, Аранђеловац",
    ],
)
def test_a_school_is_hidden(text: str) -> None:
    assert MASK.hide(f"Радимо у {text} две године.") == "Радимо у [school] две године."


def test_a_town_goes_with_its_school_however_the_school_is_known_besides() -> None:
    names = ("Светозар", "Доситеј", "Радоје", "Милутин", "Никола", "Стеван")
    schools = {Place(name, place) for name in names for place in ("", "Крагујевац")}
    mask = Mask(Known(schools=frozenset(schools)))

    text = " ".join(f"Школа {name} у Крагујевцу." for name in names)

    assert mask.hide(text) == " ".join(["Школа [school]."] * len(names))


def test_quotation_marks_go_with_the_name_of_the_school() -> None:
    assert MASK.hide("ОШ „Вук Караџић“ у Стојнику ради.") == "ОШ [school] ради."


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Пишите на mpetrovic@example.org.", "Пишите на [e-mail]."),
        ("Пишите на ko.zna@gmail.com!", "Пишите на [e-mail]!"),
        ("Налог mpetrovic на мрежи", "Налог [author] на мрежи"),
        ("Тел. +381 64 123 45 67", "Тел. [telephone]"),
        ("Тел. 0641234567", "Тел. [telephone]"),
    ],
)
def test_an_address_is_hidden(text: str, hidden: str) -> None:
    assert MASK.hide(text) == hidden


@pytest.mark.parametrize(
    "text",
    [
        "Настава физике у гимназији и школи",
        "петроварадин, милитантно, анализа",
        "Прва недеља, 12. 3. 2027.",
        "",
        "М. од мереног",
    ],
)
def test_other_words_stay(text: str) -> None:
    assert MASK.hide(text) == text


def test_given_names_that_are_words_are_hidden_only_as_names() -> None:
    mask = Mask(Known(names=frozenset({Name("Нада", "Зец")})))

    assert mask.hide("Наша нада је да Нада и зец и nada zec") == (
        "Наша нада је да [author] и [author] и [author]"
    )


def test_a_name_whose_a_is_lost_is_found() -> None:
    mask = Mask(Known(names=frozenset({Name("Петар", "Кекец")})))

    assert mask.hide("Од Петра, Петру; Петров") == "Од [author], [author]; [author]"


def test_what_staff_mask_is_hidden_in_all_cases() -> None:
    mask = Mask(Known(), (("Сунчани сат", "[пројекат]"), ("ПКГ", "")))

    assert mask.hide("О Сунчаном сату и SUNČANI SAT у ПКГ-у") == (
        "О [пројекат] и [пројекат] у […]-у"
    )


def test_backslashes_of_staff_are_only_signs() -> None:
    assert Mask(Known(), (("тајна", r"\1 \g<x>"),)).hide("тајна") == r"\1 \g<x>"


def test_who_is_known_for_nothing_hides_nothing() -> None:
    mask = Mask(Known(names=frozenset({Name("", ""), Name("А", "")})))

    assert mask.hide("А. и Б. пишу") == "А. и Б. пишу"


def test_finding_says_what_was_found() -> None:
    assert MASK.finds("author: Milica Petrovic") == "Milica Petrovic"
    assert MASK.finds("MPETROVIC@example.org") == "mpetrovic@example.org"
    assert MASK.finds("Настава физике") == ""


def test_a_blind_content_holds_no_author() -> None:
    content = version(
        title="Огледи Милице Петровић",
        sections=(
            replace(
                version().sections[0],
                questions=(question("aims", "Циљеви", "Петровић води."),),
            ),
        ),
        schedule=(
            Hours("Увод", "предавање", "2", "Милица Петровић"),
            Hours("Огледи", "рад", "2", "Неко трећи"),
            Hours("Крај", "разговор", "2", "Milica Petrović"),
        ),
    )

    blind = blinding.blind(content, MASK)

    assert blind.title == "Огледи [author]"
    assert blind.answer("aims") == "[author] води."
    assert blind.authors == ()
    assert [row.leader for row in blind.schedule] == ["leader 1", "leader 2", "leader 1"]
    assert content.authors == (AUTHOR,)


def test_files_that_name_nobody_or_have_a_copy_are_shown_under_neutral_names() -> None:
    files = (
        replace(FILE, pk=1, name="Petrovic CV.PDF"),
        Enclosed(2, "milica-plan.docx", "План", 10, "b" * 64, True),
        Enclosed(3, "skola.pdf", "", 10, "c" * 64, False),
    )

    blind = blinding.blind(version(attachments=files), MASK, copied={3})

    assert [(one.pk, one.name) for one in blind.attachments] == [
        (2, "prilog-1.docx"),
        (3, "prilog-2.pdf"),
    ]
