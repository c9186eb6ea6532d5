"""Who was asked and who is missing, as it stands now."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from centar.schools.models import School
from needs_survey.models import Round, TeacherInvitation
from needs_survey.queries import rates as queries
from tests import office
from tests.factories.needs_survey import (
    SURVEYS,
    InvitationFactory,
    RoundFactory,
    SchoolAnswerFactory,
    answer_of_school,
)
from tests.factories.people import CoordinationFactory, StaffFactory
from tests.factories.schools import MunicipalityFactory, SchoolFactory

pytestmark = pytest.mark.django_db


def figures(rates):
    return {one.label: (one.asked, one.answered, one.percent) for one in rates}


def test_rates_of_schools_are_counted_by_municipality_and_kind():
    here, there = MunicipalityFactory(name="Кнић"), MunicipalityFactory(name="Рача")
    round = RoundFactory()
    for place, kind in ((here, "primary"), (here, "grammar"), (there, "primary")):
        invitation = InvitationFactory(
            round=round, school=SchoolFactory(municipality=place, kind=kind)
        )
        if place == here and kind == "primary":
            answer_of_school(invitation)

    found = queries.rates(round)

    assert (found.whole.asked, found.whole.answered, found.whole.percent) == (3, 1, 33)
    assert figures(found.municipalities) == {"Кнић": (2, 1, 50), "Рача": (1, 0, 0)}
    assert figures(found.kinds) == {"primary school": (2, 1, 50), "grammar school": (1, 0, 0)}


def test_who_is_missing_comes_with_the_coordinator_and_what_is_begun():
    round = RoundFactory()
    begun = InvitationFactory(round=round, reminders=1)
    SchoolAnswerFactory(invitation=begun)
    coordinator = CoordinationFactory(school=begun.school).person
    CoordinationFactory(school=begun.school, ended_at=timezone.now() + timedelta(minutes=1))
    answer_of_school(InvitationFactory(round=round))

    (missing,) = queries.rates(round).missing

    assert (missing.school, missing.has_begun, missing.reminders) == (begun.school, True, 1)
    assert missing.coordinators == [str(coordinator)]
    page = office.desk_of(StaffFactory(permissions=SURVEYS)).get(
        f"/potrebe/rezultati/{round.pk}/odziv/"
    )
    assert str(coordinator) in page.content.decode()


def test_rates_of_teachers_are_counted_by_school_and_some_have_none():
    round = RoundFactory(kind=Round.Kind.TEACHERS)
    asked, silent = SchoolFactory(), SchoolFactory(kind=School.Kind.GRAMMAR)
    for school, is_used in ((asked, True), (asked, False), (silent, False), (None, True)):
        TeacherInvitation.objects.create(round=round, school=school, is_used=is_used)

    found = queries.rates(round)

    assert (found.whole.asked, found.whole.answered) == (4, 2)
    assert {one.school: (one.asked, one.answered) for one in found.schools} == {
        asked: (2, 1),
        silent: (1, 0),
    }
    assert [one.school for one in found.missing] == [silent]


def test_a_round_without_invitations_has_no_rate():
    assert queries.rates(RoundFactory()).whole.percent == 0


def page_of(round):
    desk = office.desk_of(StaffFactory(permissions=SURVEYS))
    return desk.get(f"/en/potrebe/rezultati/{round.pk}/odziv/").content.decode()


@pytest.mark.parametrize(("missing", "is_open"), [(15, True), (16, False)])
def test_who_is_missing_is_listed_by_municipality_and_folded_where_there_are_many(missing, is_open):
    round, here = RoundFactory(), MunicipalityFactory(name="Кнић")
    InvitationFactory(round=round, school__municipality=MunicipalityFactory(name="Рача"))
    for _ in range(missing - 1):
        InvitationFactory(round=round, school__municipality=here)

    page = page_of(round)

    assert f'Knić <span class="filter-count">{missing - 1}</span>' in page
    assert 'Rača <span class="filter-count">1</span>' in page
    assert page.count('<details class="disclosure" open>') == (2 if is_open else 0)


def test_of_teachers_nothing_is_said_that_is_known_of_schools_only():
    silent, loud, empty = (RoundFactory(kind=Round.Kind.TEACHERS) for _ in range(3))
    TeacherInvitation.objects.create(round=silent, school=SchoolFactory())
    TeacherInvitation.objects.create(round=loud, school=SchoolFactory(), is_used=True)

    assert "Schools of which no teacher has answered." in page_of(silent)
    assert "nothing yet" not in page_of(silent)
    assert "Nobody: somebody of every school has answered." in page_of(loud)
    assert "Nobody is invited yet." in page_of(empty)
