"""Everything that can change what a public page shows, done once on a prepared scene."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import time_machine

from centar.events.models import Booking, Event, Meeting
from centar.events.operations import bookings, schedule
from centar.pages.models import Centre
from centar.people.models import User
from centar.schools.models import Municipality, School
from science_club.models import Club
from tests.centar.events import scenes
from tests.factories import institute
from tests.factories.events import MANAGES
from tests.factories.people import StaffFactory
from tests.factories.schools import MunicipalityFactory, SchoolFactory
from tests.factories.trainings import CompetenceFactory, SeminarFactory, TrainerFactory
from trainings.models import Area, Cycle, PriorityArea, Programme, Seminar, Trainer

NOON = datetime(2027, 2, 1, 11, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
HOME, SEMINARS, CATALOGUE = "/", "/seminari/", "/katalog/"
CENTRES, CLUBS = "/mreza-centara/", "/naucni-klubovi/"


@dataclass
class Scene:
    """A full seminar with a queue and an offer, and what stands around it on public pages."""

    clock: time_machine.Traveller
    staff: User
    seminar: Seminar
    draft: Event
    placed: Booking
    offered: Booking
    waiting: Booking

    @property
    def event(self) -> Event:
        return self.seminar.event

    @property
    def programme(self) -> Programme:
        return self.seminar.programme

    def path(self, page: str) -> str:
        """The address, with the keys of what stands there put in."""
        return page.format(seminar=self.event.pk, programme=self.programme.pk)


def furnish(clock: time_machine.Traveller) -> Scene:
    """The scene at NOON."""
    seminar = SeminarFactory(
        programme__title="Огледи",
        programme__competences=["К1"],
        programme__priorities=["1"],
        trainers=[TrainerFactory()],
        event__capacity=2,
        event__days=2,
        event__registration_opens_at=NOON - DAY,
        event__registration_closes_at=NOON + 20 * DAY,
    )
    seminar.programme.trainers.add(*seminar.trainers.all())
    leaving, placed, offered, waiting = scenes.crowd(seminar.event, 4)
    bookings.withdraw(booking_id=leaving.pk, by=leaving.person.user)
    SchoolFactory()
    Centre.objects.create(name="Центар", town="Чачак")
    Club.objects.create(town="Ваљево")
    institute.published(institute.follower())
    return Scene(
        clock=clock,
        staff=StaffFactory(permissions=MANAGES),
        seminar=seminar,
        draft=SeminarFactory(event__state=Event.State.DRAFT).event,
        placed=placed,
        offered=offered,
        waiting=waiting,
    )


def renamed(model: type, field: str = "name") -> Callable[[Scene], object]:
    """A row edited past every form and operation, as a data repair does it."""
    return lambda _: model.objects.update(**{field: "Ново име"})


def registered(scene: Scene) -> None:
    scenes.enrolled(scene.event)


def withdrawn(scene: Scene) -> None:
    bookings.withdraw(booking_id=scene.waiting.pk, by=scene.waiting.person.user)


def declined(scene: Scene) -> None:
    bookings.decline(booking_id=scene.offered.pk, by=None)


def offer_expired(scene: Scene) -> None:
    scene.clock.shift(49 * HOUR)
    bookings.settle_overdue(scene.event.pk)


def given_up(scene: Scene) -> None:
    """The place goes to whoever waits at once: as many are taken, and fewer wait."""
    bookings.withdraw(booking_id=scene.placed.pk, by=scene.placed.person.user)


def enlarged(scene: Scene) -> None:
    scenes.resized(scene.event, 5, scene.staff)


def bookings_deleted(scene: Scene) -> None:
    scene.event.bookings.filter(pk=scene.waiting.pk).delete()


def published(scene: Scene) -> None:
    schedule.publish(event_id=scene.draft.pk, by=scene.staff)


def closed(scene: Scene) -> None:
    schedule.close(event_id=scene.event.pk, by=scene.staff)


def confirmed(scene: Scene) -> None:
    schedule.confirm_runs(event_id=scene.event.pk, by=scene.staff)


def cancelled(scene: Scene) -> None:
    schedule.cancel(event_id=scene.event.pk, by=scene.staff, reason="Снег.")


def day_moved(scene: Scene) -> None:
    Meeting.objects.filter(event=scene.event).update(place="Сала 2")


def hours_moved(scene: Scene) -> None:
    first = scene.event.meetings.earliest("starts_at")
    Meeting.objects.filter(pk=first.pk).update(ends_at=first.ends_at + HOUR)


def day_added(scene: Scene) -> None:
    last = scene.event.meetings.latest("starts_at")
    Meeting.objects.create(
        event=scene.event, starts_at=last.starts_at + DAY, ends_at=last.ends_at + DAY
    )


def leads_another(scene: Scene) -> None:
    scene.seminar.trainers.add(TrainerFactory())


def led_by_another(scene: Scene) -> None:
    scene.programme.trainers.add(TrainerFactory())


def strengthens_another(scene: Scene) -> None:
    scene.programme.competences.add(CompetenceFactory(code="К2"))


def withdrawn_from_the_catalogue(scene: Scene) -> None:
    Programme.objects.filter(pk=scene.programme.pk).update(withdrawn_on=NOON.date())


CHANGES = [
    *((change, page) for change in (registered, declined, offer_expired) for page in (
        SEMINARS, "/seminari/{seminar}/", HOME
    )),
    (withdrawn, SEMINARS),
    (withdrawn, "/seminari/{seminar}/"),
    (withdrawn, "/katalog/{programme}/"),
    (given_up, SEMINARS),
    (bookings_deleted, SEMINARS),
    (enlarged, SEMINARS),
    (enlarged, "/seminari/{seminar}/"),
    (published, SEMINARS),
    (published, HOME),
    (published, CATALOGUE),
    (closed, SEMINARS),
    (closed, HOME),
    (confirmed, "/seminari/{seminar}/"),
    (cancelled, SEMINARS),
    (cancelled, "/seminari/{seminar}/"),
    (cancelled, "/katalog/{programme}/"),
    (day_moved, "/seminari/{seminar}/"),
    (hours_moved, SEMINARS),
    (hours_moved, HOME),
    (day_added, SEMINARS),
    (renamed(Event, "title"), SEMINARS),
    (renamed(Event, "place"), SEMINARS),
    (renamed(Seminar, "note"), "/seminari/{seminar}/"),
    (lambda _: Seminar.objects.update(fee=100), SEMINARS),
    (leads_another, "/seminari/{seminar}/"),
    (led_by_another, "/katalog/{programme}/"),
    (strengthens_another, SEMINARS),
    (strengthens_another, CATALOGUE),
    (renamed(Programme, "title"), CATALOGUE),
    (renamed(Programme, "aims"), "/seminari/{seminar}/"),
    (withdrawn_from_the_catalogue, CATALOGUE),
    (withdrawn_from_the_catalogue, HOME),
    (renamed(Trainer), "/seminari/{seminar}/"),
    (renamed(Area), CATALOGUE),
    (renamed(Area), HOME),
    (renamed(Cycle), "/katalog/{programme}/"),
    (renamed(PriorityArea), "/katalog/{programme}/"),
    (lambda _: SchoolFactory(municipality=Municipality.objects.first()), HOME),
    (lambda _: MunicipalityFactory(), HOME),
    (lambda _: School.objects.all().delete(), HOME),
    (renamed(Centre), CENTRES),
    (renamed(Club, "host"), CLUBS),
]  # fmt: skip

# Moments of the event at which pages change although nothing happens.
MOMENTS = [
    ("registration_opens_at", "/seminari/{seminar}/"),
    ("registration_opens_at", HOME),
    ("registration_closes_at", SEMINARS),
    ("registration_closes_at", "/seminari/{seminar}/"),
    ("registration_closes_at", HOME),
    ("starts_at", "/seminari/{seminar}/"),
    ("ends_at", SEMINARS),
    ("ends_at", "/katalog/{programme}/"),
]
