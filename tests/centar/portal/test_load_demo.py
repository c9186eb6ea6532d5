from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from centar.events import queries
from centar.events.models import Event
from centar.people.models import Person, User
from centar.portal.demo import accounts, year

pytestmark = pytest.mark.django_db


def test_production_is_not_given_accounts_with_a_known_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CENTAR_MODE", "production")

    with pytest.raises(CommandError):
        call_command("load_demo")

    assert User.objects.count() == 0


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(datetime(2026, 12, 20, 22, tzinfo=UTC), id="a Sunday night before New Year"),
        pytest.param(datetime(2028, 7, 1, 3, tzinfo=UTC), id="a Saturday in the summer holidays"),
    ],
)
def test_it_can_be_loaded_on_any_day(day: datetime) -> None:
    with time_machine.travel(day):
        assert year.load()

        teacher = Person.objects.get(user__email=accounts.TEACHER)
        mine = queries.bookings_of(teacher, timezone.now())
        assert [len(part) for part in (mine.offers, mine.coming, mine.waiting, mine.past)] == [
            1,
            1,
            1,
            3,
        ]
        starts = [timezone.localtime(event.starts_at) for event in Event.objects.coming(day)]
        assert [moment for moment in starts if moment.month == 1 and moment.day < 9] == []
