"""Who may do what with ledger entries, and the sentence of a "no"."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from centar.access import YES, Verdict, no
from centar.people import permissions as people
from centar.people.models import Person, User
from centar.schools.models import School
from trainings.models import LedgerEntry

CHANGE_ENTRY = "trainings.change_ledgerentry"


def may_keep_ledger(person: Person, by: User) -> Verdict:
    """Whether `by` enters things into this person's ledger and plan: only into one's own."""
    if person.user_id == by.pk:
        return YES
    return no(_("You may only enter what is your own."))


def may_change_entry(entry: LedgerEntry, by: User) -> Verdict:
    """Whether `by` mends or withdraws the entry: one's own, until somebody has confirmed it."""
    if entry.person.user_id != by.pk:
        return no(_("You may only change what is your own."))
    if entry.is_open:
        return YES
    if entry.state == LedgerEntry.State.WITHDRAWN:
        return no(_("You have withdrawn this entry already."))
    return no(_("This entry is confirmed and stays as it is."))


def may_confirm(entry: LedgerEntry, by: User) -> Verdict:
    """Whether `by` confirms or returns the entry: a coordinator of the person's school, or the
    staff; nobody their own.
    """
    if entry.person.user_id == by.pk:
        return no(_("Nobody confirms what is their own; the Centre does it for you."))
    if not by.has_perm(CHANGE_ENTRY) and not people.coordinates(entry.person.school_id, by):
        return no(_("Only a coordinator of this person's school may do this."))
    if entry.state != LedgerEntry.State.PENDING:
        return no(_("This entry does not wait for confirmation any more."))
    return YES


def may_read_proof(entry: LedgerEntry, by: User) -> Verdict:
    """Whether `by` opens the file: its owner, a coordinator of the school, or the staff."""
    own = entry.person.user_id == by.pk
    if own or by.has_perm(CHANGE_ENTRY) or people.coordinates(entry.person.school_id, by):
        return YES
    return no(_("Only its owner and those who confirm it may open this file."))


def may_see_school(school: School, by: User) -> Verdict:
    """Whether `by` sees hours and points of the school's people: those confirmed for the school
    (a principal among them), and the staff. The post in a profile is only what a person says.
    """
    if people.coordinates(school.pk, by) or by.has_perm(CHANGE_ENTRY):
        return YES
    return no(_("Only a coordinator of this school may see this."))
