"""Who may ask for, see and settle money."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from centar.access import YES, Verdict, no
from centar.events.models import Booking, BookingGroup
from centar.people import permissions as people
from centar.people.models import User

ADD_PROFORMA = "trainings.add_proforma"
CHANGE_PROFORMA = "trainings.change_proforma"
ADD_STATEMENT = "trainings.add_statement"
CHANGE_ROW = "trainings.change_statementrow"


def may_issue_for(booking: Booking, by: User | None) -> Verdict:
    """The person whose booking it is, the coordinator of a school that pays, and the staff.

    `by` None is the portal itself, when the staff have set that it issues without being asked.
    """
    if by is None or people.works_on(by, ADD_PROFORMA) or booking.person.user_id == by.pk:
        return YES
    if booking.payer == Booking.Payer.SCHOOL and people.coordinates(booking.person.school_id, by):
        return YES
    return no(gettext_lazy("This booking is not yours."))


def may_issue_for_group(group: BookingGroup, by: User | None) -> Verdict:
    """The coordinators of the school that applied, the staff, and the portal itself (None)."""
    if by is None or people.works_on(by, ADD_PROFORMA) or people.coordinates(group.school_id, by):
        return YES
    return no(gettext_lazy("Only a coordinator of the school that applied may do this."))


def may_change_proforma(by: User | None) -> Verdict:
    """Those of the staff who work on pro-forma invoices."""
    return people.works_on(by, CHANGE_PROFORMA)


def may_import_statements(by: User | None) -> Verdict:
    """Those of the staff who bring in bank statements."""
    return people.works_on(by, ADD_STATEMENT)


def may_match(by: User | None) -> Verdict:
    """Those of the staff who say what a payment was for."""
    return people.works_on(by, CHANGE_ROW)
