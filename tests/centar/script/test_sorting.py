import random

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from centar.script import latin, sorting

SERBIAN = (
    "абвгдђежзијклљмнњопрстћуфхцчџшАБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШ"
    "abcčćdđefghijklmnopqrsštuvwxyzžABCČĆDĐEFGHIJKLMNOPQRSŠTUVWXYZŽ"
    "ǄǅǆǇǈǉǊǋǌéÄѐйЁЯщłØıßѕіІΩ漢🙂0123456789½² \t\n\u00a0\u2009\u00ad\u200b\u0301\u030c"
    ".,:;!?()[]{}\"'`„“”‘’‚«»–—‐−-_/\\%&@#*+<=>|~^$€…×"
)


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ("azbuka", [*"абвгдђежзијклљмнњопрстћуфхцчџш"]),
        (
            "azbuka",
            [*"abvgdđežzijkl", "lj", "m", "n", "nj", *"oprstćufhcč", "dž", *"šqwxy"],
        ),
        ("abeceda", [*"abcčćd", "dž", *"đefghijkl", "lj", *"mn", "nj", *"opqrsštuvwxyzž"]),
        ("abeceda", [*"абцчћдџђефгхијклљмнњопрсштувзж"]),
        (
            "azbuka",
            ["Ваљево", "Врање", "Горњи Милановац", "Ћуприја", "Ужице", "Цветке", "Чачак", "Шабац"],
        ),
        (
            "abeceda",
            ["Цветке", "Чачак", "Ћуприја", "Горњи Милановац", "Шабац", "Ужице", "Ваљево", "Врање"],
        ),
        ("abeceda", ["luk", "Lužnica", "ljubav", "Ljubić", "med"]),
        ("azbuka", ["луг", "Лужница", "љубав", "Љубић", "мед"]),
        ("azbuka", ["Анђео", "Bajka", "велика", "Gruža", "Ђурђево", "Đurić", "Žitni trg", "Зора"]),
        ("abeceda", ["dan", "дуд", "Džep", "џиновски", "Đak", "Ђурић", "Ekologija"]),
        # spaces before digits before letters, shorter first
        ("azbuka", ["ОШ", "ОШ 10", "ОШ 9", "ОШ Вук", "ОШ1", "ОША"]),
        ("abeceda", ["Novi Sad", "Novi Šeher", "Novine"]),
        ("azbuka", ["„Анђео“", "Бајка", "„Вук Караџић“", "Гај"]),
    ],
)
def test_lists_are_in_serbian_order(order, words):
    shuffled = random.Random(1).sample(words, len(words))
    assert sorted(shuffled, key=lambda word: sorting.sort_key(word, order)) == words


@pytest.mark.parametrize("order", ["azbuka", "abeceda"])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Његош", "NJEGOŠ"),
        ("Његош", "ǋegoš"),
        ("џез", "džez"),
        ("ЉУБАВ", "Ljubav"),
        ("čaj", "c\u030caj"),
        ("„Вук Караџић“", "Vuk  Karadžić"),
        ("Петар-Пан", "Петар Пан"),
        ("Zoë", "zoe"),
        # two letters each, but one key, as in every Serbian collation
        ("injekcija", "ињекција"),
        ("nadživeti", "наџивети"),
    ],
)
def test_spellings_of_one_word_sort_together(one, other, order):
    assert sorting.sort_key(one, order) == sorting.sort_key(other, order)


@pytest.mark.parametrize("order", ["azbuka", "abeceda"])
def test_two_cyrillic_letters_are_never_one_latin_digraph(order):
    assert sorting.sort_key("инјекција", order) != sorting.sort_key("ињекција", order)


@given(st.text(alphabet="абвгђежзиклљмњопрстћуфхцчџшЂЉЊЏ 12.-„“"))
def test_a_text_and_its_latin_sort_alike(text):
    for order in ("azbuka", "abeceda"):
        assert sorting.sort_key(latin.to_latin(text), order) == sorting.sort_key(text, order)


@pytest.mark.django_db
@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(alphabet=SERBIAN, max_size=60))
@example(SERBIAN)
@example("".join(map(chr, range(1, 0x250))))
def test_the_database_sorts_as_python_does(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT script_sort_azbuka(%s), script_sort_abeceda(%s)", [text, text])
        keys = cursor.fetchone()
    assert keys == (sorting.sort_key(text, "azbuka"), sorting.sort_key(text, "abeceda"))


@pytest.mark.django_db
def test_the_database_compares_keys_as_python_does():
    words = ["Џеп", "đak", "Чачак", "10", "9", "Ωмега", "ОШ 1", "ОШ", "Јагода", "q", "ћ", "ž", "Я"]
    keys = [sorting.sort_key(word, "azbuka") for word in words]
    with connection.cursor() as cursor:
        cursor.execute('SELECT k FROM unnest(%s) AS k ORDER BY k COLLATE "C"', [keys])
        assert [key for (key,) in cursor.fetchall()] == sorted(keys)


@pytest.mark.django_db
def test_nothing_has_no_key():
    with connection.cursor() as cursor:
        cursor.execute("SELECT script_sort_azbuka(NULL), script_sort_abeceda('')")
        assert cursor.fetchone() == (None, "")
