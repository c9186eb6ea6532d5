"""What holds for every operation: one record, one transaction, and who may do it."""

from __future__ import annotations

from typing import Any

import pytest

from centar.access import Refusal
from centar.audit import trail
from centar.audit.models import Entry
from centar.events.models import Booking, BookingGroup, CalendarToken, Event
from centar.outbox import operations as outbox
from centar.outbox.models import Letter
from tests.centar.events import deeds
from tests.factories.people import StaffFactory, UserFactory

pytestmark = pytest.mark.django_db
every_deed = pytest.mark.parametrize("deed", deeds.DEEDS, ids=str)
staff_deeds = pytest.mark.parametrize(
    "deed", [deed for deed in deeds.DEEDS if deed.staff_only], ids=str
)
telling_deeds = pytest.mark.parametrize(
    "deed", [deed for deed in deeds.DEEDS if deed.letters], ids=str
)


@pytest.fixture
def stage(clock):
    return deeds.stage(clock)


def everything() -> list[Any]:
    """All rows that operations on events write."""
    models = (Event, Booking, BookingGroup, CalendarToken, Letter, Entry)
    return [list(model.objects.order_by("pk").values()) for model in models]


class BrokenWrite(Exception):
    pass


def _break(*args: object, **kwargs: object) -> None:
    raise BrokenWrite


@every_deed
def test_each_operation_leaves_one_record(deed, stage, staff):
    before = Entry.objects.count()

    deed.do(stage, staff)

    last = list(Entry.objects.order_by("pk"))[before:]
    assert [(entry.action, entry.actor_id) for entry in last] == [
        (deed.action, None if deed.by_portal else staff.pk)
    ]


@every_deed
def test_an_operation_writes_letters_or_is_silent_as_it_says(deed, stage, staff):
    before = Letter.objects.count()

    deed.do(stage, staff)

    assert (Letter.objects.count() > before) is deed.letters


@every_deed
def test_when_the_record_cannot_be_written_nothing_has_happened(deed, stage, staff, monkeypatch):
    before = everything()
    monkeypatch.setattr(trail, "record", _break)

    with pytest.raises(BrokenWrite):
        deed.do(stage, staff)

    assert everything() == before


@telling_deeds
def test_when_a_letter_cannot_be_queued_nothing_has_happened(deed, stage, staff, monkeypatch):
    before = everything()
    monkeypatch.setattr(outbox, "queue_many", _break)

    with pytest.raises(BrokenWrite):
        deed.do(stage, staff)

    assert everything() == before


@staff_deeds
@pytest.mark.parametrize("who", ["teacher", "somebody of the back office", "nobody"])
def test_only_the_staff_who_may_do_it_do_it(deed, who, stage):
    by = {
        "teacher": UserFactory,
        "somebody of the back office": lambda: StaffFactory(permissions=["events.view_booking"]),
        "nobody": lambda: None,
    }[who]()
    before = everything()

    with pytest.raises(Refusal, match=r"^Only the Centre's staff may do this\.$"):
        deed.do(stage, by)

    assert everything() == before


@pytest.mark.parametrize(
    ("permission", "allowed"),
    [
        ("events.change_event", "events.publish"),
        ("events.change_booking", "events.reorder"),
    ],
)
def test_events_and_bookings_are_two_permissions(permission, allowed, stage):
    by = StaffFactory(permissions=[permission])
    two = [deed for deed in deeds.DEEDS if deed.action in ("events.publish", "events.reorder")]

    for deed in two:
        if deed.action == allowed:
            deed.do(stage, by)
        else:
            with pytest.raises(Refusal):
                deed.do(stage, by)
