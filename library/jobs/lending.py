"""What the worker does for lending: reminders in the morning, and turns that nobody fetched."""

from __future__ import annotations

import logging
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from library import letters, locks
from library.models import LendingTerms, Loan, Reservation
from library.operations import reservations

logger = logging.getLogger(__name__)
# Nobody wants to hear of books at night.
MORNING = 7


def pass_on_unfetched() -> int:
    """End the turns whose time for fetching has passed; gives how many."""
    late = Reservation.objects.filter(
        state=Reservation.State.READY, pickup_until__lt=timezone.localdate()
    )
    ended = 0
    for record_id in set(late.values_list("record", flat=True)):
        try:
            ended += reservations.pass_on_unfetched(record_id)
        except Exception:
            # One record in trouble must not keep the readers of the others waiting.
            logger.exception("The reservations of record %s could not be passed on", record_id)
    return ended


def queue_reminders() -> int:
    """Queue one letter to each member who has something to hear today; gives how many.

    About a day of return that is near, once for each such day; and about what is late, step by
    step. What the letter says is looked up again when it goes. Whoever has no address for letters
    is not counted as reminded.
    """
    if timezone.localtime().hour < MORNING:
        return 0
    today = timezone.localdate()
    due = _due(LendingTerms.current(), today)
    queued = 0
    for member_id in due.order_by("member_id").values_list("member_id", flat=True).distinct():
        try:
            queued += _remind(member_id, due, today)
        except Exception:
            # One member in trouble must not keep the letters of the others.
            logger.exception("Member %s could not be reminded", member_id)
    return queued


def _due(terms: LendingTerms, today: date) -> QuerySet[Loan]:
    """The loans about which their members hear something today, if they have not yet."""
    near = Q(due_on__range=(today, today + timedelta(days=terms.notice_days))) & (
        Q(noticed_for=None) | ~Q(noticed_for=F("due_on"))
    )
    steps = Q()
    for step in range(terms.overdue_letters):
        # The first letter on the day after, the second so many days later, and so on.
        day = today - timedelta(days=1 + step * terms.overdue_every)
        steps |= Q(overdue_letters=step, due_on__lte=day)
    late = Q(due_on__lt=today) & steps if terms.overdue_letters else Q(pk__in=())
    return Loan.objects.open().filter(near | late).exclude(member__written_on=today)


@transaction.atomic
def _remind(member_id: int | None, due: QuerySet[Loan], today: date) -> bool:
    """Queue the member's letter of the day; gives whether there was anything to say.

    The desk and renewals take the member first as well, so none waits for the other in a ring.
    """
    assert member_id is not None  # kept by a constraint of the database
    member = locks.lock_member(member_id)
    loans = list(due.filter(member=member).order_by("pk"))
    if not loans or not member.letters_to:
        return False
    for loan in loans:
        if loan.due_on < today:
            loan.overdue_letters += 1
        else:
            loan.noticed_for = loan.due_on
    Loan.objects.bulk_update(loans, ["overdue_letters", "noticed_for"])
    member.written_on = today
    member.save(update_fields=["written_on"])
    letters.queue_reminder(member, [loan.pk for loan in loans], today)
    return True
