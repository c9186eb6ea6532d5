"""Who prepares and reads the rounds of the survey, and the sentence of a "no"."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from centar.access import YES, Verdict, no
from centar.people import permissions as people
from needs_survey.models import Round

VIEW_ROUND = "needs_survey.view_round"
CHANGE_ROUND = "needs_survey.change_round"


def may_read_rounds(by: object) -> Verdict:
    """Whether this user reads who was asked and what was answered."""
    return people.works_on(by, VIEW_ROUND)


def may_change_rounds(by: object) -> Verdict:
    """Whether this user prepares rounds, invites, opens and closes."""
    return people.works_on(by, CHANGE_ROUND)


def may_open(round: Round, today: date) -> Verdict:
    """Whether there is something to open: questions, somebody invited, days still to come."""
    if round.opened_at is not None:
        return no(_("The round is open already."))
    if round.closes_on < today:
        return no(_("The last day is over. Move the days first."))
    questions = round.questionnaire.questions
    if not questions.exists():
        return no(_("The questionnaire has no questions yet."))
    if round.kind == Round.Kind.SCHOOLS:
        if questions.filter(section=None).exists():
            return no(_("Put every question into a section: schools fill in section by section."))
        if not round.invitations.exists():
            return no(_("Nobody is invited yet."))
    return YES


def may_invite_schools(round: Round, today: date) -> Verdict:
    """Whether schools can be added: to a round of schools that is not over."""
    if round.kind != Round.Kind.SCHOOLS:
        return no(_("In this round single teachers are asked, not schools."))
    if round.closes_on < today:
        return no(_("The last day is over. Move the days first."))
    return YES


def may_remind(round: Round, today: date) -> Verdict:
    """Whether schools of the round can be reminded: from its first day on, after the last too."""
    if round.kind != Round.Kind.SCHOOLS:
        return no(_("In this round single teachers are asked, not schools."))
    if round.opened_at is None or today < round.opens_on:
        return no(_("The round cannot be answered yet, so nobody is reminded."))
    return YES


def may_be_reminded(invitation: Any, round: Round, today: date) -> Verdict:
    """Whether this school of `queries.rounds.unanswered` is written to once more: a letter
    reaches somebody, once a day, and as often as the round allows at the most.
    """
    if not invitation.has_coordinator:
        return no(_("It has no confirmed coordinator, so no letter reaches it."))
    if invitation.reminders >= round.most_reminders:
        return no(_("It was reminded as often as the round allows."))
    if invitation.reminded_on is not None and invitation.reminded_on >= today:
        return no(_("It was reminded today."))
    return YES
