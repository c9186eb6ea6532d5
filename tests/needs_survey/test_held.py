"""What was asked for against what was held, per programme and school."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest
from django.template.loader import render_to_string
from django.utils import timezone, translation

from needs_survey.queries import held as queries
from tests import office, reader
from tests.factories.certificates import IssuingSettingsFactory
from tests.factories.evaluation import came, held
from tests.factories.needs_survey import RoundFactory
from tests.factories.people import PersonFactory, StaffFactory
from tests.factories.plans import PLANS, asks
from tests.factories.trainings import ProgrammeFactory
from tests.office import serbian
from trainings.operations import certificates

pytestmark = pytest.mark.django_db


@pytest.fixture
def round():
    today = timezone.localdate()
    return RoundFactory(
        title="Потребе", opens_on=today - timedelta(days=60), closes_on=today - timedelta(days=30)
    )


@pytest.fixture
def programme():
    return ProgrammeFactory(title="Огледи")


def rows(found):
    return [
        (one.title, one.seminars, [(school.asked, school.came) for school in one.schools])
        for one in found
    ]


def test_those_who_came_count_for_the_schools_that_asked(round, programme):
    first = asks(round, {programme: 8})
    second = asks(round, {programme: 3})
    seminar = held(programme=programme)
    for school in (first, first, None, PersonFactory().school):
        came(seminar, PersonFactory(school=school))
    again = held(programme=programme)
    person = PersonFactory(school=first)
    came(seminar, person)
    came(again, person)

    assert rows(queries.of_round(round)) == [(str(programme), 2, [(8, 3), (3, 0)])]
    assert [
        (one.school, one.asked, one.came) for one in queries.by_school(queries.of_round(round))
    ] == [
        (first.pk, 8, 3),
        (second.pk, 3, 0),
    ]


def test_whoever_was_not_there_does_not_count(round, programme):
    school = asks(round, {programme: 8})
    booking = came(held(programme=programme), PersonFactory(school=school))
    booking.presences.all().delete()

    assert rows(queries.of_round(round)) == [(str(programme), 1, [(8, 0)])]


def test_valid_certificates_are_counted(round, programme):
    IssuingSettingsFactory(valid_from=timezone.localdate() - timedelta(days=90))
    school = asks(round, {programme: 2})
    person = PersonFactory(school=school, birth_date="1985-03-24", birth_place="Рача", user=None)
    booking = came(held(programme=programme), person)
    staff = StaffFactory(permissions=["trainings.add_certificate"])
    certificates.issue(booking_id=booking.pk, by=staff)

    [found] = queries.of_round(round)

    assert (found.came, found.certificates) == (1, 1)


def test_only_what_was_held_after_the_round_and_before_the_next_one_ends_counts(round, programme):
    today = timezone.localdate()
    school = asks(round, {programme: 8})
    for days_ago in (40, 20, 2):
        came(held(days_ago=days_ago, programme=programme), PersonFactory(school=school))
    came(held(days_ago=-9, programme=programme), PersonFactory(school=school))
    assert rows(queries.of_round(round)) == [(str(programme), 2, [(8, 2)])]

    RoundFactory(opens_on=today - timedelta(days=15), closes_on=today - timedelta(days=10))

    assert rows(queries.of_round(round)) == [(str(programme), 1, [(8, 1)])]


def test_a_school_reads_its_own_alone(round, programme):
    mine = asks(round, {programme: 8, ProgrammeFactory(title="Читање"): 2})
    asks(round, {programme: 5})
    came(held(programme=programme), PersonFactory(school=mine))

    found = queries.of_school(round, mine)

    assert [(one.asked, one.came, one.seminars) for one in found] == [(8, 1, 1), (2, 0, 0)]


def test_the_page_and_the_workbook_say_the_same(round, programme):
    school = asks(round, {programme: 8})
    came(held(programme=programme), PersonFactory(school=school))
    desk = office.desk_of(StaffFactory(permissions=PLANS))

    page = reader.Page(desk.get(f"/potrebe/odrzano/{round.pk}/").content.decode())
    content = desk.get(f"/potrebe/odrzano/{round.pk}.xlsx").content

    assert "тражила за 8, дошло 1" in page.text
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()]
    assert [str(programme), 1, 8, 1, 0] in cells
    assert [str(programme), str(school), school.municipality.name, 8, 1, 0] in cells


def test_the_part_of_a_schools_summary_reads_for_the_school(round, programme):
    mine = asks(round, {programme: 8})
    own = queries.of_school(round, mine)

    with translation.override("sr"):
        written = render_to_string("needs_survey/_asked_and_held.html", {"own": own})
        empty = render_to_string("needs_survey/_asked_and_held.html", {"own": []})

    assert f"{programme} 0 8 0" in reader.Page(written).text
    assert serbian("Your school asked for no programme.") in reader.Page(empty).text
