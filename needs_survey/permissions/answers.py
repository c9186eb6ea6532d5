"""Who fills in and sends the answer of a school, and the sentence of a "no"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.access import YES, Verdict, no
from centar.events import moments
from centar.people import permissions as people
from centar.people.models import User
from needs_survey.models import Contributor, Invitation, SchoolAnswer
from needs_survey.permissions import rounds


@dataclass(frozen=True)
class Writer:
    """Who fills in: a coordinator with an account, or a colleague with a private link."""

    name: str
    user: User | None = None
    contributor: Contributor | None = None


def may_be_written(invitation: Invitation, today: date) -> Verdict:
    """Whether the answer can still be written: a no carries why not.

    It can while the round is open, and after sending only where the round allows changes.
    """
    survey = invitation.round
    if survey.opened_at is None or today < survey.opens_on:
        day = moments.day(survey.opens_on)
        return no(_("The survey can be answered from %(day)s.") % {"day": day})
    if today > survey.closes_on:
        day = moments.day(survey.closes_on)
        return no(_("The survey could be answered until %(day)s, midnight.") % {"day": day})
    answer = getattr(invitation, "answer", None)
    if answer is not None and answer.sent_at is not None and not survey.may_be_changed:
        return no(gettext_lazy("The answer is sent and cannot be changed any more."))
    return YES


def may_fill(invitation: Invitation, section_id: int, writer: Writer, today: date) -> Verdict:
    """Whether the writer may save this section now."""
    if writer.contributor is not None:
        # Asked anew, since the coordinator may have ended the link meanwhile.
        good = Contributor.objects.filter(
            pk=writer.contributor.pk,
            ended_at=None,
            answer__invitation=invitation,
            sections=section_id,
        )
        if not good.exists():
            sentence = gettext_lazy(
                "This link is no longer valid. Ask the coordinator for another."
            )
            return no(sentence)
    elif not people.coordinates(invitation.school_id, writer.user):
        return no(gettext_lazy("You do not coordinate this school."))
    elif not invitation.round.questionnaire.sections.filter(pk=section_id).exists():
        return no(gettext_lazy("This section is not of this survey."))
    return may_be_written(invitation, today)


def may_share(invitation: Invitation, by: User, today: date) -> Verdict:
    """Whether `by` gives sections to colleagues: a coordinator, while there is time."""
    if not people.coordinates(invitation.school_id, by):
        return no(gettext_lazy("You do not coordinate this school."))
    return may_be_written(invitation, today)


def may_send(invitation: Invitation, by: User, today: date) -> Verdict:
    """Whether `by` signs and sends for the school.

    A coordinator or the principal does; the principal is confirmed for the school like any
    coordinator, since what a profile says of one's post nobody has checked.
    """
    return may_share(invitation, by, today)


def may_read_sent(answer: SchoolAnswer, by: User) -> Verdict:
    """Whether `by` reads what the school sent: its coordinators and the Centre's staff."""
    if people.coordinates(answer.invitation.school_id, by):
        return YES
    return rounds.may_read_rounds(by)


def may_end(contributor: Contributor, by: User) -> Verdict:
    """Whether `by` ends the colleague's link: a coordinator of the school, at any time."""
    if people.coordinates(contributor.answer.invitation.school_id, by):
        return YES
    return no(gettext_lazy("You do not coordinate this school."))
