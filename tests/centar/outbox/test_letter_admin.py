"""Letters in the back office."""

from __future__ import annotations

import pytest

from centar.outbox import kinds, operations
from centar.outbox.models import Letter
from tests import office
from tests.factories.people import StaffFactory

State = Letter.State
LIST = "/admin/outbox/letter/"
READS = ("outbox.view_letter",)
SENDS = (*READS, "outbox.change_letter")
pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return office.desk_of(StaffFactory(permissions=SENDS))


@pytest.fixture
def letter(greeting):
    operations.queue(
        "tests.greeting", object_id=1, recipient="ana@example.org", version="1", subject="Поздрав"
    )
    operations.deliver_due()
    return Letter.objects.get()


def page(letter):
    return f"{LIST}{letter.pk}/change/"


def test_a_letter_is_read_with_its_state_and_text(desk, letter):
    response = desk.get(page(letter))

    assert "Поздрав" in response.content.decode()
    assert "Добар дан." in response.content.decode()
    assert [one.name for one, _ in response.context["operations"]] == ["ponovo"]


def test_a_letter_is_not_edited(desk, letter):
    before = Letter.objects.values().get()

    desk.post(page(letter), {"recipient": "eva@example.org", "state": "queued", "text": "Друго"})

    assert Letter.objects.values().get() == before


@pytest.mark.parametrize("fields", [{}, {"csrfmiddlewaretoken": "x"}], ids=["empty", "as sent"])
def test_a_letter_is_sent_again_from_its_page(fields, desk, letter):
    response = desk.post(f"{LIST}{letter.pk}/radnja/ponovo/", fields)

    again = Letter.objects.exclude(pk=letter.pk).get()
    assert response["Location"] == page(again)
    assert again.state == State.QUEUED


@pytest.mark.parametrize("state", [State.QUEUED, State.SENDING])
def test_a_letter_on_its_way_is_not_offered_again(state, desk, letter):
    Letter.objects.update(state=state, sent_at=None)

    assert desk.get(page(letter)).context["operations"] == []
    response = desk.post(f"{LIST}{letter.pk}/radnja/ponovo/", {"csrfmiddlewaretoken": "x"})
    assert response.status_code == 200
    assert len(response.context["form"].non_field_errors()) == 1
    assert Letter.objects.count() == 1


def test_whoever_only_reads_sends_nothing(letter):
    desk = office.desk_of(StaffFactory(permissions=READS))

    assert desk.get(page(letter)).context["operations"] == []
    assert desk.post(f"{LIST}{letter.pk}/radnja/ponovo/").status_code == 403
    assert Letter.objects.count() == 1


def test_nobody_writes_or_deletes_letters_by_hand(desk, letter):
    assert desk.get(f"{LIST}add/").status_code == 403
    assert desk.post(f"{LIST}{letter.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Letter.objects.count() == 1


def test_a_secret_stays_secret(desk, new_kind, mailoutbox):
    def compose(letter):
        return kinds.Message("Нова лозинка", f"Отворите {letter.context['link']}\n")

    new_kind("tests.secret", compose, secret=True)
    for state in (State.QUEUED, State.SENT):
        operations.queue(
            "tests.secret",
            object_id=1,
            recipient="ana@example.org",
            version=state,
            link="https://portal.example.org/tajna",
        )
        if state == State.SENT:
            operations.deliver_due()

    for letter in Letter.objects.all():
        assert "tajna" not in desk.get(page(letter)).content.decode()
    assert "tajna" in mailoutbox[0].body


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_grows_no_query_with_its_rows(number, desk, greeting, django_assert_num_queries):
    for object_id in range(number):
        operations.queue(
            "tests.greeting", object_id=object_id, recipient="ana@example.org", version="1"
        )
    desk.get(LIST)

    with django_assert_num_queries(9):
        response = desk.get(LIST)

    assert len(response.context["cl"].result_list) == number


def test_a_kind_that_is_no_more_is_still_listed(desk, letter):
    Letter.objects.update(kind="tests.abolished")

    assert "tests.abolished" in desk.get(LIST).content.decode()
    assert desk.get(page(letter)).status_code == 200
