"""Who lends, borrows and reserves, and the sentence of a "no"."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.access import YES, Verdict, no
from centar.events import moments
from centar.people import permissions as people_permissions
from centar.people.models import User
from library.models import Member
from library.permissions.catalogue import may_keep_copies

CHANGE_LOAN = "library.change_loan"


def may_work_at_the_desk(by: User | None) -> Verdict:
    """Whether `by` lends and takes back: the Centre's staff who keep the loans."""
    return people_permissions.works_on(by, CHANGE_LOAN)


def may_mark(by: User | None) -> Verdict:
    """Whether `by` says what became of a copy: who keeps the loans, or the register."""
    return may_work_at_the_desk(by) or may_keep_copies(by)


def may_act_for(member: Member | None, by: User | None) -> Verdict:
    """Whether `by` renews and reserves for the member: oneself, or the desk for anybody."""
    if may_work_at_the_desk(by):
        return YES
    if member is not None and by is not None and member.person.user_id == by.pk:
        return YES
    return no(gettext_lazy("This is not yours."))


def may_borrow(member: Member, today: date) -> Verdict:
    """Whether anything is lent to the member on this day."""
    if member.lacks_consent:
        return no(
            gettext_lazy(
                "A pupil borrows with the consent of a parent or through a teacher; "
                "there is none yet."
            )
        )
    if not member.is_blocked(today):
        return YES
    if member.blocked_until is None:
        return no(
            _("Nothing is lent to this member: %(reason)s") % {"reason": member.blocked_reason}
        )
    return no(
        _("Nothing is lent to this member until %(when)s: %(reason)s")
        % {"when": moments.day(member.blocked_until), "reason": member.blocked_reason}
    )
