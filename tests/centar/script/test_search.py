import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from centar.script import search

TITLES = [
    "Библиотека за децу",
    "Школске библиотеке у Шумадији",
    "Biblioteka grada Kragujevca",
    "Библиотекарство данас",
    "Учење на даљину",
    "Активно учење у настави математике",
    "Ђак и школа",
    "Ђачки парламент",
    "Настава програмирања у облаку",
    "Инклузија у предшколској установи",
    "Музичка култура и дечје стваралаштво",
    "Роботика у настави технике",
    "Песниче народа мог",
    "Наука је свуда",
    "Џез за почетнике",
    "Његош и његово доба",
    "Народна библиотека „Вук Караџић“ у Крагујевцу",
    "Priručnik za nastavnike: čitanje i pisanje",
    "Водич кроз PDF-ом и web-сајт",
    "Извештај за 2025-2026. годину",
]


@pytest.fixture
def library(books):
    """Twenty books; most have the same summary, one has a word of a title in its summary."""
    books.objects.bulk_create(
        books(title=title, summary="Прича о парламенту" if "Џез" in title else "опис")
        for title in TITLES
    )
    return books


def _titles(rows, query):
    """Titles of the books that are found, the best match first."""
    found = search.find(rows, query)
    books = rows.model.objects.in_bulk(found.keys)
    return [books[key].title for key in found.keys], found.approximate


def _found(library, query):
    titles, approximate = _titles(library.objects.all(), query)
    return set(titles), approximate


LIBRARIES = {TITLES[0], TITLES[1], TITLES[2], TITLES[16]}
# the last word of a query may be unfinished, so the longer word comes along, last
AND_LIBRARIANSHIP = {*LIBRARIES, "Библиотекарство данас"}


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        # whatever the script, the ending, the diacritics
        ("библиотеком", AND_LIBRARIANSHIP),
        ("biblioteke", AND_LIBRARIANSHIP),
        ("BIBLIOTEKOM", AND_LIBRARIANSHIP),
        ("учењу", {"Учење на даљину", "Активно учење у настави математике"}),
        ("ucenje", {"Учење на даљину", "Активно учење у настави математике"}),
        ("učenja", {"Учење на даљину", "Активно учење у настави математике"}),
        ("ђак", {"Ђак и школа"}),
        ("đak", {"Ђак и школа"}),
        ("djak", {"Ђак и школа"}),
        ("djacki", {"Ђачки парламент"}),
        ("dzez", {"Џез за почетнике"}),
        ("džez", {"Џез за почетнике"}),
        ("njegos", {"Његош и његово доба"}),
        ("citanje", {"Priručnik za nastavnike: čitanje i pisanje"}),
        ("читање", {"Priručnik za nastavnike: čitanje i pisanje"}),
        # with a letter of the other script, or combined signs
        ("учeњe", {"Учење на даљину", "Активно учење у настави математике"}),
        ("yчење", {"Учење на даљину", "Активно учење у настави математике"}),
        ("uc\u030cenje", {"Учење на даљину", "Активно учење у настави математике"}),
        # several words, the last one unfinished
        ("učenje даљи", {"Учење на даљину"}),
        ("настава прогр", {"Настава програмирања у облаку"}),
        ("robot", {"Роботика у настави технике"}),
        ("библи", AND_LIBRARIANSHIP),
        ("web-saj", {"Водич кроз PDF-ом и web-сајт"}),
        ("biblioteke krag", {TITLES[2], TITLES[16]}),
        # parts of words that signs hold together
        ("сајт pdf", {"Водич кроз PDF-ом и web-сајт"}),
        ("2026", {"Извештај за 2025-2026. годину"}),
        ("2025/2026.", {"Извештај за 2025-2026. годину"}),
        ("-2026 извештај", set()),
        # as in web search
        ('"вук караџић"', {"Народна библиотека „Вук Караџић“ у Крагујевцу"}),
        ("„vuk karadzic“", {"Народна библиотека „Вук Караџић“ у Крагујевцу"}),
        ("библиотека -деца -школске", {TITLES[2], TITLES[16]}),
        ("робот or džez", {"Џез за почетнике"}),
        ("роботика or džez", {"Роботика у настави технике", "Џез за почетнике"}),
        ("ђак – школа", {"Ђак и школа"}),
        ("ђак - школа -", {"Ђак и школа"}),
        ("ђак\0школа", {"Ђак и школа"}),
    ],
)
def test_words_are_found_in_any_form(library, query, titles):
    assert _found(library, query) == (titles, False)


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("библотеке деца", "Библиотека за децу"),
        ("bibiloteka grada", "Biblioteka grada Kragujevca"),
        ("krgaujevcu karadzc", "Народна библиотека „Вук Караџић“ у Крагујевцу"),
        ("програмирње", "Настава програмирања у облаку"),
        ("inkluzja", "Инклузија у предшколској установи"),
        ("робтика", "Роботика у настави технике"),
        ("matemtika", "Активно учење у настави математике"),
        ("парлмент", "Ђачки парламент"),
        ("инклузija 1 у", "Инклузија у предшколској установи"),
    ],
)
def test_a_misspelt_word_finds_a_similar_one(library, query, title):
    titles, approximate = _titles(library.objects.all(), query)
    assert (approximate, titles[0]) == (True, title)


@pytest.mark.parametrize("query", ["хеликоптер", "xyzzy", "библотека хеликоптер"])
def test_what_is_like_nothing_finds_nothing(library, query):
    assert _found(library, query) == (set(), True)


@pytest.mark.parametrize("query", ["b%_\\", "ж", "и у", "-библотека", "библотека -деца"])
def test_a_letter_or_two_are_not_compared_by_similarity(library, query):
    assert not search.find(library.objects.all(), query).approximate


@pytest.mark.parametrize("query", ["", "   ", "\0", "\u00a0"])
def test_an_empty_query_gives_everything_in_its_own_order(library, query):
    ordered = library.objects.order_by("-title").values_list("title", flat=True)
    assert _titles(library.objects.order_by("-title"), query) == ([*ordered], False)


@pytest.mark.parametrize("query", ["?!", "„“", "--", "' OR 1=1; %_", ":*", "🙂", "&|!()<->"])
def test_punctuation_alone_finds_nothing_and_breaks_nothing(library, query):
    assert _found(library, query)[0] == set()


@pytest.mark.parametrize(
    "query",
    [
        "а:*",
        "a & b | !c <-> d",
        "'учење",
        'учење"',
        "(учење",
        "учење:",
        "-",
        "or",
        "-учење",
        "a\\b",
    ],
)
def test_signs_of_a_raw_query_are_harmless(library, query):
    _found(library, query)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(), st.text(alphabet="уч њne-–\"'()&|!<>:*\\/.,0 or")))
def test_no_query_is_an_error(library, query):
    _found(library, query)


def test_only_the_beginning_of_an_endless_query_is_read(library):
    assert _found(library, f"{'учење ' * 40}{'хеликоптер ' * 1000}")[0] == {
        "Учење на даљину",
        "Активно учење у настави математике",
    }
    assert _found(library, "а" * 10_000) == (set(), True)
    assert _found(library, "абв " * 10_000) == (set(), True)


def test_the_best_match_comes_first(library):
    titles, _ = _titles(library.objects.all(), "парламент")
    assert titles == ["Ђачки парламент", "Џез за почетнике"]


def test_an_unfinished_word_comes_after_whole_ones(library):
    titles, _ = _titles(library.objects.all(), "библиотека")
    assert titles[-1] == "Библиотекарство данас"


def test_the_spelling_as_typed_comes_before_the_folded_one(books):
    books.objects.bulk_create([books(title="сисање"), books(title="шишање")])
    assert _titles(books.objects.all(), "šišanje") == (["шишање", "сисање"], False)


def test_only_the_given_rows_are_searched(library):
    some = library.objects.exclude(title="Ђачки парламент")
    assert _titles(some, "парламент") == (["Џез за почетнике"], False)


def test_the_searched_columns_may_be_those_of_a_related_row(library, reviews):
    review = reviews.objects.create(book=library.objects.get(title="Ђачки парламент"))
    for query in ("парламент", "парлмент"):
        found = search.find(reviews.objects.all(), query, "book__search", "book__folded")
        assert found.keys == [review.pk]


def test_a_search_takes_one_query_and_a_similar_one_two(library, django_assert_num_queries):
    for query, number in (("парламент", 1), ("парлмент", 2)):
        with django_assert_num_queries(number):
            search.find(library.objects.all(), query)


def test_a_null_text_adds_nothing_to_the_vector(library):
    with connection.cursor() as cursor:
        cursor.execute("""SELECT script_vector(NULL, 'A') || script_vector('ђак', 'B')""")
        assert cursor.fetchone() == ("'đak':1B,2B",)


@pytest.mark.parametrize(
    ("query", "index"), [("учење даљи", "book_search"), ("krgaujevcu", "book_folded")]
)
def test_both_ways_of_searching_use_their_index(books, query, index):
    books.objects.bulk_create(
        books(title=f"{TITLES[number % 4]} {number} {number * 7919 % 5003}", summary="")
        for number in range(5000)
    )
    books.objects.create(title="Учење на даљину у Крагујевцу")
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('book_search')")
        cursor.execute("SELECT gin_clean_pending_list('book_folded')")
        cursor.execute("ANALYZE script_tests_book")
    with CaptureQueriesContext(connection) as asked:
        titles, _ = _titles(books.objects.all(), query)
    assert titles == ["Учење на даљину у Крагујевцу"]
    with connection.cursor() as cursor:
        # The last one reads the titles.
        cursor.execute(f"EXPLAIN {asked[-2]['sql']}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert re.search(rf"Bitmap Index Scan on {index}\b", plan), plan
