"""What the schools of a round asked for: counted, narrowed, sorted, and as a workbook."""

from __future__ import annotations

import io
import re
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from centar.questionnaires.models import Answer, Option
from centar.script.latin import to_latin
from needs_survey import loading
from needs_survey.models import Round
from needs_survey.planning.demand import WAYS, Way
from needs_survey.queries import demand as queries
from tests import office, reader
from tests.factories.needs_survey import RoundFactory, answer_of_teacher
from tests.factories.people import PersonFactory, StaffFactory
from tests.factories.plans import PLANS, asks
from tests.factories.schools import MunicipalityFactory, SchoolFactory
from tests.factories.trainings import ProgrammeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def round():
    return RoundFactory(closed=True, title="Потребе 2026")


@pytest.fixture
def desk():
    return office.desk_of(StaffFactory(permissions=PLANS))


def school_in(name, **facts):
    return SchoolFactory(municipality=MunicipalityFactory(name=name), **facts)


def counts(found):
    return [(one.title, one.schools, one.teachers, one.municipalities) for one in found]


def page(desk, round, **query):
    return reader.Page(desk.get(f"/en/potrebe/traznja/{round.pk}/", query).content.decode())


def test_schools_teachers_and_municipalities_are_counted_for_each_programme(round):
    physics, reading = ProgrammeFactory(number="1"), ProgrammeFactory(number="2")
    knic, raca = MunicipalityFactory(name="Кнић"), MunicipalityFactory(name="Рача")
    asks(round, {physics: 5, reading: 3}, SchoolFactory(municipality=knic))
    asks(round, {physics: 4}, SchoolFactory(municipality=knic))
    asks(round, {physics: 1}, SchoolFactory(municipality=raca))
    asks(RoundFactory(), {physics: 100})

    found = queries.of_programmes(round)

    assert counts(found) == [(str(physics), 3, 10, 2), (str(reading), 1, 3, 1)]
    assert [one.teachers for one in found[0].asked] == [5, 4, 1]


def test_a_list_without_numbers_counts_each_choice_as_one_and_zero_as_none(round):
    programme = ProgrammeFactory()
    asks(round, {programme: 1})
    Answer.objects.update(number=None)
    asks(round, {programme: 0})

    assert [(one.schools, one.teachers) for one in queries.of_programmes(round)] == [(1, 1)]


def test_anonymous_teachers_are_in_no_demand_of_schools(round):
    programme = ProgrammeFactory()
    asks(round, {programme: 4})
    answer_of_teacher(round)
    lost = Answer.objects.get()
    lost.pk = None
    lost.response = answer_of_teacher(round).response
    lost.save(force_insert=True)

    assert [one.teachers for one in queries.of_programmes(round)] == [4]


def test_what_is_gone_from_the_catalogue_keeps_its_name_and_says_so(round, desk):
    withdrawn = ProgrammeFactory(title="Повучени", withdrawn_on=timezone.localdate())
    deleted = ProgrammeFactory(title="Избрисани")
    asks(round, {withdrawn: 4, deleted: 3})
    name = str(deleted)
    deleted.delete()

    found = queries.of_programmes(round)

    assert [(one.title, one.is_offered) for one in found] == [
        (str(withdrawn), False),
        (name, False),
    ]
    assert page(desk, round).text.count("withdrawn from the catalogue") == 2


def test_competences_sum_up_the_programmes_that_strengthen_them(round):
    both = ProgrammeFactory(competences=["K1", "K2"])
    one = ProgrammeFactory(competences=["K2"])
    asks(round, {both: 5, one: 3}, urgency={"k1": 5, "k2": 2})
    asks(round, {both: 2}, urgency={"k1": 4, "k2": 2})
    programmes = queries.of_programmes(round)

    found = queries.of_competences(round, programmes)

    assert [(x.code, x.programmes, x.schools, x.teachers, x.urgency) for x in found] == [
        ("K2", 2, 2, 10, Decimal(2)),
        ("K1", 1, 2, 7, Decimal("4.5")),
    ]


def test_ways_are_read_from_the_codes_of_the_first_questionnaire(round):
    programme = ProgrammeFactory()
    ways = [("vreme", "raspust"), ("nacin", "onlajn"), ("nacin", "nesto"), ("domacin", "dogovor")]
    school = asks(round, {programme: 2}, ways=ways)

    said = {Way.HOLIDAYS, Way.ONLINE, Way.ROOM_BY_AGREEMENT}
    assert queries.ways(round) == {school.pk: frozenset(said)}


def test_every_answer_about_way_time_and_hosting_is_understood(round):
    loading.load()
    known = {
        (option.question.code, option.code)
        for option in Option.objects.filter(question__code__in=WAYS).select_related("question")
    }

    understood = {(question, code) for question, codes in WAYS.items() for code in codes}

    # Live and online mixed speaks for neither, and who cannot be a host says nothing.
    assert known - understood == {("nacin", "kombinovano"), ("domacin", "ne")}
    assert understood <= known


def test_the_page_narrows_and_sorts(round, desk):
    physics = ProgrammeFactory(title="Огледи из физике", competences=["K1"])
    reading = ProgrammeFactory(title="Читање", competences=["K2"])
    asks(round, {physics: 9, reading: 1}, school_in("Кнић", kind="primary"))
    asks(round, {reading: 2}, school_in("Рача", kind="grammar"))
    knic = str(MunicipalityFactory(name="Кнић").pk)

    def titles(**query):
        found = page(desk, round, **query)
        return [text for href, text in found.links if re.search(r"/katalog/\d+/", href)]

    physics, reading = (f"{one.number} {to_latin(one.title)}" for one in (physics, reading))
    assert titles() == titles(municipality=knic) == [physics, reading]
    assert titles(sort="schools") == [reading, physics]
    assert titles(sort="title") == [physics, reading]
    assert titles(q="физик") == [physics]
    assert titles(kind="grammar") == titles(competence="K2") == [reading]


@pytest.mark.parametrize(
    "query", [{"municipality": "x"}, {"sort": "x"}, {"q": "\x00"}, {"kind": "9" * 50}]
)
def test_any_filter_gets_an_answer(round, desk, query):
    asks(round, {ProgrammeFactory(): 2})

    for path in (f"/potrebe/traznja/{round.pk}/", f"/potrebe/traznja/{round.pk}.xlsx"):
        assert desk.get(path, query).status_code == 200


def test_an_empty_round_says_so(round, desk):
    assert "Nothing was asked for" in page(desk, round).text


def test_the_workbook_says_who_asked(round, desk):
    programme = ProgrammeFactory(title="=Огледи", number="", competences=["K1"])
    school = asks(round, {programme: 7}, school_in("Топола"))

    content = desk.get(f"/potrebe/traznja/{round.pk}.xlsx").content

    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = [[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()]
    assert ["=Огледи", 1, 7, 1, "да"] in rows
    assert ["=Огледи", str(school), "Топола", 7] in [row[:4] for row in rows]


PATHS = ("potrebe/traznja/{}/", "potrebe/traznja/{}.xlsx", "potrebe/odrzano/{}/")


@pytest.mark.parametrize("path", PATHS)
def test_only_the_staff_read_it(round, desk, path):
    asks(round, {ProgrammeFactory(): 2})

    statuses = [
        browser.get("/" + path.format(round.pk)).status_code
        for browser in (desk, office.desk_of(PersonFactory().user), Client())
    ]

    assert statuses == [200, 403, 302]


@pytest.mark.parametrize("path", PATHS)
def test_a_round_of_teachers_has_no_such_page(desk, path):
    anonymous = RoundFactory(kind=Round.Kind.TEACHERS)

    assert desk.get("/" + path.format(anonymous.pk)).status_code == 404


@pytest.mark.parametrize("path", PATHS)
def test_the_number_of_statements_does_not_grow(round, desk, path):
    counts = []
    for _ in range(2):
        programme = ProgrammeFactory(competences=["K1", "K2"])
        for _school in range(3):
            asks(round, {programme: 4, ProgrammeFactory(competences=["K1"]): 2}, urgency={"k1": 3})
        desk.get("/" + path.format(round.pk))
        with CaptureQueriesContext(connection) as statements:
            desk.get("/" + path.format(round.pk))
        counts.append(len(statements))

    assert counts == [counts[0]] * 2
