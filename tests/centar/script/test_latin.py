import pytest
from hypothesis import given
from hypothesis import strategies as st

from centar.script import latin


@pytest.mark.parametrize(
    ("cyrillic", "expected"),
    [
        ("абвгдђежзијклљмнњопрстћуфхцчџш", "abvgdđežzijklljmnnjoprstćufhcčdžš"),
        ("АБВГДЂЕЖЗИЈКЛМНОПРСТЋУФХЦЧШ", "ABVGDĐEŽZIJKLMNOPRSTĆUFHCČŠ"),
        ("ЊЕГОШ", "NJEGOŠ"),
        ("Његош", "Njegoš"),
        ("„Љ. Његош“", "„Lj. Njegoš“"),
        ("ЏЕП", "DŽEP"),
        ("Џ", "Dž"),
        ("Џ Џ", "Dž Dž"),
        ("ЉУБИЧИЋ", "LJUBIČIĆ"),
        ("КОЊ", "KONJ"),
        ("КОЊ.", "KONJ."),
        ("МЉА", "MLJA"),
        ("ЉЊЏ", "LJNJDŽ"),
        ("мАЊе", "mANje"),
        ("НИЉ-ом", "NILJ-om"),
        ("ЏEP", "DŽEP"),
        ("инјекција и надживети", "injekcija i nadživeti"),
    ],
)
def test_cyrillic_becomes_latin_letter_by_letter(cyrillic, expected):
    assert latin.to_latin(cyrillic) == expected


@pytest.mark.parametrize(
    "text", ["", "Već je latinica, 100 % – „tako“.", "Ёлки ъ щ я", "naïve Ελλάδα 漢字 🙂"]
)
def test_what_is_not_serbian_cyrillic_stays(text):
    kept = text.translate(str.maketrans("лки", "lki"))
    assert latin.to_latin(text) == kept


@given(st.text(alphabet="абвгђљњџшАЉЊЏШ aŽ1.-"))
def test_no_serbian_letter_is_left_and_a_second_conversion_changes_nothing(text):
    converted = latin.to_latin(text)
    assert not latin.CYRILLIC.search(converted)
    assert latin.to_latin(converted) == converted


@given(st.text(), st.text())
def test_conversion_works_word_by_word(before, after):
    joined = latin.to_latin(f"{before} {after}")
    assert joined == f"{latin.to_latin(before)} {latin.to_latin(after)}"
