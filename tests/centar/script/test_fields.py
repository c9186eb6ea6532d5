import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Concat, Upper

from centar.script import sorting
from centar.script.fields import MendedCharField, MendedTextField

TYPED = "Kрагујевац"  # Latin K
MENDED = "Крагујевац"
DECOMPOSED = "S\u030cabac"


def test_saving_stores_mended_text_and_mends_the_object(books):
    book = books(title=TYPED, summary=DECOMPOSED)
    book.save()
    assert (book.title, book.summary) == (MENDED, "Šabac")
    book.refresh_from_db()
    assert (book.title, book.summary, book.note) == (MENDED, "Šabac", None)


def test_bulk_create_stores_mended_text(books):
    books.objects.bulk_create([books(title=TYPED)])
    assert [*books.objects.values_list("title", flat=True)] == [MENDED]


def test_update_and_bulk_update_store_mended_text(books):
    book = books.objects.create(title="Чачак")
    books.objects.update(title=TYPED)
    assert books.objects.get().title == MENDED
    book.title = "Pача"
    books.objects.bulk_update([book], ["title"])
    assert books.objects.get().title == "Рача"


def test_expressions_pass(books):
    book = books.objects.create(title="Рача", summary="мала")
    books.objects.update(title=F("summary"))
    book.summary = Upper(Value("b"))
    book.save()
    book.refresh_from_db()
    assert (book.title, book.summary) == ("Рача", "B")
    books.objects.update(title=Concat("title", Value("!")))
    assert books.objects.get().title == "Рача!"


@pytest.mark.parametrize(
    "lookup",
    [
        {"title": TYPED},
        {"title__in": [TYPED]},
        {"title__iexact": TYPED.upper()},
        {"title__contains": "Kраг"},
        {"title__icontains": "kРаг"},
        {"title__startswith": "Kраг"},
        {"title__istartswith": "kраг"},
        {"title__endswith": "гyjeвац"},
        {"title__iendswith": "гYJeвац"},
        {"summary__contains": DECOMPOSED},
        {"title__range": (TYPED, TYPED)},
    ],
)
def test_lookups_find_what_is_stored(books, lookup):
    books.objects.create(title=MENDED, summary="Šabac i okolina")
    assert books.objects.filter(**lookup).count() == 1


def test_patterns_of_other_columns_are_left_to_the_database(books):
    books.objects.create(title="Крагујевац", summary="Краг")
    assert books.objects.filter(title__startswith=F("summary")).count() == 1


def test_a_null_text_stays_null(books):
    books.objects.create(title="а", note=None)
    assert books.objects.filter(note__isnull=True).count() == 1
    assert books.objects.filter(note=None).count() == 1


@pytest.mark.parametrize("field", [MendedCharField(max_length=9), MendedTextField()])
def test_nul_is_refused_by_validation(field):
    with pytest.raises(ValidationError) as refusal:
        field.clean("а\0б", None)
    assert refusal.value.error_list[0].code == "null_characters_not_allowed"


def test_cleaning_gives_the_text_as_it_will_be_stored():
    assert MendedCharField(max_length=10).clean(TYPED, None) == MENDED


def test_a_text_that_is_too_long_is_refused_like_any_other():
    with pytest.raises(ValidationError):
        MendedCharField(max_length=3).clean(TYPED, None)


def test_forms_get_djangos_own_fields():
    for mended, plain in (
        (MendedCharField(max_length=9), models.CharField(max_length=9)),
        (MendedTextField(), models.TextField()),
    ):
        mine, theirs = mended.formfield(), plain.formfield()
        assert (type(mine), type(mine.widget)) == (type(theirs), type(theirs.widget))


def test_migrations_name_the_field_by_its_own_path():
    _, path, args, kwargs = MendedCharField(max_length=9).deconstruct()
    assert (path, args, kwargs) == ("centar.script.fields.MendedCharField", [], {"max_length": 9})


def test_stored_keys_follow_the_text(books):
    book = books.objects.create(title="Ђачки „Џез“")
    books.objects.update(title="Шабац")
    book.refresh_from_db()
    assert (book.folded, book.sort_azbuka, book.sort_abeceda) == (
        "sabac",
        sorting.sort_key("Шабац", "azbuka"),
        sorting.sort_key("Шабац", "abeceda"),
    )


def test_stored_keys_sort_by_code_point(books):
    titles = ["Шабац", "đak", "Ωмега", "Џеп", "10", "Анђео"]
    books.objects.bulk_create([books(title=title) for title in titles])
    azbuka = [*books.objects.order_by("sort_azbuka").values_list("title", flat=True)]
    abeceda = [*books.objects.order_by("sort_abeceda").values_list("title", flat=True)]
    assert azbuka == ["10", "Анђео", "đak", "Џеп", "Шабац", "Ωмега"]
    assert abeceda == ["10", "Анђео", "Џеп", "đak", "Шабац", "Ωмега"]
