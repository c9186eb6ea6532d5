"""The front page of the back office: what waits for the staff."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from centar.events.models import Booking, Event
from centar.outbox.models import Letter
from centar.people.models import CoordinationRequest
from centar.portal import work_queue
from tests import office, reader
from tests.factories import payments
from tests.factories.events import BookingFactory, EventFactory, PresenceFactory
from tests.factories.people import AdministratorFactory, PersonFactory, StaffFactory
from tests.factories.schools import SchoolFactory
from tests.factories.trainings import SeminarFactory
from trainings.models import Proforma, Statement, StatementRow

pytestmark = pytest.mark.django_db

(
    SMALL, OFFERS, LETTERS, ATTENDANCE, ENTRIES, REQUESTS, UNKNOWN, OVERDUE, OVERPAID, ANNOUNCE,
    REPORT,
) = range(11)  # fmt: skip


def soon(days=5):
    return {"event__starts_at": timezone.now() + timedelta(days=days)}


def offered(hours, **facts):
    until = timezone.now() + timedelta(hours=hours)
    return BookingFactory(state=Booking.State.OFFERED, offered_until=until, **facts)


def failed_letter(number=1):
    return Letter.objects.create(
        kind="events.placed",
        object_id=number,
        recipient=f"osoba{number}@example.org",
        version="1",
        state=Letter.State.FAILED,
        error="SMTPRecipientsRefused: 550",
    )


def unknown_payment(number=1):
    statement = Statement.objects.create(
        file_name=f"izvod{number}", kind="camt", confirmed_at=timezone.now()
    )
    return StatementRow.objects.create(
        statement=statement,
        fingerprint=str(number),
        booked_on=date(2026, 11, 20),
        amount=Decimal("2500.00"),
        payer="Милица Петровић",
        outcome="unknown",
    )


def late_proforma(paid=0):
    made = payments.proforma("2500.00")
    Proforma.objects.filter(pk=made.pk).update(due_on=date(2026, 1, 1), paid=paid)
    return made


def test_payments_that_nobody_matched(db):
    row = unknown_payment()
    StatementRow.objects.update(assigned=1000)
    unknown_payment(2).statement.rows.update(outcome="matched", assigned=2500)
    unknown_payment(3).statement.rows.update(outcome="held", alike=row)

    found = task(UNKNOWN)

    assert found.count == 2
    perhaps = office.serbian("perhaps counted before")
    assert [item.text for item in found.items] == [
        "20.11.2026.: 1.500,00, Милица Петровић",
        f"20.11.2026.: 2.500,00, Милица Петровић ({perhaps})",
    ]
    desk = office.desk_of(office.colleague())
    assert len(desk.get(found.address).context["cl"].result_list) == 2
    assert found.items[0].address == f"/admin/trainings/statementrow/{row.pk}/change/"


def test_what_is_not_paid_in_time_and_what_is_overpaid(db):
    late, over = late_proforma(paid=500), late_proforma(paid=2600)
    late_proforma(paid=2500)
    payments.proforma()

    assert [item.text for item in task(OVERDUE).items] == [f"{late}: 2.000,00"]
    assert [item.text for item in task(OVERPAID).items] == [f"{over}: 100,00"]


def task(number, user=None):
    return work_queue.tasks_for(user or AdministratorFactory())[number]


def test_seminars_below_their_minimum_that_start_soon(db):
    small = SeminarFactory(event__minimum=3, **soon())
    BookingFactory.create_batch(2, event=small.event)
    enough = SeminarFactory(event__minimum=1, **soon())
    BookingFactory(event=enough.event)
    for facts in (
        {"event__minimum": 3, **soon(22)},
        {"event__minimum": 3, **soon(-1)},
        {"event__minimum": 3, "event__confirmed_at": timezone.now(), **soon()},
        {"event__minimum": 3, "event__state": Event.State.DRAFT, **soon()},
        {
            "event__minimum": 3,
            "event__state": Event.State.CANCELLED,
            "event__cancelled_at": timezone.now(),
            **soon(),
        },
    ):
        SeminarFactory(**facts)

    found = task(SMALL)

    assert (found.count, [item.address for item in found.items]) == (
        1,
        [f"/admin/trainings/seminarevent/{small.pk}/change/"],
    )
    assert found.items[0].text.endswith(": 2 / 3")


def test_whoever_only_waits_does_not_fill_a_seminar(db):
    small = SeminarFactory(event__minimum=1, event__capacity=0, **soon())
    BookingFactory(event=small.event, state=Booking.State.WAITING)

    assert task(SMALL).count == 1


def test_an_event_that_is_no_seminar_leads_to_its_own_page(db):
    event = EventFactory(kind="club", minimum=3, starts_at=timezone.now() + timedelta(days=2))

    (item,) = task(SMALL).items

    assert item.address == f"/admin/events/event/{event.pk}/change/"


def test_offers_that_end_soon_the_soonest_first(db):
    later, sooner = offered(11), offered(1)
    offered(13)

    found = task(OFFERS)

    assert [item.address for item in found.items] == [
        f"/admin/events/booking/{booking.pk}/change/" for booking in (sooner, later)
    ]
    assert found.count == 2


def test_letters_that_failed_with_their_error(db):
    letter = failed_letter()
    Letter.objects.create(kind="events.placed", object_id=2, recipient="b@example.org", version="1")

    found = task(LETTERS)

    assert (found.count, found.items) == (
        1,
        [
            work_queue.Item(
                "osoba1@example.org: SMTPRecipientsRefused: 550",
                f"/admin/outbox/letter/{letter.pk}/change/",
            )
        ],
    )


def test_requests_to_coordinate_a_school(db):
    asked = CoordinationRequest.objects.create(person=PersonFactory(), school=SchoolFactory())

    found = task(REQUESTS)

    assert (found.count, [item.address for item in found.items]) == (
        1,
        [f"/admin/people/coordinationrequest/{asked.pk}/change/"],
    )


def test_a_long_list_shows_ten_and_counts_all(db):
    for number in range(12):
        failed_letter(number)

    found = task(LETTERS)

    assert (found.count, len(found.items)) == (12, 10)


def unnoted(days=1, **facts):
    """A meeting so many days ago with somebody who had a place."""
    seminar = SeminarFactory(event__starts_at=timezone.now() - timedelta(days=days, hours=7))
    return BookingFactory(event=seminar.event, **facts)


def test_past_meetings_at_which_nobody_is_noted_the_oldest_first():
    later, sooner = unnoted(2), unnoted(9)
    PresenceFactory(booking=unnoted(2))
    unnoted(2, state=Booking.State.WITHDRAWN)
    unnoted(45)
    BookingFactory(event=SeminarFactory(event__starts_at=timezone.now()).event)
    cancelled = unnoted(2)
    Event.objects.filter(pk=cancelled.event_id).update(
        state=Event.State.CANCELLED, cancelled_at=timezone.now()
    )

    found = task(ATTENDANCE)

    meetings = [one.event.meetings.get() for one in (sooner, later)]
    assert [item.address for item in found.items] == [
        f"/dogadjaji/{meeting.event_id}/prisustvo/?dan={meeting.pk}" for meeting in meetings
    ]
    assert found.count == 2


@pytest.mark.parametrize("number", [SMALL, OFFERS, LETTERS, ATTENDANCE])
def test_the_whole_list_is_behind_the_heading(number):
    SeminarFactory(event__minimum=3, **soon())
    offered(1)
    failed_letter()
    unnoted(2)
    desk = office.desk_of(office.colleague())

    rows = desk.get(task(number).address).context["cl"].result_list

    assert len(rows) == 1


def test_the_front_page_shows_the_work_and_that_there_is_none(db):
    desk = office.desk_of(office.colleague())
    empty = reader.Page(desk.get("/admin/").content.decode())
    failed_letter()

    page = reader.Page(desk.get("/admin/").content.decode())

    nothing = office.serbian("Nothing waits here.")
    assert (empty.text.count(nothing), page.text.count(nothing)) == (18, 17)
    assert "osoba1@example.org: SMTPRecipientsRefused: 550" in page.text


def test_everybody_sees_the_work_that_is_theirs(db):
    letters_only = StaffFactory(permissions=["outbox.view_letter"])

    seen = [
        [str(task.title) for task in work_queue.tasks_for(user)]
        for user in (StaffFactory(), letters_only, office.colleague(), PersonFactory().user)
    ]

    assert [len(titles) for titles in seen] == [0, 1, 18, 0]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_front_page_takes_the_same_queries_however_much_waits(
    db, django_assert_num_queries, rows
):
    for number in range(rows):
        SeminarFactory(event__minimum=3, **soon())
        offered(1)
        failed_letter(number)
        unnoted(2)
        unknown_payment(number)
        late_proforma()
    desk = office.desk_of(office.colleague())

    with django_assert_num_queries(38):
        desk.get("/admin/")
