"""A catalogue of 2,000 programmes and 200 coming seminars with their bookings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from itertools import product
from urllib.parse import quote

from django.db import models
from django.utils import timezone

from centar.events.models import Booking, Event, Meeting
from centar.people.models import Person
from tests.bench import accounts, pages
from tests.bench.figures import Figure
from tests.bench.pages import Page
from tests.bench.site import Site
from trainings.models import Area, Competence, Cycle, PriorityArea, Programme, Seminar, Trainer
from trainings.seminars import KIND

PROGRAMMES, SEMINARS, BOOKINGS_A_SEMINAR, TRAINERS, PEOPLE = 2000, 200, 20, 300, 400
# Programmes are named alike when they follow each other; seminars take one of every nine.
STEP = 9
MEMBER = "clanica@example.org"

KINDS_OF_WORK = (
    "Настава", "Час", "Вредновање у настави", "Додатна настава", "Допунска настава",
    "Планирање наставе", "Мотивација у настави", "Сарадња у настави", "Истраживање у настави",
    "Тимски рад у настави", "Дигитална настава", "Провера знања", "Домаћи рад", "Диференцијација",
)  # fmt: skip
SUBJECTS = (
    "математике", "српског језика", "физике", "хемије", "биологије", "историје", "географије",
    "ликовне културе", "музичке културе", "информатике", "страног језика", "технике",
)  # fmt: skip
WAYS = (
    "кроз игру", "уз покрет", "у школском врту", "уз музику", "у библиотеци", "кроз оглед",
    "уз рачунар", "у малим групама", "кроз пројекат", "на терену", "кроз причу", "уз стрип",
)  # fmt: skip
TITLES = [" ".join(words) for words in product(KINDS_OF_WORK, SUBJECTS, WAYS)]
PLACES = ("Крагујевац", "Јагодина", "Параћин", "Ћуприја", "Аранђеловац", "Топола")


def furnish() -> None:
    """Invented rows as they stand: the rules of booking are not what is measured here."""
    _make_programmes()
    _make_seminars()
    _book()
    accounts.open_account(MEMBER)


def measure(site: Site) -> list[Figure]:
    """The lists and one seminar: made anew, kept, in Latin, and for somebody signed in."""
    seminars = Page("trainings.seminar_list", "/seminari/")
    seminar = Event.objects.earliest("starts_at")
    search = f"/katalog/?q={quote('математика')}"
    figures = []
    for page in (
        seminars,
        Page("trainings.seminar", seminar.get_absolute_url()),
        Page("trainings.catalogue_search", search),
    ):
        figures += pages.measure(site, page) + pages.measure_kept(site, page)
    latin = Page(f"{seminars.name}_latin", f"/lat{seminars.path}")
    # No aim: whoever is signed in costs a session and an account more, and is never kept.
    member = accounts.sign_in(MEMBER)
    signed_in = Page(f"{seminars.name}_signed_in", seminars.path, aim=None, cookies=member)
    return figures + pages.measure(site, latin) + pages.measure(site, signed_in)


def _make_programmes() -> None:
    today = timezone.localdate()
    catalogue = Cycle.objects.create(
        name="Проба брзине", starts_on=today, ends_on=today + timedelta(days=730)
    )
    areas = Area.objects.bulk_create(Area(name=f"Област {subject}") for subject in SUBJECTS)
    competences = Competence.objects.bulk_create(
        Competence(cycle=catalogue, code=f"К{number}", name=f"Компетенција {number}")
        for number in range(1, 5)
    )
    priorities = PriorityArea.objects.bulk_create(
        PriorityArea(cycle=catalogue, code=f"П{number}", name=f"Приоритетна област {number}")
        for number in range(1, 6)
    )
    trainers = Trainer.objects.bulk_create(
        Trainer(name=f"Предавач {number}") for number in range(TRAINERS)
    )
    programmes = Programme.objects.bulk_create(
        Programme(
            cycle=catalogue,
            number=str(number + 1),
            title=title,
            area=areas[number % len(areas)],
            audience="наставници предметне наставе у основној школи, стручни сарадници",
            aims="Јачање компетенција за планирање и извођење наставе. " * 6,
            topics="Планирање, извођење и вредновање часа; рад у групама. " * 6,
            hours=8 + number % 3 * 8,
            points=8 + number % 3 * 8,
            fee=number % 4 * 1500,
        )
        for number, title in enumerate(TITLES[:PROGRAMMES])
    )
    keys = [programme.pk for programme in programmes]
    _link(Programme.competences.through, keys, competences, 2)
    _link(Programme.priority_areas.through, keys, priorities, 1)
    _link(Programme.trainers.through, keys, trainers, 2)


def _make_seminars() -> None:
    programmes = list(Programme.objects.filter(cycle__name="Проба брзине").order_by("pk"))
    events = Event.objects.bulk_create(
        _event(number, programme.title)
        for number, programme in enumerate(programmes[: SEMINARS * STEP : STEP])
    )
    Meeting.objects.bulk_create(
        Meeting(event=event, starts_at=day, ends_at=day + timedelta(hours=6))
        for event in events
        for day in _days(event)
    )
    Seminar.objects.bulk_create(
        Seminar(event=event, programme=programme, fee=programme.fee)
        for event, programme in zip(events, programmes[::STEP], strict=False)
    )
    keys = [event.pk for event in events]
    _link(Seminar.trainers.through, keys, Trainer.objects.order_by("pk"), 2)


def _event(number: int, title: str) -> Event:
    day = timezone.localdate() + timedelta(days=7 + number)
    starts_at = timezone.make_aware(datetime.combine(day, time(9)))
    return Event(
        kind=KIND,
        title=title,
        state=Event.State.OPEN,
        place=PLACES[number % len(PLACES)],
        address="Главна 1",
        capacity=_capacity(number),
        minimum=10,
        registration_closes_at=starts_at - timedelta(days=3),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(days=number % 3, hours=6),
    )


def _capacity(number: int) -> int:
    """Every fifth seminar is full, and some people wait."""
    return 18 if number % 5 == 0 else 30


def _days(event: Event) -> list[datetime]:
    assert event.starts_at is not None
    assert event.ends_at is not None
    number = (event.ends_at - event.starts_at).days + 1
    return [event.starts_at + timedelta(days=day) for day in range(number)]


def _book() -> None:
    people = Person.objects.bulk_create(
        Person(first_name="Милица", last_name=f"Петровић {number}") for number in range(PEOPLE)
    )
    now = timezone.now()
    Booking.objects.bulk_create(
        Booking(
            event=event,
            person=people[(number * BOOKINGS_A_SEMINAR + turn) % PEOPLE],
            state=Booking.State.PLACED if is_placed else Booking.State.WAITING,
            queued_at=now,
            placed_at=now if is_placed else None,
        )
        for number, event in enumerate(Event.objects.order_by("pk"))
        for turn in range(BOOKINGS_A_SEMINAR)
        for is_placed in [event.capacity is not None and turn < event.capacity]
    )


def _link(
    through: type[models.Model], keys: list[int], others: Iterable[models.Model], number: int
) -> None:
    """Give each of the keys so many of the others, in turn."""
    owner, other = [field.attname for field in through._meta.fields if field.is_relation]
    pks = [one.pk for one in others]
    through._base_manager.bulk_create(
        through(**{owner: key, other: pks[(row * number + turn) % len(pks)]})
        for row, key in enumerate(keys)
        for turn in range(number)
    )
