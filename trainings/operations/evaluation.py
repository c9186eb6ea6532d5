"""Evaluating a seminar: who has done it and what was said go into tables that nothing joins."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.events.models import Booking
from centar.questionnaires import operations as questionnaires
from centar.questionnaires.models import Answer
from trainings.models import EvaluationReceipt, Seminar, SeminarResponse, SeminarRules
from trainings.permissions import evaluation as permissions


@transaction.atomic
def evaluate(*, booking_id: int, questionnaire_id: int, answers: Sequence[Answer]) -> None:
    """Keep one participant's answers, and apart from them that this participant has answered.

    Whoever calls has made sure that the booking is the sender's own (signed in, or by the link
    of the letter). Refuses a second time, out of time, for those who were not there, and when
    the seminar has got another questionnaire meanwhile. Gives nothing, and the audit names the
    seminar only: no entry, number or hour leads from a person to an answer.
    """
    booking = _lock_booking(booking_id)
    demand(permissions.may_evaluate(booking, timezone.now()))
    seminar = Seminar.objects.select_for_update(no_key=True).get(pk=booking.event_id)
    if seminar.questionnaire_id is None:
        # The usual one may be another tomorrow; this seminar keeps what was answered.
        seminar.questionnaire = SeminarRules.current().questionnaire
        seminar.save(update_fields=["questionnaire"])
    if seminar.questionnaire_id != questionnaire_id:
        raise Refusal(_("The questionnaire has been changed meanwhile. Please look at it again."))
    EvaluationReceipt.objects.create(
        seminar=seminar, person=booking.person, on=timezone.localdate()
    )
    response = questionnaires.keep_response(questionnaire_id=questionnaire_id, answers=answers)
    SeminarResponse.objects.create(response=response, seminar=seminar)
    trail.record("trainings.evaluate", seminar, by=None)


def _lock_booking(booking_id: int) -> Booking:
    """The booking, locked so that two windows of one participant come one after the other."""
    return (
        Booking.objects.select_for_update(no_key=True, of=("self",))
        .select_related("event__seminar", "person")
        .get(pk=booking_id)
    )
