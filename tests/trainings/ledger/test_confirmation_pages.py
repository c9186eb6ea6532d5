"""What a coordinator sees and answers."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import office
from tests.factories.ledger import InHouseFactory, LedgerEntryFactory
from tests.factories.people import AdministratorFactory, PersonFactory
from tests.office import messages
from trainings.models import LedgerEntry

pytestmark = pytest.mark.django_db
PAGE = "/moja-skola/potvrde/"


def waiting(staffroom, **facts):
    return InHouseFactory(person=staffroom.teacher, state="pending", **facts)


def answer(client, entry, wanted, **fields):
    sent = {"answer": wanted, "revision": entry.revision, **fields}
    return client.post(f"{PAGE}{entry.pk}/", sent, follow=True)


def test_the_entries_of_ones_own_school_wait_oldest_first(staffroom):
    first, second = waiting(staffroom), waiting(staffroom)
    LedgerEntryFactory(person=staffroom.teacher)
    InHouseFactory(person=staffroom.coordinator, state="pending")
    InHouseFactory(state="pending")

    response = staffroom.desk(staffroom.coordinator).get(PAGE)

    assert list(response.context["page"]) == [first, second]


@pytest.mark.parametrize("who", ["teacher", "staff"])
def test_the_page_is_only_there_for_coordinators(staffroom, who):
    entry = waiting(staffroom)
    client = (
        staffroom.desk(staffroom.teacher)
        if who == "teacher"
        else office.desk_of(AdministratorFactory())
    )

    assert client.get(PAGE).status_code == 404
    assert client.post(f"{PAGE}{entry.pk}/", {"answer": "confirm"}).status_code == 404


def test_another_schools_coordinator_does_not_find_the_entry(staffroom):
    entry = waiting(staffroom)
    client = staffroom.desk(staffroom.stranger)

    assert list(client.get(PAGE).context["page"]) == []
    assert client.post(f"{PAGE}{entry.pk}/", {"answer": "confirm"}).status_code == 404
    assert Client().get(PAGE).status_code == 302
    entry.refresh_from_db()
    assert entry.state == "pending"


def test_an_entry_is_confirmed_and_a_second_click_is_told(staffroom):
    entry = waiting(staffroom, title="Огледни час")
    client = staffroom.desk(staffroom.coordinator)

    done = answer(client, entry, "confirm")
    again = answer(client, entry, "confirm")

    assert messages(done) == ["Потврђено: Огледни час, Милица Јовановић."]
    assert messages(again) == ["Овај унос више не чека потврду."]
    assert LedgerEntry.objects.get().state == "confirmed"


def test_an_entry_is_returned_with_a_reason_and_not_without(staffroom):
    entry = waiting(staffroom)
    client = staffroom.desk(staffroom.coordinator)

    without = answer(client, entry, "return", reason=" ")
    assert (without.status_code, without.context["form"].errors) == (
        422,
        {"reason": ["Напишите шта недостаје; особа то чита."]},
    )
    answer(client, entry, "return", reason="Недостаје датум.")

    entry.refresh_from_db()
    assert (entry.state, entry.reason) == ("returned", "Недостаје датум.")


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"answer": "x", "revision": "1"},
        {"answer": "confirm", "revision": "a"},
        {"answer": "return", "revision": "1", "reason": "\x00"},
    ],
)
def test_an_answer_that_says_nothing_changes_nothing(staffroom, sent):
    entry = waiting(staffroom)
    response = staffroom.desk(staffroom.coordinator).post(f"{PAGE}{entry.pk}/", sent, follow=True)

    assert messages(response) == ["Изаберите да ли потврђујете или враћате унос."]
    entry.refresh_from_db()
    assert entry.state == "pending"


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_whatever_waits(staffroom, number, django_assert_num_queries):
    for _one in range(number):
        InHouseFactory(person=PersonFactory(school=staffroom.school), state="pending")
    client = staffroom.desk(staffroom.coordinator)

    # Session, account, coordination, count, entries.
    with django_assert_num_queries(5):
        client.get(PAGE)
