"""The staff ask teachers, by letter or with slips."""

from __future__ import annotations

import pytest
from django.test import Client

from needs_survey import slips
from needs_survey.anonymous import codes
from needs_survey.models import TeacherInvitation
from needs_survey.queries import teachers as queries
from tests.factories.needs_survey import SURVEYS, RoundFactory
from tests.factories.people import PersonFactory, StaffFactory
from tests.factories.schools import MunicipalityFactory, SchoolFactory
from tests.factories.teachers import TeacherInvitationFactory, teachers_round
from tests.office import desk_of, messages, serbian

pytestmark = pytest.mark.django_db

LIST = "/admin/needs_survey/teacherinvitation/"
SEES = ("needs_survey.view_teacherinvitation",)


@pytest.fixture
def desk():
    return desk_of(StaffFactory(permissions=[*SURVEYS, *SEES]))


def places(survey, school):
    return (
        f"{LIST}{survey.pk}/pozivanje/",
        f"{LIST}{survey.pk}/listici/",
        f"{LIST}{survey.pk}/listici/{school.pk}.pdf",
    )


def test_teachers_are_counted_before_they_are_invited(desk):
    survey, _ = teachers_round()
    here = MunicipalityFactory()
    PersonFactory(school=SchoolFactory(municipality=here))
    PersonFactory(school=SchoolFactory())
    address = f"{LIST}{survey.pk}/pozivanje/"

    counted = desk.get(address, {"municipalities": here.pk})
    before = TeacherInvitation.objects.count()
    invited = desk.post(f"{address}?municipalities={here.pk}", follow=True)

    assert (counted.context["found"], counted.context["schools"], before) == (1, 1, 0)
    assert TeacherInvitation.objects.get().school.municipality == here
    assert len(messages(invited)) == 1


def test_a_refusal_is_said_on_the_page(desk):
    survey, _ = teachers_round()

    page = desk.post(f"{LIST}{survey.pk}/pozivanje/")

    sentence = serbian("All these teachers are invited already, or have no e-mail.")
    assert sentence in page.content.decode()


def test_slips_are_made_and_those_that_are_not_used_are_printed(desk):
    survey, _ = teachers_round()
    school = SchoolFactory()
    make, paper = places(survey, school)[1:]

    desk.post(make, {"school": school.pk, "number": "3"})
    TeacherInvitation.objects.filter(pk=queries.slips(survey.pk, school.pk)[0].pk).update(
        is_used=True
    )

    page, printed = desk.get(make), desk.get(paper)
    assert [(one.slips, one.used) for one in page.context["made"]] == [(3, 1)]
    assert printed.content.startswith(b"%PDF")
    assert "no-store" in printed["Cache-Control"]


@pytest.mark.parametrize("number", ["0", "301", "три"])
def test_nonsense_makes_no_slips(desk, number):
    survey, _ = teachers_round()
    school = SchoolFactory()

    page = desk.post(places(survey, school)[1], {"school": school.pk, "number": number})

    assert page.context["form"].errors["number"]
    assert TeacherInvitation.objects.count() == 0


def test_a_slip_bears_its_code_and_its_link(settings):
    survey, _ = teachers_round()
    invitation = TeacherInvitationFactory(round=survey, email="")

    (slip,) = slips._content(survey, [invitation])["slips"]

    assert slip["code"] == codes.printed(codes.link_code(invitation.pk, invitation.door))
    assert slip["qr"].startswith("<svg")


def test_a_school_without_unused_slips_and_a_round_of_schools_have_no_paper(desk):
    survey, _ = teachers_round()
    school = SchoolFactory()

    assert desk.get(places(survey, school)[2]).status_code == 404
    assert [desk.get(one).status_code for one in places(RoundFactory(), school)] == [404] * 3


def test_only_who_prepares_rounds_asks():
    survey, _ = teachers_round()
    school = SchoolFactory()
    onlooker = desk_of(StaffFactory(permissions=["needs_survey.view_round", *SEES]))

    for address in places(survey, school):
        assert onlooker.get(address).status_code == 403
        assert Client().get(address).status_code == 302


def test_the_list_offers_the_rounds_that_are_open(desk):
    survey, _ = teachers_round()
    TeacherInvitationFactory(round=survey)

    page = desk.get(LIST).content.decode()

    assert f"{LIST}{survey.pk}/pozivanje/" in page
    assert f"{LIST}{survey.pk}/listici/" in page


def test_the_list_costs_the_same_however_many_there_are(desk, django_assert_max_num_queries):
    survey, _ = teachers_round()
    numbers = []
    for more in (1, 2):
        for _number in range(more):
            TeacherInvitationFactory(round=survey)
        with django_assert_max_num_queries(20) as seen:
            desk.get(LIST)
        numbers.append(len(seen.captured_queries))

    assert numbers[0] == numbers[1]


def test_an_invitation_is_read_and_never_changed_or_deleted(desk):
    invitation = TeacherInvitationFactory()
    address = f"{LIST}{invitation.pk}/"

    assert desk.get(f"{address}change/").status_code == 200
    assert desk.post(f"{address}delete/").status_code == 403
    assert desk.get(f"{LIST}add/").status_code == 403
