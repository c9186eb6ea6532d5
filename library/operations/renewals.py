"""Keeping a thing longer."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal, Verdict, demand, no
from centar.audit import trail
from centar.people.models import User
from library import locks
from library.models import Loan
from library.permissions import lending as permissions
from library.queries import queues, rules


@transaction.atomic
def renew(*, loan_id: int, by: User, reason: str = "") -> Loan:
    """Lend a thing that is out once more: from its day, or from today when that has passed.

    Refuses when somebody waits who would get it, when it was renewed as often as the rules
    allow, and when the member may not borrow; the staff may override that with a reason.
    """
    facts = Loan.objects.values_list("member_id", "copy_id").get(pk=loan_id)
    if facts[0] is None:
        raise Refusal(_("This is back already."))
    member = locks.lock_member(facts[0])
    record, copy = locks.lock_copy(facts[1])
    loan = Loan.objects.select_related("copy__record", "member__person").get(pk=loan_id)
    demand(permissions.may_act_for(member, by))
    today = timezone.localdate()
    if loan.returned_at is not None:
        raise Refusal(_("This is back already."))
    rule, _limits = rules.applying(member.kind, record.kind)
    verdict = permissions.may_borrow(member, today)
    if verdict and queues.someone_waits(copy, record, today):
        verdict = no(_("Somebody waits for it. Please bring it back by its day."))
    if verdict and loan.renewals >= rule.renewals:
        verdict = _refused_number(rule.renewals)
    overridden = not verdict and bool(reason.strip()) and permissions.may_work_at_the_desk(by)
    if not overridden:
        demand(verdict)
    loan.due_on = max(loan.due_on, today) + timedelta(days=rule.days)
    loan.renewals += 1
    loan.noticed_for = None
    loan.overdue_letters = 0
    loan.save(update_fields=["due_on", "renewals", "noticed_for", "overdue_letters"])
    # Who reads what is nobody's business once it is back: the reader's own renewal is nameless.
    own = member.person.user_id == by.pk
    trail.record(
        "library.renew",
        loan,
        by=None if own else by,
        reason=reason if overridden else "",
        own=own,
    )
    return loan


def _refused_number(allowed: int) -> Verdict:
    if allowed == 0:
        return no(_("This is not renewed."))
    return no(_("It was renewed as often as the rules allow."))
