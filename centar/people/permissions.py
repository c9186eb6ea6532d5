"""Who may do what with people, and the sentence of a "no"."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from centar.access import YES, Verdict, no
from centar.people.models import Coordination, CoordinationRequest, Person, User
from centar.schools.models import School

CHANGE_COORDINATION = "people.change_coordination"
VIEW_BIRTH = "people.view_birth"


def works_on(by: object, permission: str) -> Verdict:
    """Whether `by` is of the Centre's staff and has the permission of the back office."""
    if isinstance(by, User) and by.is_staff and by.has_perm(permission):
        return YES
    return no(_("Only the Centre's staff may do this."))


def may_see_birth(by: User) -> bool:
    """Whether the date and place of birth are shown to `by` in the back office."""
    return by.has_perm(VIEW_BIRTH)


def may_change_coordinations(by: User) -> Verdict:
    """Whether `by` confirms who applies for the people of a school."""
    if by.has_perm(CHANGE_COORDINATION):
        return YES
    return no(_("Only the Centre's staff may do this."))


def may_become_coordinator(person: Person, school: School) -> Verdict:
    """Whether there is something to confirm: a person coordinates a school once at a time."""
    if Coordination.objects.filter(person=person, school=school, ended_at=None).exists():
        return no(_("This person already coordinates this school."))
    return YES


def coordinates(school_id: int | None, by: User | None) -> bool:
    """Whether `by` is confirmed for this school at this moment."""
    if by is None or school_id is None or not by.is_active:
        return False
    live = Coordination.objects.filter(person__user=by, school=school_id, ended_at=None)
    return live.exists()


def coordinates_any(by: User) -> bool:
    """Whether `by` is confirmed for a school at this moment."""
    return Coordination.objects.filter(person__user=by, ended_at=None).exists()


def may_ask_to_coordinate(person: Person, school: School, by: User) -> Verdict:
    """Whether a person may ask: for oneself, for one's own school, and once at a time."""
    if person.user_id != by.pk:
        return no(_("You may ask only for yourself."))
    if person.school_id != school.pk:
        return no(_("Choose your school in the profile first."))
    verdict = may_become_coordinator(person, school)
    if not verdict:
        return no(_("You already coordinate this school."))
    asked = CoordinationRequest.objects.filter(
        person=person, school=school, state=CoordinationRequest.State.WAITING
    )
    if asked.exists():
        return no(_("You have asked already. We will write to you as soon as it is answered."))
    return YES


def may_answer_request(request: CoordinationRequest, by: User) -> Verdict:
    """Whether `by` confirms or refuses: the staff, and coordinators of the same school."""
    if by.has_perm(CHANGE_COORDINATION):
        return YES
    if request.person.user_id != by.pk and coordinates(request.school_id, by):
        return YES
    return no(_("Only the Centre's staff and the coordinators of the school may do this."))


def may_end_coordination(coordination: Coordination, by: User) -> Verdict:
    """Whether `by` ends it: the staff, or the coordinator."""
    if coordination.person.user_id == by.pk:
        return YES
    return may_change_coordinations(by)


def may_keep_people(school: School, by: User) -> Verdict:
    """Whether `by` adds people to this school."""
    if coordinates(school.pk, by):
        return YES
    return no(_("You do not coordinate this school."))


def may_correct(person: Person, by: User) -> Verdict:
    """Whether `by` corrects what is known about the person: only of those without an account."""
    if not coordinates(person.school_id, by):
        return no(_("You do not coordinate this person's school."))
    if person.user_id is not None:
        return no(_("This person has an own account and keeps the profile without others."))
    return YES


def may_release(person: Person, by: User) -> Verdict:
    """Whether `by` says that the person no longer works at the school."""
    if coordinates(person.school_id, by):
        return YES
    return no(_("You do not coordinate this person's school."))
