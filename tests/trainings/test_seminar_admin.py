"""Seminars in the back office, as the Centre's staff work with them: through real pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from centar.audit.models import Entry
from centar.events.models import Booking, Event
from centar.events.operations import bookings
from centar.outbox.models import Letter
from tests import office, reader
from tests.factories.events import BookingFactory
from tests.factories.people import PersonFactory
from tests.factories.trainings import ProgrammeFactory, SeminarFactory, TrainerFactory
from trainings.models import Seminar

pytestmark = pytest.mark.django_db

SEMINARS = "/admin/trainings/seminarevent/"


@pytest.fixture
def staff():
    return office.colleague()


@pytest.fixture
def desk(staff):
    return office.desk_of(staff)


@pytest.fixture
def next_spring():
    return timezone.localtime() + timedelta(days=90)


def change(seminar):
    return f"{SEMINARS}{seminar.pk}/change/"


def deed(seminar, name):
    return f"{SEMINARS}{seminar.pk}/radnja/{name}/"


def done(desk, seminar, name, **fields):
    """The page of the operation, sent."""
    return desk.post(deed(seminar, name), {"sent": "yes", **fields}, follow=True)


def test_from_a_programme_to_a_public_seminar(desk, staff, next_spring):
    programme = ProgrammeFactory(title="Огледи", group_maximum=24, trainers=[TrainerFactory()])

    planned = desk.post(f"{SEMINARS}add/", {"programme": programme.pk}, follow=True)
    seminar = Seminar.objects.get()
    first, second = next_spring.replace(hour=9, minute=0), next_spring.replace(hour=9, minute=0)
    second += timedelta(days=1)
    page = planned.content.decode()
    days = {**office.day(0, first), **office.day(1, second), "meetings-TOTAL_FORMS": "2"}
    saved = desk.post(change(seminar), reader.typed(page, place="Рача", **days), follow=True)
    hidden = Client().get(f"/seminari/{seminar.pk}/").status_code
    published = done(desk, seminar, "objava")

    event = Event.objects.get(pk=seminar.pk)
    assert planned.redirect_chain == [(change(seminar), 302)]
    assert "errors" not in saved.context or not saved.context["errors"]
    assert (hidden, Client().get(f"/seminari/{seminar.pk}/").status_code) == (404, 200)
    assert (event.state, event.capacity, event.place) == (Event.State.OPEN, 24, "Рача")
    assert event.starts_at == first.replace(second=0, microsecond=0)
    assert event.ends_at == (second + timedelta(hours=6)).replace(second=0, microsecond=0)
    assert office.messages(published) == [
        office.serbian("The seminar is public and takes registrations.")
    ]
    assert [entry.action for entry in Entry.objects.filter(actor_id=staff.pk).order_by("pk")] == [
        "trainings.plan_seminar",
        "events.revise",
        "events.publish",
    ]


def test_a_seminar_is_planned_from_the_programme_s_page(desk):
    programme = ProgrammeFactory(title="Огледи")

    page = desk.get(f"{SEMINARS}add/?programme={programme.pk}").content.decode()

    assert reader.typed(page)["programme"] == [str(programme.pk)]


def test_a_programme_must_be_chosen(desk):
    answer = desk.post(f"{SEMINARS}add/", {"programme": ""})

    assert (answer.status_code, Seminar.objects.count()) == (200, 0)
    assert answer.context["form"].errors["programme"] == [office.serbian("This field is required.")]


def test_a_seminar_without_days_is_not_published(desk):
    draft = SeminarFactory(event__state="draft", event__starts_at=None)

    answer = done(desk, draft, "objava")

    draft.event.refresh_from_db()
    assert (answer.status_code, draft.event.state) == (200, Event.State.DRAFT)
    assert answer.context["form"].non_field_errors() == [
        office.serbian("Add at least one meeting before publishing.")
    ]


@pytest.mark.parametrize(
    ("state", "name", "after"),
    [
        (Event.State.DRAFT, "objava", Event.State.OPEN),
        (Event.State.OPEN, "zatvaranje", Event.State.CLOSED),
        (Event.State.CLOSED, "otvaranje", Event.State.OPEN),
        (Event.State.OPEN, "potvrda", Event.State.OPEN),
    ],
)
def test_each_step_has_its_page_and_its_effect(desk, state, name, after):
    seminar = SeminarFactory(event__state=state)

    explained = desk.get(deed(seminar, name))
    before = Event.objects.get(pk=seminar.pk).state
    done(desk, seminar, name)

    event = Event.objects.get(pk=seminar.pk)
    assert (explained.status_code, before, event.state) == (200, state, after)
    assert (event.confirmed_at is not None) is (name == "potvrda")


@pytest.mark.parametrize(
    ("facts", "offered"),
    [
        ({"event__state": "draft"}, ["objava", "kopija"]),
        ({}, ["potvrda", "zatvaranje", "kopija", "otkazivanje", "najava"]),
        (
            {"event__state": "closed"},
            ["potvrda", "otvaranje", "kopija", "otkazivanje", "najava"],
        ),
        (
            {"event__state": "cancelled", "event__cancelled_at": timezone.now()},
            ["kopija"],
        ),
    ],
    ids=["draft", "open", "closed", "cancelled"],
)
def test_only_steps_that_are_possible_are_offered(desk, facts, offered):
    seminar = SeminarFactory(**facts)

    answer = desk.get(change(seminar))

    assert [page.name for page, _ in answer.context["operations"]] == offered


@pytest.mark.parametrize("name", ["objava", "otvaranje", "nema-toga"])
def test_a_step_that_is_not_possible_is_refused_in_words(desk, name):
    seminar = SeminarFactory()

    answer = done(desk, seminar, name)

    assert answer.status_code == (404 if name == "nema-toga" else 200)
    assert Event.objects.get(pk=seminar.pk).state == Event.State.OPEN


def test_cancelling_asks_for_the_reason_and_tells_everyone(desk):
    seminar = SeminarFactory(event__capacity=1)
    people = [PersonFactory() for _ in range(2)]
    for person in people:
        bookings.enrol(event_id=seminar.pk, person=person, by=person.user)

    explained = desk.get(deed(seminar, "otkazivanje")).context["effects"]
    unsaid = done(desk, seminar, "otkazivanje", reason="")
    state_then = Event.objects.get(pk=seminar.pk).state
    done(desk, seminar, "otkazivanje", reason="Предавач је болестан.")

    event = Event.objects.get(pk=seminar.pk)
    assert [str(effect)[-2:] for effect in explained] == ["2."]
    assert unsaid.context["form"].errors == {"reason": [office.serbian("This field is required.")]}
    assert (state_then, event.state) == (Event.State.OPEN, Event.State.CANCELLED)
    assert event.cancel_reason == "Предавач је болестан."
    assert set(event.bookings.values_list("state", flat=True)) == {Booking.State.CANCELLED}
    letters = Letter.objects.filter(kind="events.cancelled").values_list("recipient", flat=True)
    assert sorted(letters) == sorted(person.email for person in people)


def test_a_copy_opens_as_a_draft(desk):
    seminar = SeminarFactory()

    answer = done(desk, seminar, "kopija")

    copy = Seminar.objects.get(copied_from=seminar)
    assert answer.redirect_chain == [(change(copy), 302)]
    assert copy.event.state == Event.State.DRAFT


@pytest.mark.parametrize("words", ["Огледи", "ogledi", "OGLEDI u", "0417"])
def test_a_seminar_is_found_in_either_script_and_by_its_number(desk, words):
    found = SeminarFactory(programme__title="Огледи у физици", programme__number="0417")
    SeminarFactory(programme__title="Друго", programme__number="9")

    rows = desk.get(SEMINARS, {"q": words}).context["cl"].result_list

    assert [row.pk for row in rows] == [found.pk]


def test_the_list_of_small_groups_is_the_one_of_the_work_queue(desk):
    soon = timezone.now() + timedelta(days=5)
    small = SeminarFactory(event__minimum=2, event__starts_at=soon)
    SeminarFactory(event__minimum=0, event__starts_at=soon)
    SeminarFactory(event__minimum=2, event__starts_at=soon, event__confirmed_at=timezone.now())
    SeminarFactory(event__minimum=2)  # a month ahead: there is time

    rows = desk.get(SEMINARS, {"work": "small"}).context["cl"].result_list

    assert [row.pk for row in rows] == [small.pk]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_however_many_rows(desk, django_assert_num_queries, rows):
    for _ in range(rows):
        seminar = SeminarFactory(trainers=[TrainerFactory()], event__days=2)
        BookingFactory.create_batch(2, event=seminar.event)

    with django_assert_num_queries(8):
        answer = desk.get(SEMINARS)

    assert len(answer.context["cl"].result_list) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_form_takes_the_same_queries_however_much_there_is(
    desk, django_assert_num_queries, rows
):
    """Programmes and trainers are searched for, not listed in the form."""
    seminar = SeminarFactory(
        trainers=[TrainerFactory() for _ in range(rows)], event__days=rows, event__capacity=5
    )
    BookingFactory.create_batch(rows, event=seminar.event)
    ProgrammeFactory.create_batch(rows)
    TrainerFactory.create_batch(rows)

    with django_assert_num_queries(14):
        desk.get(change(seminar))


def test_an_edit_of_a_seminar_that_is_gone_in_the_meantime_is_not_found(desk):
    assert desk.get(f"{SEMINARS}999999/change/").status_code == 302
    assert desk.get(f"{SEMINARS}999999/radnja/objava/").status_code == 404


def test_without_the_right_to_change_there_are_no_steps():
    desk, seminar = office.desk_of(office.onlooker()), SeminarFactory()

    answers = [desk.get(change(seminar)), done(desk, seminar, "zatvaranje")]

    assert [answer.status_code for answer in answers] == [200, 403]
    assert answers[0].context["operations"] == []
    assert Event.objects.get(pk=seminar.pk).state == Event.State.OPEN
