"""The results of rounds: who reads them, how they are narrowed, what stands beside them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from centar.questionnaires import operations as questionnaires
from centar.questionnaires.models import Question, Response
from needs_survey.models import Round, RoundResponse
from needs_survey.queries import results as queries
from needs_survey.queries.results import Narrowing
from needs_survey.reports import pages
from tests import office
from tests.factories.needs_survey import (
    SURVEYS,
    InvitationFactory,
    RoundFactory,
    answer_of_school,
    answer_of_teacher,
)
from tests.factories.people import AdministratorFactory, PersonFactory, StaffFactory
from tests.factories.questionnaires import QuestionFactory
from tests.factories.schools import MunicipalityFactory, SchoolFactory, SubjectFactory

pytestmark = pytest.mark.django_db

Kind = Question.Kind
PAGES = ("", "odziv/", "mapa/", "izvoz.xlsx", "izvoz.csv", "izvoz.sps")


def address(round, page=""):
    return f"/en/potrebe/rezultati/{round.pk}/{page}"


def school_round(*places, **about):
    """A round of schools in which each of these municipalities has one that gave the grade 4."""
    scale = QuestionFactory(code="ocena")
    round = RoundFactory(questionnaire=scale.questionnaire, **about)
    for place in places:
        invitation = InvitationFactory(round=round, school=SchoolFactory(municipality=place))
        answer_of_school(invitation, (scale, 4))
    return round, scale


def teacher_round(**groups):
    """An anonymous round: how many of which municipality gave the grade 4, by a short name."""
    scale = QuestionFactory(code="ocena")
    round = RoundFactory(questionnaire=scale.questionnaire, kind=Round.Kind.TEACHERS)
    places = {name: MunicipalityFactory(name=name) for name in groups}
    for name, people in groups.items():
        for _ in range(people):
            answer_of_teacher(round, (scale, 4), municipality=places[name])
    return round, scale, places


@pytest.fixture
def desk():
    return office.desk_of(StaffFactory(permissions=SURVEYS))


@pytest.mark.parametrize("part", PAGES)
def test_only_the_staff_of_surveys_read_them(client, desk, part):
    round, _scale = school_round(MunicipalityFactory())
    others = [office.desk_of(one) for one in (PersonFactory().user, StaffFactory())]

    assert desk.get(address(round, part)).status_code == 200
    assert [one.get(address(round, part)).status_code for one in others] == [403, 403]
    assert client.get(address(round, part)).headers["Location"].startswith("/en/nalog/login/")
    assert desk.get(address(Round(pk=0), part)).status_code == 404


def test_rounds_are_listed_for_the_staff(desk):
    round, _scale = school_round()

    page = desk.get("/en/potrebe/rezultati/")

    assert address(round) in page.content.decode()


@pytest.mark.parametrize("kind", Round.Kind.values)
def test_the_number_of_statements_does_not_grow_with_schools_and_questions(desk, kind):
    counts = []
    for number in (1, 3):
        round = RoundFactory(kind=kind)
        asked = [
            QuestionFactory(questionnaire=round.questionnaire, kind=Kind.SINGLE, offers=["Да"])
            for _ in range(number)
        ]
        place = MunicipalityFactory()
        for _ in range(5 * number):
            if kind == Round.Kind.SCHOOLS:
                invitation = InvitationFactory(
                    round=round, school=SchoolFactory(municipality=place)
                )
                answer_of_school(invitation, *((one, "Да") for one in asked))
            else:
                answer_of_teacher(round, *((one, "Да") for one in asked), municipality=place)
        of_pages = []
        for page in ("", f"?opstina={place.pk}", "odziv/", "mapa/", "mapa/?pitanje=p0.0"):
            with CaptureQueriesContext(connection) as statements:
                assert desk.get(address(round, page)).status_code == 200
            of_pages.append(len(statements))
        counts.append(of_pages)

    assert counts[0] == counts[1]


def test_the_second_reading_asks_for_the_stamp_alone(desk):
    round, _scale = school_round(MunicipalityFactory())
    first = desk.get(address(round)).context["drawing"]
    with CaptureQueriesContext(connection) as statements:
        second = desk.get(address(round)).context["drawing"]

    assert second is first
    # The session, the user with the permissions, the stamp, and how many wait.
    assert len(statements) == 6


@pytest.mark.parametrize(
    "change",
    [
        lambda round, scale: answer_of_school(InvitationFactory(round=round), (scale, 1)),
        lambda round, scale: round.invitations.get().answer.save(),
        lambda round, scale: questionnaires.mend_wording(
            questionnaire_id=scale.questionnaire_id,
            part="question",
            key=scale.pk,
            text="Новије питање?",
            by=AdministratorFactory(),
        ),
        lambda round, scale: round.save(),
        lambda round, scale: answer_of_school(InvitationFactory(round=round.compared_with)),
    ],
)
def test_results_are_drawn_anew_when_anything_in_them_changes(change):
    round, scale = school_round(MunicipalityFactory(), compared_with=RoundFactory())
    before = queries.stamp(round.pk)
    assert queries.stamp(round.pk) == before

    change(round, scale)

    assert queries.stamp(round.pk) != before


def test_schools_are_narrowed_in_several_ways_at_once():
    here, there = MunicipalityFactory(), MunicipalityFactory()
    round, _scale = school_round(here, here, there)

    found = [
        queries.results(round, narrowed).tally.responses
        for narrowed in (
            Narrowing(),
            Narrowing(municipality=here.pk),
            Narrowing(municipality=here.pk, school_kind="primary"),
            Narrowing(municipality=there.pk, school_kind="grammar"),
        )
    ]

    assert found == [3, 2, 2, 0]


def test_of_anonymous_answers_a_small_group_and_its_complement_are_hidden():
    round, _scale, places = teacher_round(А=12, Б=4, В=7)

    shown = {
        name: queries.results(round, Narrowing(municipality=place.pk))
        for name, place in places.items()
    }

    assert {name: one.refused for name, one in shown.items()} == {"А": False, "Б": True, "В": True}
    assert shown["А"].tally.responses == 12
    offered = queries.offered(round).municipality
    assert [name for _key, name in offered] == ["А"]


def test_anonymous_answers_are_narrowed_in_one_way_at_a_time(desk):
    round, _scale, places = teacher_round(А=12, Б=12)
    subject = SubjectFactory()
    for key in RoundResponse.objects.filter(round=round).values_list("pk", flat=True)[::2]:
        RoundResponse.objects.filter(pk=key).update(subject=subject)
    place = places["А"].pk

    one = queries.results(round, Narrowing(municipality=place))
    two = queries.results(round, Narrowing(municipality=place, subject=subject.pk))

    assert (one.refused, two.refused) == (False, True)
    page = desk.get(address(round, f"?opstina={place}&predmet={subject.pk}"))
    assert "narrowed in one way at a time" in page.content.decode()


def test_what_is_not_offered_is_refused_and_not_silently_forgotten(desk):
    round, _scale = school_round(MunicipalityFactory())

    page = desk.get(address(round, "?opstina=nema")).content.decode()

    assert "There is nothing to show here" in page


def test_last_year_stands_beside_this_by_the_codes():
    this, _scale = school_round(MunicipalityFactory())
    last, _scale = school_round(MunicipalityFactory(), MunicipalityFactory())
    QuestionFactory(questionnaire=last.questionnaire, code="drugo")
    this.compared_with = last
    new = QuestionFactory(questionnaire=this.questionnaire, code="novo")

    found = queries.results(this).found

    assert {one.now.question.code: one.before and one.before.answered for one in found} == {
        "ocena": 2,
        new.code: None,
    }


def test_the_page_shows_both_years(desk):
    last, _scale = school_round(MunicipalityFactory())
    this, _scale = school_round(MunicipalityFactory(), compared_with=last)
    choice = QuestionFactory(questionnaire=this.questionnaire, kind=Kind.SINGLE, offers=["Да"])
    QuestionFactory(
        questionnaire=last.questionnaire, code=choice.code, kind=Kind.SINGLE, offers=["Да"]
    )

    page = desk.get(address(this)).content.decode()

    assert f"1 answer, mean 4 ({last.title}: 4)".replace("Потребе школа", "Potrebe škola") in page
    assert "1 (100%)" in page


def test_grades_that_are_hidden_are_called_so_and_not_nothing(desk):
    matrix = QuestionFactory(kind=Kind.MATRIX, offers=["Једно", "Друго"])
    round = RoundFactory(questionnaire=matrix.questionnaire, kind=Round.Kind.TEACHERS)
    one, other = matrix.options.all()
    for number in range(12):
        response = answer_of_teacher(round).response
        # A single one gave the first statement a 1, half of them gave the second a 5.
        response.answers.create(question=matrix, option=one, number=1 if number == 0 else 4)
        response.answers.create(question=matrix, option=other, number=4 + number % 2)

    (part,) = pages.parts(queries.results(round))

    assert [[cell.words for cell in cells] for _label, cells in part.heat.rows] == [
        ["hidden"] * 5 + ["3.75"],
        ["0", "0", "0", "6", "6", "4.50"],
    ]


def test_the_map_is_coloured_by_a_question_and_hides_small_groups(desk):
    round, scale, _places = teacher_round(А=12, Б=4, В=7)

    tiles = desk.get(address(round, f"mapa/?pitanje={scale.code}")).context["map"].tiles

    assert {tile.label: tile.words for tile in tiles} == {"А": "4", "Б": "–", "В": "–"}


def test_the_map_without_a_question_shows_rates(desk):
    round, _scale = school_round(MunicipalityFactory(name="Рача"))
    InvitationFactory(round=round, school=SchoolFactory(municipality__name="Кнић"))

    tiles = desk.get(address(round, "mapa/")).context["map"].tiles

    assert {tile.label: tile.words for tile in tiles} == {
        "Кнић": "0% (0/1)",
        "Рача": "100% (1/1)",
    }


def test_every_kind_of_question_is_drawn(desk):
    round = RoundFactory()
    kinds = {
        kind: QuestionFactory(questionnaire=round.questionnaire, kind=kind, text=f"Питање {kind}")
        for kind in (Kind.SCALE, Kind.NUMBER, Kind.LONG)
    }
    for kind in (Kind.SINGLE, Kind.MULTIPLE, Kind.MATRIX, Kind.RANKING, Kind.NUMBERS):
        kinds[kind] = QuestionFactory(
            questionnaire=round.questionnaire, kind=kind, offers=["Једно", "Друго"]
        )
    kinds[Kind.LISTED] = QuestionFactory(questionnaire=round.questionnaire, kind=Kind.LISTED)
    response = answer_of_school(
        InvitationFactory(round=round),
        (kinds[Kind.SCALE], 3),
        (kinds[Kind.NUMBER], 12),
        (kinds[Kind.LONG], "Више обука."),
        (kinds[Kind.SINGLE], "Једно"),
        (kinds[Kind.MULTIPLE], "Друго"),
    ).response
    for kind in (Kind.MATRIX, Kind.RANKING, Kind.NUMBERS):
        for place, option in enumerate(kinds[kind].options.all(), start=1):
            response.answers.create(question=kinds[kind], option=option, number=place)
    response.answers.create(question=kinds[Kind.LISTED], item=5, number=9, text="Огледи")

    page = desk.get(address(round)).content.decode()

    for words in (
        "mean 12, together 12",
        "Više obuka.",
        "place 1",
        "1 answer, for 9 people",
        "1 (100%)",
    ):
        assert words in page
    assert Response.objects.count() == 1
