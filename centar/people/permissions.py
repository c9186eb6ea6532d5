"""Who may do what with people, and the sentence of a "no"."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from centar.access import YES, Verdict, no
from centar.people.models import Coordination, Person, User
from centar.schools.models import School

CHANGE_COORDINATION = "people.change_coordination"
VIEW_BIRTH = "people.view_birth"


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
