"""Becoming the coordinator of a school, and ceasing to be one."""

from __future__ import annotations

import pytest
from django.utils import translation

from centar.access import Refusal
from centar.outbox import operations as outbox
from centar.outbox.models import Letter
from centar.people import operations, permissions
from centar.people.models import Coordination, CoordinationRequest
from tests.factories.people import CoordinationFactory, PersonFactory, StaffFactory
from tests.factories.schools import SchoolFactory

State = CoordinationRequest.State
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def school():
    return SchoolFactory()


@pytest.fixture
def person(school):
    return PersonFactory(school=school)


@pytest.fixture
def staff():
    return StaffFactory(permissions=[permissions.CHANGE_COORDINATION])


@pytest.fixture
def asked(person, school):
    operations.ask_to_coordinate(person=person, school=school, sentence=" Молим. ", by=person.user)
    return CoordinationRequest.objects.get()


class TestAsking:
    def test_a_request_waits(self, asked, person, school):
        assert (asked.person, asked.school, asked.sentence, asked.state) == (
            person,
            school,
            "Молим.",
            State.WAITING,
        )

    def test_a_double_request_is_refused_kindly(self, asked, person, school):
        with pytest.raises(Refusal, match="You have asked already"):
            operations.ask_to_coordinate(person=person, school=school, sentence="", by=person.user)

    def test_only_for_oneself_and_the_own_school(self, person, school):
        with pytest.raises(Refusal, match="only for yourself"):
            operations.ask_to_coordinate(
                person=person, school=school, sentence="", by=PersonFactory().user
            )
        with pytest.raises(Refusal, match="Choose your school"):
            operations.ask_to_coordinate(
                person=person, school=SchoolFactory(), sentence="", by=person.user
            )

    def test_a_coordinator_has_nothing_to_ask_for(self, person, school):
        CoordinationFactory(person=person, school=school)

        with pytest.raises(Refusal, match="You already coordinate"):
            operations.ask_to_coordinate(person=person, school=school, sentence="", by=person.user)

    def test_the_page(self, client, person):
        path = "/en/skola/zahtev/"
        assert client.get(path).status_code == 302
        client.force_login(person.user)
        assert client.get(path).status_code == 200
        assert client.post(path, {"sentence": "Директор."}).status_code == 302
        answer = client.post(path, {"sentence": "Директор."})
        assert answer.status_code == 422
        assert "Your request waits for an answer" in answer.content.decode()
        assert CoordinationRequest.objects.count() == 1

    @pytest.mark.parametrize("sentence", ["\0", "x" * 10_000])
    def test_strange_sentences_are_told(self, client, person, sentence):
        client.force_login(person.user)

        assert client.post("/en/skola/zahtev/", {"sentence": sentence}).status_code == 422
        assert CoordinationRequest.objects.count() == 0

    def test_who_has_no_school_is_led_to_the_profile(self, client):
        client.force_login(PersonFactory().user)

        assert client.get("/skola/zahtev/").headers["Location"] == "/profil/"


class TestAnswering:
    def test_the_staff_confirm(self, asked, person, school, staff):
        operations.accept_request(request_id=asked.pk, by=staff)

        coordination = Coordination.objects.get()
        assert (coordination.person, coordination.school, coordination.confirmed_by) == (
            person,
            school,
            staff,
        )
        outbox.deliver_due()
        [letter] = Letter.objects.filter(recipient=person.user.email)
        assert (letter.kind, letter.state) == ("applications.coordination", Letter.State.SENT)

    def test_a_coordinator_of_the_school_confirms(self, asked, school):
        colleague = CoordinationFactory(school=school).person.user

        operations.accept_request(request_id=asked.pk, by=colleague)

        assert permissions.coordinates(school.pk, asked.person.user)

    def test_nobody_else_does(self, asked, person):
        for by in (person.user, CoordinationFactory().person.user, StaffFactory()):
            with pytest.raises(Refusal, match="Only the Centre's staff and the coordinators"):
                operations.accept_request(request_id=asked.pk, by=by)

        assert not Coordination.objects.filter(school=asked.school).exists()

    def test_a_refusal_needs_its_reason_and_carries_it(self, asked, person, staff):
        with pytest.raises(Refusal, match="Write the reason"):
            operations.refuse_request(request_id=asked.pk, by=staff, reason=" ")

        operations.refuse_request(request_id=asked.pk, by=staff, reason="Школа има координатора.")

        outbox.deliver_due()
        assert "Школа има координатора." in Letter.objects.get().text
        assert Coordination.objects.count() == 0

    def test_an_answer_is_given_once(self, asked, staff):
        operations.refuse_request(request_id=asked.pk, by=staff, reason="Не.")

        with pytest.raises(Refusal, match="answered already"):
            operations.accept_request(request_id=asked.pk, by=staff)

    def test_a_direct_confirmation_answers_the_request(self, asked, person, school, staff):
        operations.confirm_coordination(person=person, school=school, by=staff)

        asked.refresh_from_db()
        assert asked.state == State.CONFIRMED

    def test_in_the_back_office(self, client, asked):
        client.force_login(
            StaffFactory(
                permissions=[
                    "people.view_coordinationrequest",
                    "people.change_coordinationrequest",
                    permissions.CHANGE_COORDINATION,
                ]
            )
        )
        base = f"/admin/people/coordinationrequest/{asked.pk}"

        assert client.get(f"{base}/change/").status_code == 200
        assert client.post(f"{base}/radnja/odbijanje/", {"reason": ""}).status_code == 200
        assert client.post(f"{base}/radnja/potvrda/").status_code == 302
        assert permissions.coordinates(asked.school_id, asked.person.user)


class TestEnding:
    def test_by_oneself_by_the_staff_and_by_nobody_else(self, staff):
        own, other = CoordinationFactory(), CoordinationFactory()

        operations.end_coordination(coordination_id=own.pk, by=own.person.user)
        with pytest.raises(Refusal):
            operations.end_coordination(coordination_id=other.pk, by=own.person.user)
        operations.end_coordination(coordination_id=other.pk, by=staff)

        assert Coordination.objects.filter(ended_at=None).count() == 0
