"""What a reader finds in the catalogue, and in which order."""

from __future__ import annotations

import pytest

from library.models import Identifier, Record, Word
from library.operations import words
from library.queries import finding, suggestions
from library.queries.finding import Wanted
from tests.factories.library import RecordFactory

pytestmark = pytest.mark.django_db


def found(query: str = "", **wanted: object) -> list[str]:
    keys = finding.find(Wanted(query, **wanted), "azbuka").keys  # type: ignore[arg-type]
    titles = dict(Record.objects.values_list("pk", "title"))
    return [titles[key] for key in keys]


@pytest.fixture
def shelf() -> None:
    """Five publications in two scripts, one of them withdrawn."""
    RecordFactory(title="Историја српске књижевности", names="Деретић, Јован", year=1983, udc="821")
    RecordFactory(title="Историја", year=1991, udc="94(100)", language="srp", free_copies=2)
    RecordFactory(title="Škola i društvo", year=1987, udc="37", subjects="историја школе")
    RecordFactory(title="Библиотека као место учења", kind="journal", udc="02", language="eng")
    RecordFactory(title="Историја сакривена", withdrawn_at="2026-01-01T00:00Z")
    words.count()


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    "query",
    ["istorija", "ИСТОРИЈА", "istoriju", "историјом", "istor", "Иcтopиja"],
    ids=["Latin", "capitals", "inflected Latin", "inflected", "unfinished", "homoglyphs"],
)
def test_a_word_finds_title_and_subject_in_any_spelling(query):
    assert sorted(found(query)) == ["Škola i društvo", "Историја", "Историја српске књижевности"]


def test_a_title_with_letters_of_the_other_script_is_found_by_a_pure_word():
    mixed = "Bлacт и pод"  # B, a, c and p are Latin
    Record.objects.bulk_create([Record(title=mixed)])

    assert (
        found("vlast")
        == found("власт")
        == found("рода")
        == list(Record.objects.values_list("title", flat=True))
    )


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("skola", ["Škola i društvo"]),
        ("Deretić", ["Историја српске књижевности"]),
        ('"српске књижевности"', ["Историја српске књижевности"]),
        ('"књижевности српске"', []),
        ("istorija -škola -književnosti", ["Историја"]),
        ("' OR 1=1", []),
        ("и у на", []),
        ("...", []),
        ("\0", []),
        ("ab" * 5000, []),
    ],
)
def test_names_phrases_exclusions_and_nonsense(query, titles):
    assert found(query) == titles


@pytest.mark.usefixtures("shelf")
def test_the_exact_title_comes_first():
    assert found("istorija")[0] == "Историја"


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(("query", "word"), [("bibiloteka", "библиотека"), ("drušvto", "društvo")])
def test_a_mistyped_word_is_replaced_by_the_one_of_the_catalogue(query, word):
    result = finding.find(Wanted(query), "azbuka")

    assert (result.corrected, result.total) == (word, 1)


def test_when_little_is_found_a_similar_word_is_offered_beside_it():
    RecordFactory(title="Биологја")
    RecordFactory.create_batch(4, title="Биологија")
    words.count()
    Word.objects.filter(word="biologja").delete()  # not counted yet
    result = finding.find(Wanted("биологја"), "azbuka")

    assert (result.total, result.similar, result.corrected) == (1, "биологија", "")


@pytest.mark.parametrize("typed", ["9788652112340", "978-86-521-1234-0", "ISBN 86-521-1234-7"])
def test_a_number_is_found_however_it_is_typed(typed):
    record = RecordFactory(title="Бројана")
    Identifier.objects.create(record=record, printed="86-521-1234-7", number="9788652112340")

    assert found(typed) == ["Бројана"]


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("wanted", "titles"),
    [
        ({"facets": {"kind": "journal"}}, ["Библиотека као место учења"]),
        ({"facets": {"decade": "198"}}, ["Историја српске књижевности", "Škola i društvo"]),
        ({"facets": {"decade": "198", "year": "1987"}}, ["Škola i društvo"]),
        ({"facets": {"udc": "9", "language": "srp"}}, ["Историја"]),
        ({"facets": {"udc": "9", "language": "eng"}}, []),
        ({"free": True}, ["Историја"]),
        (
            {"query": "istorija", "order": "year"},
            ["Историја", "Škola i društvo", "Историја српске књижевности"],
        ),
        (
            {"query": "istorija", "order": "title"},
            ["Историја", "Историја српске књижевности", "Škola i društvo"],
        ),
    ],
)  # fmt: skip
def test_the_list_is_narrowed_and_ordered(wanted, titles):
    assert found(**wanted) == titles


@pytest.mark.usefixtures("shelf")
def test_facets_are_counted_in_what_was_found():
    counts = finding.find(Wanted("istorija"), "azbuka").counts

    assert counts == {
        "kind": {"book": 3},
        "udc": {"3": 1, "8": 1, "9": 1},
        "language": {"srp": 1},
        "decade": {"198": 2, "199": 1},
        "year": {"1983": 1, "1987": 1, "1991": 1},
        "free": {"on": 1},
    }


@pytest.mark.parametrize("order", ["relevance", "title"])
def test_more_than_are_counted_are_said_to_be_more(order, monkeypatch):
    monkeypatch.setattr(finding, "MOST", 3)
    for number in range(5):
        RecordFactory(title=f"Свеска {9 - number}")
    result = finding.find(Wanted("sveska", order=order), "azbuka")

    assert (result.total, result.is_more, result.counts["kind"]) == (3, True, {"book": 4})
    assert len(result.keys[:2]) == 2


def test_a_whole_word_stays_in_front_when_beginnings_fill_the_list(monkeypatch):
    monkeypatch.setattr(finding, "MOST", 2)
    for title in ("Матрица", "Матични лист", "Материја", "Мат и пат"):
        RecordFactory(title=title)
    words.count()

    assert found("mat")[0] == "Мат и пат"
    assert len(found("mat")) == 2


def test_words_that_stand_nowhere_any_more_are_forgotten():
    record = RecordFactory(title="Кртица и коло")
    words.count()
    Record.objects.filter(pk=record.pk).update(title="Коло")
    words.count()

    assert list(Word.objects.values_list("word", "written", "records")) == [("kolo", "коло", 1)]


def test_words_of_new_records_are_learnt_before_the_night():
    RecordFactory(title="Плуг", names="Његош")

    assert words.learn() == 2
    assert sorted(Word.objects.values_list("word", flat=True)) == ["njegos", "plug"]


def test_titles_and_then_words_are_offered_while_typing():
    RecordFactory(title="Мала школа шаха")
    RecordFactory(title="Школа 100% играња")
    words.count()

    assert suggestions.of("skol") == ["Школа 100% играња", "школа"]
    assert suggestions.of("mala sk") == ["Мала школа шаха", "mala школа"]
    assert [suggestions.of(typed) for typed in ("", "s", "%", "\0", "\\")] == [[], [], [], [], []]
