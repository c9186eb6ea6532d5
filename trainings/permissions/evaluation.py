"""Who may evaluate a seminar, who sees what came of it, and the sentence of a "no"."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.access import YES, Verdict, no
from centar.events import moments
from centar.events.models import Booking, Event
from centar.people import permissions as people
from centar.people.models import User
from trainings.models import EvaluationReceipt, Seminar, SeminarRules
from trainings.queries import trainers

VIEW_SEMINAR = "trainings.view_seminar"


def may_evaluate(booking: Booking, now: datetime) -> Verdict:
    """Whether the person of this booking may evaluate the seminar now: those who were there,
    once, from its end until the days of the rules have passed.
    """
    event = booking.event
    if event.state == Event.State.CANCELLED:
        return no(gettext_lazy("This event is cancelled."))
    if event.ends_at is None or event.ends_at > now:
        return no(gettext_lazy("The seminar can be evaluated when it is over."))
    if not booking.presences.exists():
        return no(gettext_lazy("Only those who were there evaluate the seminar."))
    if has_evaluated(booking):
        return no(gettext_lazy("You have evaluated this seminar already. Thank you!"))
    until = open_until(event)
    if until <= now:
        return no(_("The evaluation was open until %(when)s.") % {"when": moments.day(until)})
    if event.seminar.questionnaire_id is None and SeminarRules.current().questionnaire is None:
        return no(gettext_lazy("This seminar has no questionnaire."))
    return YES


def has_evaluated(booking: Booking) -> bool:
    """Whether the person of this booking has sent an evaluation of the seminar."""
    receipts = EvaluationReceipt.objects.filter(seminar=booking.event_id, person=booking.person_id)
    return receipts.exists()


def open_until(event: Event) -> datetime:
    """When the evaluation of this event, which has its days, closes."""
    assert event.ends_at is not None
    return event.ends_at + timedelta(days=SeminarRules.current().evaluation_days)


def may_see_results(user: object, seminar: Seminar) -> Verdict:
    """Whether this user reads what the participants said together: the staff and the trainers."""
    if people.works_on(user, VIEW_SEMINAR):
        return YES
    if isinstance(user, User) and trainers.leads(seminar.event, user):
        return YES
    return no(gettext_lazy("Only the Centre's staff and the trainers see the results."))
