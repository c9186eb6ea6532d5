import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from centar.script import folding, latin, slugs
from centar.script.expressions import Fold
from centar.script.fields import MendedTextField

SERBIAN = (
    "абвгдђежзијклљмнњопрстћуфхцчџшАБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШ"
    "abcčćdđefghijklmnopqrsštuvwxyzžABCČĆDĐEFGHIJKLMNOPQRSŠTUVWXYZŽ"
    "ǄǅǆǇǈǉǊǋǌéêѐйЁłØıßѕіІ0123456789½№ \t\n\u00a0\u2009\u00ad\u200b\u0301\u030c"
    ".,:;!?()[]{}\"'`„“”‘’‚«»–—‐−-_/\\%&@#*+<=>|~^$€…"
)
serbian_texts = st.text(alphabet=SERBIAN, max_size=60)
with_database = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Ђак", "djak"),
        ("đak", "djak"),
        ("Djak", "djak"),
        ("Џеп", "dzep"),
        ("džep", "dzep"),
        ("ǅep", "dzep"),
        ("ЊЕГОШ", "njegos"),
        ("Njegoš", "njegos"),
        ("ǌegoš", "njegos"),
        ("Љубав", "ljubav"),
        ("Žurnal", "zurnal"),
        ("Журнал", "zurnal"),
        ("учење", "ucenje"),
        ("učenje", "ucenje"),
        ("uc\u030cenje", "ucenje"),
        ("ћуприја ćuprija", "cuprija cuprija"),
        ("Kрагујевац", "kragujevac"),  # Latin K
        ("zаinteresovаni", "zainteresovani"),  # Cyrillic а
        ("Pача", "raca"),  # Latin P, which is no p here
        ("naïve Ærø Łódź", "naive æro lodz"),
        ("  две\t\nречи\u00a0 ", "dve reci"),
        ("„Вук Караџић“", '"vuk karadzic"'),
        ("2025–2026", "2025-2026"),
        ("са\u00adрадња", "saradnja"),
        ("İstanbul", "istanbul"),
        ("", ""),
    ],
)
def test_both_scripts_have_one_key(text, key):
    assert folding.fold(text) == key


@given(st.text(alphabet="абвгдђежзијклљмнњопрстћуфхцчџшАЂЉЊЏ 12"))
def test_a_text_and_its_latin_have_one_key(text):
    assert folding.fold(latin.to_latin(text)) == folding.fold(text)


@given(serbian_texts)
def test_a_key_is_its_own_key(text):
    key = folding.fold(text)
    assert folding.fold(key) == key


@pytest.mark.django_db
@with_database
@given(serbian_texts)
def test_the_database_folds_as_python_does(text):
    stored = MendedTextField().to_python(text)
    with connection.cursor() as cursor:
        cursor.execute("SELECT script_fold(%s)", [stored])
        (key,) = cursor.fetchone()
    assert key == folding.fold(stored) == folding.fold(text)


@pytest.mark.django_db
def test_nothing_folds_to_nothing():
    with connection.cursor() as cursor:
        cursor.execute("SELECT script_fold(NULL), script_fold('')")
        assert cursor.fetchone() == (None, "")


def test_the_expression_calls_the_function():
    assert (Fold.function, Fold("name").deconstruct()) == (
        "script_fold",
        ("centar.script.expressions.Fold", ("name",), {}),
    )


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Ђачки парламент: љубав", "djacki-parlament-ljubav"),
        ("Đački parlament: ljubav", "djacki-parlament-ljubav"),
        ("Kрагујевац", "kragujevac"),
        ("  „Џез“ & ЊЕГОШ – 2026.  ", "dzez-njegos-2026"),
        ("PDF-ом на web-сајт", "pdf-om-na-web-sajt"),
        ("a_b/c", "a-b-c"),
        ("???", ""),
        ("Ελλάδα", ""),
    ],
)
def test_a_slug_is_plain_latin(title, slug):
    assert slugs.slugify(title) == slug


@given(serbian_texts)
def test_a_slug_has_only_letters_digits_and_single_hyphens_between(text):
    slug = slugs.slugify(text)
    assert all(part.isascii() and part.isalnum() for part in slug.split("-")) or slug == ""
