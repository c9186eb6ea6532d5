"""Half of the rights to seminars: a plain no, neither a way in nor a server error."""

from __future__ import annotations

import pytest

from centar.events.models import Event
from tests import office
from tests.factories.people import StaffFactory
from tests.factories.trainings import ProgrammeFactory, SeminarFactory

pytestmark = pytest.mark.django_db

SEMINARS = "/admin/trainings/seminarevent/"
# Without events.change_event, which the operations ask for.
HALF = [f"trainings.{action}_seminarevent" for action in ("view", "add", "change")]


def test_no_seminar_is_planned_changed_or_cancelled_without_the_right_to_change_events():
    seminar, programme = SeminarFactory(), ProgrammeFactory()
    desk = office.desk_of(StaffFactory(permissions=HALF))
    address = f"{SEMINARS}{seminar.pk}/"

    codes = [
        desk.post(f"{SEMINARS}add/", {"programme": programme.pk}).status_code,
        desk.post(f"{address}change/", {"title": "Други назив"}).status_code,
        desk.post(f"{address}radnja/otkazivanje/", {"reason": "Без разлога"}).status_code,
    ]

    assert codes == [403, 403, 403]
    assert Event.objects.get().state == Event.State.OPEN
    assert desk.get(f"{address}change/").status_code == 200
