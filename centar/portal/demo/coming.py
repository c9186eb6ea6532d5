"""The seminars of the next months, each showing one thing that happens to a seminar."""

from __future__ import annotations

from datetime import time

from centar.events.models import Booking, BookingGroup
from centar.events.operations import bookings, schedule
from centar.portal.demo.seminars import (
    FRIDAY,
    SATURDAY,
    SUNDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    Cast,
    Plan,
    draft,
    enrol,
    moment,
    publish,
)

# Open seminars where nothing special happens, and how many people come.
ORDINARY = (
    (Plan(programme="debata", week=3, town="Параћин", begins=time(10), ends=time(15)), 12),
    (Plan(programme="klima", week=6, town="Аранђеловац", weekdays=(FRIDAY,)), 31),
    (Plan(programme="biblioteka", week=6, town="Рековац"), 0),
    (Plan(programme="igra", week=8, town="Баточина", weekdays=(SATURDAY, SUNDAY)), 9),
    (Plan(programme="razlomci", week=9, town="Кнић"), 3),
    (Plan(programme="nasilje", week=10, town="Лапово", weekdays=(FRIDAY, SATURDAY)), 28),
)


def make(cast: Cast) -> None:
    """Make them all."""
    for plan, people in ORDINARY:
        enrol(publish(plan, cast), cast.take(people))
    _with_a_place_for_the_teacher(cast)
    _full_with_the_teacher_waiting(cast)
    _full_with_an_offer_to_the_teacher(cast)
    _below_its_minimum(cast)
    _closed_and_confirmed(cast)
    _three_days_with_a_group(cast)
    _webinar(cast)
    _opening_later(cast)
    _cancelled(cast)
    _draft(cast)


def _with_a_place_for_the_teacher(cast: Cast) -> None:
    event = publish(Plan(programme="bajke", week=3), cast)
    enrol(event, [*cast.take(19), cast.teacher])
    schedule.confirm_runs(event_id=event.pk, by=cast.staff)


def _full_with_the_teacher_waiting(cast: Cast) -> None:
    event = publish(Plan(programme="vestacka", week=4, changes={"capacity": 18}), cast)
    enrol(event, [*cast.take(20), cast.teacher, *cast.take(3)])


def _full_with_an_offer_to_the_teacher(cast: Cast) -> None:
    # Two weeks to answer, so that the offer does not lapse before anybody looks at it.
    changes = {"capacity": 16, "minimum": 12, "offer_hours": 14 * 24}
    plan = Plan(
        programme="citanje",
        week=5,
        town="Јагодина",
        weekdays=(SATURDAY, SUNDAY),
        changes=changes,
    )
    event = publish(plan, cast)
    enrol(event, [*cast.take(16), cast.teacher, *cast.take(2)])
    first = event.bookings.filter(state=Booking.State.PLACED).earliest("pk")
    bookings.withdraw(booking_id=first.pk, by=cast.staff, reason="Спречена да дође.")


def _below_its_minimum(cast: Cast) -> None:
    plan = Plan(programme="reka", week=2, town="Свилајнац", weekdays=(SATURDAY, SUNDAY))
    enrol(publish(plan, cast), cast.take(5))


def _closed_and_confirmed(cast: Cast) -> None:
    plan = Plan(programme="inkluzija", week=2, town="Деспотовац", weekdays=(FRIDAY, SATURDAY))
    event = publish(plan, cast)
    enrol(event, cast.take(21))
    schedule.close(event_id=event.pk, by=cast.staff)
    schedule.confirm_runs(event_id=event.pk, by=cast.staff)


def _three_days_with_a_group(cast: Cast) -> None:
    event = publish(Plan(programme="robotika", week=7, weekdays=(THURSDAY, FRIDAY, SATURDAY)), cast)
    enrol(event, cast.take(12))
    applicant = cast.coordinator.user
    assert applicant is not None  # an account of the demonstration
    bookings.enrol_group(
        event_id=event.pk,
        people=cast.colleagues,
        policy=BookingGroup.Policy.TOGETHER,
        by=applicant,
        school=cast.coordinator.school,
        payer=Booking.Payer.SCHOOL,
    )


def _webinar(cast: Cast) -> None:
    plan = Plan(
        programme="izgovor",
        week=3,
        town="",
        weekdays=(TUESDAY,),
        begins=time(18),
        ends=time(19, 30),
        changes={"online_link": "https://example.org/vebinar"},
    )
    enrol(publish(plan, cast), cast.take(27))


def _opening_later(cast: Cast) -> None:
    opens_at = moment(cast.day(2, WEDNESDAY), time(8))
    plan = Plan(
        programme="zavicaj",
        week=12,
        town="Рача",
        weekdays=(SATURDAY, SUNDAY),
        changes={"registration_opens_at": opens_at},
    )
    publish(plan, cast)


def _cancelled(cast: Cast) -> None:
    plan = Plan(programme="zadaci", week=4, town="Топола", weekdays=(SATURDAY, SUNDAY))
    event = publish(plan, cast)
    enrol(event, cast.take(5))
    reason = "Реализатор је спречен. Нови термин објавићемо до краја месеца."
    schedule.cancel(event_id=event.pk, by=cast.staff, reason=reason)


def _draft(cast: Cast) -> None:
    draft(
        Plan(programme="preduzetnistvo", week=11, town="Ћуприја", weekdays=(FRIDAY, SATURDAY)),
        cast,
    )
