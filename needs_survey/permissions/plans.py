"""Who reads and changes plans of seminars, and what can become a seminar."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.access import YES, Verdict, no
from centar.people import permissions as people
from needs_survey.models import Plan, PlannedSeminar, Round
from trainings.models import Programme

VIEW_PLAN = "needs_survey.view_plan"
CHANGE_PLAN = "needs_survey.change_plan"


def may_read_plans(by: object) -> Verdict:
    """Whether this user reads plans, what is asked for and what was held."""
    return people.works_on(by, VIEW_PLAN)


def may_change_plans(by: object) -> Verdict:
    """Whether this user plans seminars."""
    return people.works_on(by, CHANGE_PLAN)


def may_be_planned_from(round: Round) -> Verdict:
    """Whether a plan can follow from the round: only schools are asked for programmes by name."""
    if round.kind == Round.Kind.SCHOOLS:
        return YES
    return no(gettext_lazy("Anonymous answers name no school; choose a round of schools."))


def may_undo(plan: Plan) -> Verdict:
    """Whether the plan can be brought back to what it was before the last computation."""
    if plan.before is not None:
        return YES
    return no(gettext_lazy("The plan was changed since; there is no computation to undo."))


def may_be_changed(planned: PlannedSeminar) -> Verdict:
    """Whether the row can be changed: until there is a seminar of it."""
    if planned.seminar_id is None:
        return YES
    return no(gettext_lazy("The seminar is made already; change it among the seminars."))


def may_have_people(programme: Programme, people: int) -> Verdict:
    """Whether so many people are a group of the programme."""
    smallest, largest = max(1, programme.group_minimum), max(1, programme.group_maximum)
    if smallest <= people <= largest:
        return YES
    return no(
        _("A group of this programme has from %(smallest)d to %(largest)d people.")
        % {"smallest": smallest, "largest": largest}
    )


def may_become_seminar(planned: PlannedSeminar, today: date) -> Verdict:
    """Whether a draft can be made of the row now."""
    if planned.programme.withdrawn_on is not None:
        return no(gettext_lazy("The programme is withdrawn from the catalogue."))
    if planned.on is None:
        return no(gettext_lazy("It has no first day."))
    if planned.on <= today:
        return no(gettext_lazy("Its first day is over."))
    if planned.municipality_id is None and not planned.is_online:
        return no(gettext_lazy("It has no place; choose a municipality, or that it is online."))
    return YES
