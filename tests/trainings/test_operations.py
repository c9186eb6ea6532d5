"""Planning, copying, withdrawing: what is made, what is recorded, and who may."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone, translation

from centar.access import Refusal
from centar.audit.models import Entry
from centar.events.models import Event, Meeting
from tests.factories.events import BookingFactory, MeetingFactory
from tests.factories.people import PersonFactory, StaffFactory
from tests.factories.trainings import ProgrammeFactory, SeminarFactory, TrainerFactory
from trainings.models import Programme, Seminar
from trainings.operations import seminars as operations

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def staff():
    return StaffFactory(permissions=["events.view_event", "events.change_event"])


def trail():
    return [
        (entry.action, entry.actor_id, entry.object_id, entry.detail)
        for entry in Entry.objects.order_by("pk")
    ]


def local(*moment):
    return datetime(*moment, tzinfo=timezone.get_default_timezone())


# --- Planning -------------------------------------------------------------------------------


def test_a_planned_seminar_takes_over_what_the_programme_says(staff):
    trainers = [TrainerFactory(), TrainerFactory()]
    programme = ProgrammeFactory(
        title="Огледи",
        fee=Decimal(3500),
        group_minimum=12,
        group_maximum=24,
        trainers=trainers,
    )

    seminar = operations.plan_seminar(programme=programme, by=staff)

    event = Event.objects.get(pk=seminar.pk)
    assert (event.kind, event.state, event.title) == ("seminar", Event.State.DRAFT, "Огледи")
    assert (event.minimum, event.capacity, seminar.fee) == (12, 24, Decimal(3500))
    assert (event.starts_at, event.ends_at, list(event.meetings.all())) == (None, None, [])
    assert set(seminar.trainers.all()) == set(trainers)
    assert trail() == [
        ("trainings.plan_seminar", staff.pk, seminar.pk, {"programme": programme.pk})
    ]


def test_a_seminar_is_planned_with_its_days_and_town(staff):
    days = [(local(2030, 3, day, 9), local(2030, 3, day, 15)) for day in (2, 3)]

    seminar = operations.plan_seminar(
        programme=ProgrammeFactory(), by=staff, town="Кнић", days=days
    )

    event = Event.objects.get(pk=seminar.pk)
    assert (event.place, event.starts_at, event.ends_at) == ("Кнић", days[0][0], days[1][1])
    assert [(day.starts_at, day.ends_at) for day in event.days] == days


def test_no_seminar_is_planned_of_a_programme_withdrawn_meanwhile(staff):
    programme = ProgrammeFactory()
    Programme.objects.filter(pk=programme.pk).update(withdrawn_on=timezone.localdate())

    with pytest.raises(Refusal, match="withdrawn from the catalogue"):
        operations.plan_seminar(programme=programme, by=staff)

    assert Event.objects.count() == 0


def test_a_later_change_of_the_programme_leaves_the_seminar_alone(staff):
    programme = ProgrammeFactory(title="Огледи", fee=1000, trainers=[TrainerFactory()])
    seminar = operations.plan_seminar(programme=programme, by=staff)

    Programme.objects.filter(pk=programme.pk).update(title="Друго", fee=9)
    programme.trainers.clear()

    seminar = Seminar.objects.get(pk=seminar.pk)
    assert (seminar.event.title, seminar.fee, seminar.trainers.count()) == ("Огледи", 1000, 1)


@pytest.mark.parametrize(
    ("form", "asks"),
    [
        ("programme", True),
        ("meeting", True),
        ("workshop", False),
        ("panel", False),
        ("webinar", False),
    ],
)
def test_birth_is_asked_for_only_where_a_certificate_follows(staff, form, asks):
    programme = ProgrammeFactory(form=form)

    assert operations.plan_seminar(programme=programme, by=staff).event.asks_birth is asks


# --- Copying --------------------------------------------------------------------------------


def test_a_copy_is_a_draft_with_the_same_data_and_none_of_the_people(staff):
    trainer = TrainerFactory()
    old = SeminarFactory(
        fee=Decimal(1200),
        note="Понесите свеску.",
        trainers=[trainer],
        event__capacity=17,
        event__minimum=9,
        event__place="Рача",
        event__address="Школска 1",
        event__online_link="https://example.org/soba",
        event__offer_hours=24,
        event__max_overtakes=1,
        event__reminder_days=5,
        event__asks_birth=True,
        event__confirmed_at=timezone.now(),
    )
    BookingFactory(event=old.event)

    copy = operations.copy_seminar(seminar=old, by=staff)

    event = Event.objects.get(pk=copy.pk)
    kept = (
        *("title", "place", "address", "online_link", "capacity", "minimum", "offer_hours"),
        *("max_overtakes", "reminder_days", "asks_birth", "kind"),
    )
    assert [getattr(event, name) for name in kept] == [getattr(old.event, name) for name in kept]
    assert (copy.programme, copy.fee, copy.note) == (old.programme, old.fee, old.note)
    assert list(copy.trainers.all()) == [trainer]
    assert (event.state, event.confirmed_at, event.bookings.count()) == ("draft", None, 0)
    assert (event.uid != old.event.uid, event.sequence) == (True, 0)
    assert copy.copied_from == old
    assert trail() == [("trainings.copy_seminar", staff.pk, copy.pk, {"copied_from": old.pk})]


def test_a_copy_keeps_the_weekday_and_the_hour_on_the_wall(staff):
    """52 weeks on; last year's day was in winter time, this year's is in summer time."""
    old = SeminarFactory(
        event__days=0,
        event__starts_at=local(2027, 3, 27, 9, 0),
        event__ends_at=local(2027, 3, 28, 15, 0),
        event__registration_closes_at=local(2027, 3, 20, 23, 59, 59),
        event__withdraw_until=local(2027, 3, 22, 12, 0),
    )
    for day in (27, 28):  # a Saturday in winter time and a Sunday in summer time
        MeetingFactory(
            event=old.event,
            starts_at=local(2027, 3, day, 9, 0),
            ends_at=local(2027, 3, day, 15, 0),
            place="Сала 2",
        )

    copy = operations.copy_seminar(seminar=old, by=staff)

    event = Event.objects.get(pk=copy.pk)
    days = event.meetings.values_list("starts_at", "ends_at", "place")
    assert list(days) == [
        (local(2028, 3, 25, 9, 0), local(2028, 3, 25, 15, 0), "Сала 2"),
        (local(2028, 3, 26, 9, 0), local(2028, 3, 26, 15, 0), "Сала 2"),
    ]
    assert (event.starts_at, event.ends_at) == (
        local(2028, 3, 25, 9, 0),
        local(2028, 3, 26, 15, 0),
    )
    assert event.registration_closes_at == local(2028, 3, 18, 23, 59, 59)
    assert event.withdraw_until == local(2028, 3, 20, 12, 0)
    # In UTC the two first days are an hour apart: the clock on the wall is what was kept.
    assert old.event.starts_at.utcoffset() == timedelta(hours=1)


def test_an_hour_that_the_clock_jumps_over_moves_on_with_it(staff):
    """Half past two on 31 March 2030 is on no clock: summer time begins in that hour."""
    old = SeminarFactory(event__days=0, event__starts_at=local(2029, 4, 1, 2, 30))
    starts_at, ends_at = local(2029, 4, 1, 2, 30), local(2029, 4, 1, 9, 0)
    MeetingFactory(event=old.event, starts_at=starts_at, ends_at=ends_at)

    copy = operations.copy_seminar(seminar=old, by=staff)

    moved = Meeting.objects.get(event=copy.pk).starts_at
    assert f"{timezone.localtime(moved):%d.%m.%Y. %H:%M}" == "31.03.2030. 03:30"


def test_the_moment_when_registration_opens_is_not_copied(staff):
    """It belongs to last year's calendar; empty means at publication."""
    old = SeminarFactory(event__registration_opens_at=timezone.now())

    copy = operations.copy_seminar(seminar=old, by=staff)

    assert copy.event.registration_opens_at is None


def test_a_cancelled_seminar_can_be_copied_into_a_living_one(staff):
    old = SeminarFactory(
        event__state=Event.State.CANCELLED,
        event__cancelled_at=timezone.now(),
        event__cancel_reason="Болест.",
    )

    copy = operations.copy_seminar(seminar=old, by=staff)

    event = Event.objects.get(pk=copy.pk)
    assert (event.state, event.cancelled_at, event.cancel_reason) == ("draft", None, "")


def test_a_draft_without_days_is_copied_without_days(staff):
    draft = operations.plan_seminar(programme=ProgrammeFactory(), by=staff)

    copy = operations.copy_seminar(seminar=draft, by=staff)

    assert (copy.event.starts_at, copy.event.meetings.count()) == (None, 0)


# --- Withdrawing ----------------------------------------------------------------------------


def test_a_withdrawn_programme_leaves_the_catalogue_and_keeps_its_seminars(staff):
    programme = SeminarFactory().programme

    operations.withdraw_programme(programme=programme, by=staff)

    programme.refresh_from_db()
    assert programme.withdrawn_on == timezone.localdate()
    assert (Programme.objects.published().count(), programme.seminars.count()) == (0, 1)
    assert trail() == [("trainings.withdraw_programme", staff.pk, programme.pk, {})]


def test_the_day_of_withdrawing_may_be_given(staff):
    day = timezone.localdate() - timedelta(days=30)

    programme = operations.withdraw_programme(programme=ProgrammeFactory(), by=staff, on=day)

    programme.refresh_from_db()
    assert programme.withdrawn_on == day


# --- Who may --------------------------------------------------------------------------------

DEEDS = {
    "plan": lambda seminar, by: operations.plan_seminar(programme=seminar.programme, by=by),
    "copy": lambda seminar, by: operations.copy_seminar(seminar=seminar, by=by),
    "withdraw": lambda seminar, by: operations.withdraw_programme(
        programme=seminar.programme, by=by
    ),
}


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize(
    "person",
    [
        lambda: PersonFactory().user,
        lambda: StaffFactory(),
        lambda: StaffFactory(permissions=["events.view_event", "trainings.change_programme"]),
    ],
    ids=["teacher", "staff-without-permission", "staff-of-the-catalogue"],
)
def test_others_are_refused_and_nothing_changes(deed, person):
    seminar = SeminarFactory(trainers=[TrainerFactory()])

    with pytest.raises(Refusal, match=r"Only the Centre's staff may do this\."):
        DEEDS[deed](seminar, person())

    seminar.programme.refresh_from_db()
    assert (Event.objects.count(), Seminar.objects.count(), trail()) == (1, 1, [])
    assert seminar.programme.withdrawn_on is None


@pytest.mark.parametrize("deed", ["plan", "copy"])
def test_what_breaks_halfway_leaves_nothing(staff, deed, monkeypatch):
    seminar = SeminarFactory(trainers=[TrainerFactory()])

    def broken(*args, **kwargs):
        raise RuntimeError("the record cannot be written")

    monkeypatch.setattr("centar.audit.trail.record", broken)
    with pytest.raises(RuntimeError):
        DEEDS[deed](seminar, staff)

    assert (Event.objects.count(), Seminar.objects.count(), Meeting.objects.count()) == (1, 1, 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM trainings_seminar_trainers")
        assert cursor.fetchone() == (1,)
