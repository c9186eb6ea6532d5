"""What the worker does for lending: reminders in the morning, and turns that nobody fetched."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from library import letters
from library.models import LendingTerms, Loan, Member, Reservation
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
    step. What the letter says is looked up again when it goes.
    """
    if timezone.localtime().hour < MORNING:
        return 0
    with transaction.atomic():
        return _queue_reminders()


def _queue_reminders() -> int:
    today = timezone.localdate()
    terms = LendingTerms.current()
    near = Q(due_on__range=(today, today + timedelta(days=terms.notice_days))) & (
        Q(noticed_for=None) | ~Q(noticed_for=F("due_on"))
    )
    steps = Q()
    for step in range(terms.overdue_letters):
        # The first letter on the day after, the second so many days later, and so on.
        day = today - timedelta(days=1 + step * terms.overdue_every)
        steps |= Q(overdue_letters=step, due_on__lte=day)
    late = Q(due_on__lt=today) & steps if terms.overdue_letters else Q(pk__in=())
    due = (
        Loan.objects.open()
        .filter(near | late)
        .exclude(member__written_on=today)
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("pk")
    )
    reasons: dict[int, list[int]] = {}
    for loan in due:
        assert loan.member_id is not None  # kept by a constraint of the database
        reasons.setdefault(loan.member_id, []).append(loan.pk)
        if loan.due_on < today:
            loan.overdue_letters += 1
        else:
            loan.noticed_for = loan.due_on
        loan.save(update_fields=["overdue_letters", "noticed_for"])
    members = Member.objects.select_related("person__user", "teacher__user").filter(pk__in=reasons)
    letters.queue_reminders(list(members), reasons, today)
    members.update(written_on=today)
    return len(reasons)
