import pytest

from centar.people import queries
from centar.script import faces
from tests.factories.schools import SchoolFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def schools():
    rows = [
        ("ОШ „Радоје Домановић“", "Крагујевац"),
        ("ОШ „Ђура Јакшић“", "Крагујевац"),
        ("ОШ „Ђура Јакшић“", "Јагодина"),
        ("Гимназија „Светозар Марковић“", "Јагодина"),
    ]
    return [SchoolFactory(name=name, place=place) for name, place in rows]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("домановић", [0]),
        ("DOMANOVIC", [0]),
        ("djura jaksic kragujevac", [1]),
        ("Ђура Јакшић", [2, 1]),
        ("јагодина гимн", [3]),
        ("Jагодина", [3, 2]),  # a Latin J
        ("домановч", [0]),
        ("радоје домоновић", [0]),
        ("", []),
        ("  ", []),
        ("100%", []),
        ("_", []),
        ("хогвортс", []),
    ],
)
def test_a_school_is_found_however_it_is_typed(schools, text, found):
    assert list(queries.schools_like(text, faces.CYRILLIC)) == [schools[n] for n in found]


def test_the_order_is_that_of_the_face():
    later = SchoolFactory(name="ОШ „Живојин Мишић“")
    sooner = SchoolFactory(name="ОШ „Иво Андрић“")

    assert queries.schools_like("ош", faces.CYRILLIC) == (later, sooner)
    assert queries.schools_like("oš", faces.LATIN) == (sooner, later)


def test_at_most_twelve_are_found():
    SchoolFactory.create_batch(14)

    assert len(queries.schools_like("прва", faces.CYRILLIC)) == 12


def test_the_chosen_school_is_offered_first_and_once(schools):
    search = queries.SchoolSearch(chosen=schools[1], found=(schools[0], schools[1]))

    assert search.offered == (schools[1], schools[0])
