"""A hundred people at once for the last thirty places of one seminar."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from statistics import median, quantiles

from django.urls import reverse
from django.utils import timezone

from centar.events.models import Booking, Event, Meeting
from tests.bench import accounts
from tests.bench.bare.models import Hall, Seat
from tests.bench.figures import Figure
from tests.bench.load import UnexpectedAnswer
from tests.bench.rush import Rush, order_alone, rush
from tests.bench.site import Site
from trainings.models import Programme, Seminar
from trainings.seminars import KIND

CLIENTS, PLACES, AIM = 100, 30, 4
# Each round has a seminar of its own; the middle one counts.
ROUNDS = 7
TITLE = "Тражени семинар"
# Any token will do as long as cookie and form have the same: 32 letters.
TOKEN = {"csrftoken": "b" * 32}


def furnish() -> None:
    """The accounts, and for each round a seminar; the bare project's halls."""
    programme = Programme.objects.earliest("pk")
    starts_at = timezone.now() + timedelta(days=300)
    ends_at = starts_at + timedelta(hours=6)
    for number in range(ROUNDS):
        event = Event.objects.create(
            kind=KIND,
            title=f"{TITLE} {number + 1}",
            state=Event.State.OPEN,
            place="Крагујевац",
            capacity=PLACES,
            starts_at=starts_at,
            ends_at=ends_at,
        )
        Meeting.objects.create(event=event, starts_at=starts_at, ends_at=ends_at)
        Seminar.objects.create(event=event, programme=programme)
    for number in range(CLIENTS):
        accounts.open_account(_email(number))
    Hall.objects.bulk_create(Hall(name=TITLE, capacity=PLACES) for _ in range(ROUNDS * 2))


def measure(site: Site) -> list[Figure]:
    """Wall time beside a bare project with the same three requests, and with the order alone."""
    people = [accounts.sign_in(_email(number)) for number in range(CLIENTS)]
    strangers = [TOKEN] * CLIENTS
    halls = iter(Hall.objects.filter(name=TITLE))
    portal: list[Rush] = []
    bare: list[Rush] = []
    orders: list[Rush] = []
    for event in Event.objects.filter(title__startswith=TITLE).order_by("pk"):
        hall, other_hall = next(halls), next(halls)
        bare.append(rush(site.bare.port, f"/halls/{hall.pk}/order/", strangers))
        portal.append(rush(site.kept.port, reverse("events:register", args=[event.pk]), people))
        orders.append(order_alone(site.bare.port, f"/halls/{other_hall.pk}/order/", strangers))
        _check_event(event)
        _check_hall(hall)
        _check_hall(other_hall)
    return _figures(_Middle(portal), _Middle(bare), _Middle(orders))


class _Middle:
    """The middle one of several rushes, and all their answers."""

    def __init__(self, rushes: list[Rush]) -> None:
        self.seconds = median(one.seconds for one in rushes)
        self.p95 = quantiles([answer for one in rushes for answer in one.answers], n=20)[18]


def _figures(portal: _Middle, bare: _Middle, orders: _Middle) -> list[Figure]:
    name, unit = "events.rush", f"s for {CLIENTS} × form, order, answer"
    rate = CLIENTS / portal.seconds
    return [
        # Like is compared with like: three requests with three.
        Figure(name, portal.seconds, unit, portal.seconds / bare.seconds, AIM),
        Figure(f"{name}_rate", rate, "orders a second", bare.seconds / portal.seconds),
        Figure(f"{name}_p95", portal.p95 * 1000, "ms to the answer", portal.p95 / bare.p95),
        # Three requests of the portal with one of the bare project, which only takes the order.
        Figure(f"{name}_to_order_alone", portal.seconds, unit, portal.seconds / orders.seconds),
    ]


def _email(number: int) -> str:
    return f"osoba{number}@example.org"


def _check_event(event: Event) -> None:
    states = Counter(event.bookings.values_list("state", flat=True))
    wanted = {Booking.State.PLACED: PLACES, Booking.State.WAITING: CLIENTS - PLACES}
    if states != wanted:
        raise UnexpectedAnswer(f"The seminar ended with {dict(states)}.")


def _check_hall(hall: Hall) -> None:
    states: Counter[bool] = Counter(
        Seat.objects.filter(hall=hall).values_list("is_placed", flat=True)
    )
    if states != {True: PLACES, False: CLIENTS - PLACES}:
        raise UnexpectedAnswer(f"The bare hall ended with {dict(states)}.")
