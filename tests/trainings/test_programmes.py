"""The catalogue: what each filter and the search find, in which order, and at what cost."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from centar.events.models import Event
from tests import reader
from tests.factories.trainings import (
    AreaFactory,
    CompetenceFactory,
    CycleFactory,
    ProgrammeFactory,
    SeminarFactory,
    TrainerFactory,
)

pytestmark = pytest.mark.django_db

CATALOGUE = "/katalog/"


def titles(response):
    return [programme.title for programme in response.context["page"]]


def found(client, **filters):
    return titles(client.get(CATALOGUE, filters))


@pytest.mark.parametrize(
    ("wanted", "other", "filters"),
    [
        (
            lambda: {"area": AreaFactory(name="Математика")},
            lambda: {"area": AreaFactory(name="Биологија")},
            lambda wanted: {"area": wanted.area_id},
        ),
        (
            lambda: {"competences": ["К2", "К3"]},
            lambda: {"competences": ["К1"]},
            lambda wanted: {"competence": "К2"},
        ),
        (
            lambda: {"priorities": ["1", "4"]},
            lambda: {"priorities": ["3"]},
            lambda wanted: {"priority": "4"},
        ),
        (
            lambda: {"form": "webinar"},
            lambda: {"form": "workshop"},
            lambda wanted: {"form": "webinar"},
        ),
        (lambda: {"hours": 16}, lambda: {"hours": 17}, lambda wanted: {"hours": "16"}),
        (lambda: {"hours": 9}, lambda: {"hours": 8}, lambda wanted: {"hours": "16"}),
        (lambda: {"hours": 25}, lambda: {"hours": 24}, lambda wanted: {"hours": "more"}),
        (
            lambda: {"points": Decimal("8.0")},
            lambda: {"points": Decimal("16.0")},
            lambda wanted: {"points": "8"},
        ),
        (lambda: {"fee": 0}, lambda: {"fee": 1}, lambda wanted: {"fee": "free"}),
        (lambda: {"fee": 2000}, lambda: {"fee": 2001}, lambda wanted: {"fee": "2000"}),
        (
            lambda: {"audience": "Наставници физике у гимназији"},
            lambda: {"audience": "Наставници хемије"},
            lambda wanted: {"audience": "gimnaziji FIZIKE"},
        ),
        (
            lambda: {"trainers": [TrainerFactory(name="Др Ђорђе Љубичић")]},
            lambda: {"trainers": [TrainerFactory(name="Ана Љубичић")]},
            lambda wanted: {"trainer": "djordje ljubičić"},
        ),
        (
            lambda: {"cycle": CycleFactory(name="2022–2025")},
            dict,
            lambda wanted: {"cycle": wanted.cycle_id},
        ),
    ],
    ids=[
        *("area", "competence", "priority", "form", "hours-16", "hours-9", "hours-25", "points"),
        *("free", "fee", "audience", "trainer", "cycle"),
    ],
)
def test_each_filter_keeps_what_was_asked_for(client, wanted, other, filters):
    right = ProgrammeFactory(title="Тражени", **wanted())
    ProgrammeFactory(title="Други", **other())

    assert found(client, **filters(right)) == ["Тражени"]


def test_points_between_two_choices_are_in_one_of_them(client):
    """8,5 points are neither lost nor shown twice."""
    ProgrammeFactory(title="Осам и по", points=Decimal("8.5"))
    choices = ("8", "16", "24", "more")

    assert [choice for choice in choices if found(client, points=choice)] == ["16"]


def test_filters_work_together_with_the_search(client):
    ProgrammeFactory(title="Огледи у физици", form="workshop")
    ProgrammeFactory(title="Огледи у хемији", form="webinar")
    ProgrammeFactory(title="Час физике", form="workshop")

    assert found(client, q="огледи", form="workshop") == ["Огледи у физици"]


def test_a_programme_that_matches_twice_is_listed_once(client):
    ProgrammeFactory(
        title="Један",
        competences=["К1", "К2"],
        trainers=[TrainerFactory(name="Јован Јовић"), TrainerFactory(name="Јована Јовић")],
    )

    assert found(client, competence="К1", trainer="jović") == ["Један"]


@pytest.mark.parametrize(
    "filters",
    [
        {"area": "999999"},
        {"area": "' OR 1=1"},
        {"competence": "К9"},
        {"form": "nesto"},
        {"hours": "-5"},
        {"fee": "1e9"},
        {"cycle": ""},
        {"nepoznato": "1"},
    ],
)
def test_a_filter_that_is_not_offered_asks_for_nothing(client, filters):
    ProgrammeFactory(title="Једини")

    assert found(client, **filters) == ["Једини"]


def test_a_filter_that_was_not_understood_is_said_beside_the_form(client):
    page = reader.Page(client.get(CATALOGUE, {"form": "nesto"}).content.decode())

    assert "nesto" in page.text


def test_the_filters_offer_only_what_the_catalogue_has(client):
    ProgrammeFactory(area=AreaFactory(name="Математика"), competences=["К2"], priorities=["3"])
    ProgrammeFactory(
        area=AreaFactory(name="Латински језик"),
        competences=["К4"],
        priorities=["5"],
        cycle=CycleFactory(name="Стари циклус"),
        withdrawn_on=date(2026, 1, 1),
    )
    AreaFactory(name="Без програма")

    form = client.get(CATALOGUE).context["form"]

    names = ("area", "competence", "priority", "cycle")
    assert {name: [str(label) for _, label in form.fields[name].choices[1:]] for name in names} == {
        "area": ["Математика"],
        "competence": ["К2 Компетенција К2"],
        "priority": ["3 Приоритетна област 3"],
        "cycle": ["2025/2026–2027/2028"],
    }


def test_codes_of_two_cycles_are_one_choice(client):
    """К1 of the new cycle and К1 of the old one: the filter by the code finds both."""
    ProgrammeFactory(title="Нови", competences=["К1"])
    earlier = CycleFactory(name="Ранији", starts_on=date(2022, 9, 1), ends_on=date(2025, 8, 31))
    CompetenceFactory(cycle=earlier, code="К1", name="Некадашња компетенција")
    ProgrammeFactory(title="Стари", cycle=earlier, competences=["К1"])

    form = client.get(CATALOGUE).context["form"]

    assert form.fields["competence"].choices[1:] == [("К1", "К1 Компетенција К1")]
    assert sorted(found(client, competence="К1")) == ["Нови", "Стари"]


@pytest.mark.parametrize(
    "words",
    [
        "библиотека",
        "библиотеке",
        "biblioteka",
        "BIBLIOTECI",
        "школска библиотека",
        "skolske biblioteke",
        "шкoлскa",  # o and a are Latin letters
        "библи",
        "0417",
    ],
)
def test_the_search_finds_however_it_is_written(client, words):
    ProgrammeFactory(title="Школска библиотека као средиште учења", number="0417")
    ProgrammeFactory(title="Настава математике", number="0008")

    assert found(client, q=words) == ["Школска библиотека као средиште учења"]


@pytest.mark.parametrize("words", ["bibiloteka", "библотека", "skolska bibloiteka"])
def test_a_typing_error_finds_similar_words_and_says_so(client, words):
    ProgrammeFactory(title="Школска библиотека")
    ProgrammeFactory(title="Настава математике")

    answer = client.get(CATALOGUE, {"q": words})

    assert (titles(answer), answer.context["approximate"]) == (["Школска библиотека"], True)
    english = client.get(f"/en{CATALOGUE}", {"q": words}).content.decode()
    assert "Nothing matches those words exactly. These are similar:" in english


def test_the_search_reads_titles_before_topics(client):
    ProgrammeFactory(title="Радионица", topics="Роботика у настави")
    ProgrammeFactory(title="Роботика за почетнике")

    assert found(client, q="роботика") == ["Роботика за почетнике", "Радионица"]


def test_nothing_found_shows_the_way_out(client):
    ProgrammeFactory()

    page = reader.Page(client.get(f"/en{CATALOGUE}", {"q": "кззхшџ"}).content.decode())

    assert "No programme matches" in page.headings
    assert (f"/en{CATALOGUE}", "Show the whole catalogue") in page.links


WORDS = ("Њива", "Жаба", "Чамац", "Нада", "Љубав", "Ћуп", "Џак", "Лопта", "Ђак", "Цвет", "Дете")


@pytest.mark.parametrize(
    ("address", "order"),
    [
        ("/katalog/", "Дете Ђак Жаба Лопта Љубав Нада Њива Ћуп Цвет Чамац Џак"),
        ("/lat/katalog/", "Цвет Чамац Ћуп Дете Џак Ђак Лопта Љубав Нада Њива Жаба"),
        ("/en/katalog/", "Цвет Чамац Ћуп Дете Џак Ђак Лопта Љубав Нада Њива Жаба"),
    ],
)
def test_the_list_has_the_order_of_the_reader_s_alphabet(client, address, order):
    for word in WORDS:
        ProgrammeFactory(title=word)

    assert " ".join(titles(client.get(address))) == order


def test_withdrawn_programmes_are_not_shown(client):
    gone = ProgrammeFactory(title="Повучен", withdrawn_on=timezone.localdate())
    ProgrammeFactory(title="Важећи")

    assert found(client) == ["Важећи"]
    assert client.get(f"{CATALOGUE}{gone.pk}/").status_code == 404


def test_the_list_says_how_many_dates_are_ahead(client):
    programme = ProgrammeFactory(title="Са терминима")
    ProgrammeFactory(title="Без термина")
    ago = timezone.now() - timedelta(days=9)
    for facts in (
        {},
        {"event__state": Event.State.CLOSED},
        {"event__state": Event.State.DRAFT},
        {"event__state": Event.State.CANCELLED, "event__cancelled_at": ago},
        {"event__starts_at": ago},
    ):
        SeminarFactory(programme=programme, **facts)

    rows = client.get(CATALOGUE).context["page"]

    assert {row.title: row.coming for row in rows} == {"Са терминима": 2, "Без термина": 0}


def test_a_long_catalogue_has_pages_that_keep_the_filters(client):
    for number in range(45):
        ProgrammeFactory(title=f"Програм {number:02}", form="workshop")
    ProgrammeFactory(title="Вебинар", form="webinar")

    pages = [client.get(CATALOGUE, {"form": "workshop", "page": page}) for page in (1, 2, 3)]

    assert [len(titles(page)) for page in pages] == [20, 20, 5]
    shown = [title for page in pages for title in titles(page)]
    assert shown == [f"Програм {number:02}" for number in range(45)]
    links = dict(reader.Page(pages[1].content.decode()).links)
    assert {"?form=workshop&page=1", "?form=workshop&page=3"} <= set(links)


@pytest.mark.parametrize(("page", "shown"), [("0", 2), ("-1", 2), ("99", 2), ("dve", 1), ("", 1)])
def test_a_page_that_does_not_exist_shows_the_nearest(client, page, shown):
    for _ in range(21):
        ProgrammeFactory()

    assert client.get(CATALOGUE, {"page": page}).context["page"].number == shown


def test_a_shared_address_shows_the_same_to_everybody(client):
    ProgrammeFactory(title="Огледи", form="workshop", competences=["К1"])
    ProgrammeFactory(title="Други")
    address = f"{CATALOGUE}?q=ogledi&form=workshop&competence=%D0%9A1"

    answer = client.get(address)

    page = answer.content.decode()
    assert titles(answer) == ["Огледи"]
    assert 'value="ogledi"' in page
    assert '<option value="workshop" selected>' in page
    assert '<option value="К1" selected>' in page


def test_narrowing_by_htmx_gives_the_results_alone(client):
    ProgrammeFactory(title="Огледи")

    fragment = client.get(CATALOGUE, {"q": "огледи"}, headers={"HX-Request": "true"})
    latin = client.get(f"/lat{CATALOGUE}", headers={"HX-Request": "true"})
    whole = client.get(
        CATALOGUE,
        headers={"HX-Request": "true", "HX-History-Restore-Request": "true"},
    )

    assert "<html" not in fragment.content.decode()
    assert "Огледи" in fragment.content.decode()
    assert reader.cyrillic_words(reader.Page(latin.content.decode()).text) == []
    assert "<html" in whole.content.decode()
    assert [answer["Vary"] for answer in (fragment, whole)] == ["HX-Request, Cookie"] * 2


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("filters", "queries"),
    [({}, 3), ({"q": "огледи", "competence": "К1", "trainer": "јасна"}, 3)],
)
def test_the_catalogue_takes_the_same_queries_however_many_rows(
    client, django_assert_num_queries, rows, filters, queries
):
    for _ in range(rows):
        ProgrammeFactory(
            title="Огледи",
            competences=["К1", "К2"],
            priorities=["1", "2"],
            trainers=[TrainerFactory(), TrainerFactory()],
        )
    client.get(CATALOGUE)

    with django_assert_num_queries(queries):
        answer = client.get(CATALOGUE, filters, headers={"HX-Request": "true"})

    assert len(titles(answer)) == rows
