"""Loading the demonstration year."""

from __future__ import annotations

from itertools import cycle

from django.db import connection, transaction
from django.utils import timezone

from centar.outbox.models import Letter
from centar.people.models import Person, User
from centar.portal import region
from centar.portal.demo import (
    accounts,
    catalogue,
    coming,
    followed,
    held,
    institute,
    ledger,
    money,
    people,
    plans,
    practices,
    proposals,
    shelf,
    surveys,
    teacher_survey,
)
from centar.portal.demo.seminars import Cast


@transaction.atomic
def load() -> bool:
    """Load the region and the year around today; does nothing, and says False, where it is."""
    if User.objects.filter(email__in=accounts.ADDRESSES).exists():
        return False
    region.load()
    opened = accounts.open_all()
    crowd = people.open_accounts()
    colleagues = people.enter_colleagues(opened.school)
    cast = Cast(
        today=timezone.localdate(),
        staff=opened.staff,
        teacher=opened.teacher,
        coordinator=opened.coordinator,
        trainer=opened.trainer,
        colleagues=colleagues,
        crowd=cycle(crowd),
        programmes=catalogue.load(trainer=opened.trainer),
    )
    money.make()
    followed.make(held.make(cast), cast)
    coming.make(cast)
    ledger.make(cast)
    surveys.make(cast, crowd)
    teacher_survey.make(cast)
    plans.make(cast)
    calls = proposals.make(cast)
    institute.make(calls.meetings, cast)
    practices.make(calls.examples, cast)
    pupil = shelf.make(cast)
    _drop_letters([*crowd, *colleagues, pupil, opened.coordinator, opened.trainer])
    _count_rows()
    return True


def _drop_letters(invented: list[Person]) -> None:
    """Letters go only to the demonstration's teacher: the others are nobody's addresses."""
    letters = Letter.objects.filter(recipient__in=[person.email for person in invented])
    letters.update(state=Letter.State.DROPPED, error=catalogue.SOURCE)
    # So is the colleague whom the coordinator shares a section with; the link is forgotten.
    shared = Letter.objects.filter(recipient=surveys.HELPER[1])
    shared.update(state=Letter.State.DROPPED, error=catalogue.SOURCE, context={})


def _count_rows() -> None:
    """Let the planner know the rows: a query planned for empty tables takes minutes with these."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
