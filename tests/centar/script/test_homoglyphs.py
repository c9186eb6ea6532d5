import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from centar.script import folding, homoglyphs


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("Kрагујевац", "Крагујевац"),  # Latin K
        ("zаinteresovаni", "zainteresovani"),  # Cyrillic а, as on a real site
        ("школa", "школа"),
        ("ПРОСBЕТА", "ПРОСВЕТА"),
        ("Библиoтeкa", "Библиотека"),
        ("yчење", "учење"),
        ("ХХI век", "XXI век"),  # a Roman numeral with Cyrillic Х
        ("HTМL", "HTML"),
        ("Ѕrbija", "Srbija"),  # the Macedonian letter
        ("(Kрагујевац)", "(Крагујевац)"),
        ("„Bук Караџић“", "„Вук Караџић“"),
        ("Kрагујевац-Pача", "Крагујевац-Рача"),
        ("Дом.Kрагујевац", "Дом.Крагујевац"),
        ("Kрагујевац: a@example.org", "Крагујевац: a@example.org"),
        ("e-пошта Kрагујевца", "e-пошта Крагујевца"),
    ],
)
def test_a_word_with_letters_of_the_other_script_is_mended(typed, mended):
    assert homoglyphs.mend(typed) == mended


@pytest.mark.parametrize(
    "text",
    [
        "web-сајт",
        "PDF-ом и PDFом",
        "K1 и К1",
        "XXI век",
        "ученици VIIа, Vб и Vа",
        "SMSа",
        "Googleу",
        "eTwinning пројекат",
        "Tема",  # T may be right: nothing shows the script
        "Sрбија",  # no Serbian letter looks like S
        "пhd",
        "рaдa@example.org",
        "наставник@рaд.срб",
        "https://example.org/Kрагујевац",
        "www.Kрагујевац",
        "сentar.example.org",
        "(сentar.rs/обукa)",
        "извештaj.pdf",
        "Windows, љубав, Ελλάδα",
        "",
    ],
)
def test_what_may_be_right_stays(text):
    assert homoglyphs.mend(text) == text


LETTERS = "аеорсхујкмтАВЕКМНОРСТХЈжшЖШіЅaeopcxyjkmtABEKMHOPCTXJžšzZŠ 1.-@/"


@given(st.text(alphabet=LETTERS))
def test_mending_again_changes_nothing(text):
    mended = homoglyphs.mend(text)
    assert homoglyphs.mend(mended) == mended


@given(st.text(alphabet=LETTERS))
def test_mending_replaces_letters_one_for_one(text):
    assert len(homoglyphs.mend(text)) == len(text)


@given(st.text(alphabet="абвгдђежзијклљмнњопрстћуфхцчџш", min_size=1), st.data())
def test_every_cyrillic_word_with_a_letter_of_its_own_survives_its_latin_twins(word, data):
    word = f"{word}ж"
    twins = dict(zip("аеорсхујкмт", "aeopcxyjkmt", strict=True))
    typed = "".join(
        twins[letter] if letter in twins and data.draw(st.booleans()) else letter for letter in word
    )
    assert homoglyphs.mend(typed) == word
    assert folding.fold(typed) == folding.fold(word)


@pytest.mark.parametrize("text", ["aа" * 50_000, "a." * 50_000 + "ж", "@ж" * 50_000 + " aж"])
def test_a_long_text_without_spaces_is_no_trap(text):
    started = time.perf_counter()
    homoglyphs.mend(text)
    assert time.perf_counter() - started < 2
