"""The letters that ask schools for their answer, remind them and thank them.

Each is written when it is sent, from the facts of that moment.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.outbox import kinds, operations
from centar.outbox.models import Letter
from centar.people.models import Person
from centar.script import faces
from needs_survey.letters.texts import written
from needs_survey.models import Invitation, Round

INVITATION = "needs_survey.invitation"
REMINDER = "needs_survey.reminder"
THANKS = "needs_survey.thanks"
# Letters that the worker queues at midnight wait until people are at work.
MORNING = time(8)

Addressees = Iterable[tuple[Invitation, Person]]


def register() -> None:
    """Make the kinds known to the outbox; called once, when the app is ready."""
    for kind in (
        kinds.Kind(INVITATION, gettext_lazy("a school is asked for its needs"), _invitation),
        kinds.Kind(REMINDER, gettext_lazy("reminder to answer the survey"), _reminder),
        kinds.Kind(THANKS, gettext_lazy("thanks for the school's answer"), _thanks),
    ):
        kinds.register(kind)


def queue_invitations(addressees: Addressees, first_day: date) -> None:
    """Ask the coordinators, once each for a school, on the first day of the round at the
    earliest.
    """
    _queue(INVITATION, addressees, version="1", at=_morning(first_day))


def queue_reminders(addressees: Addressees, on: date, *, at_once: bool = False) -> None:
    """Remind the coordinators, once a day at the most; in the morning, if not at once."""
    at = timezone.now() if at_once else _morning(on)
    _queue(REMINDER, addressees, version=f"{on:%Y-%m-%d}", at=at)


def queue_thanks(addressees: Addressees, sent_at: datetime) -> None:
    """Thank the coordinators, and give them the receipt."""
    _queue(THANKS, addressees, version=f"{sent_at:%Y-%m-%d %H:%M:%S.%f}", at=sent_at)


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, MORNING))


def _queue(kind: str, addressees: Addressees, *, version: str, at: datetime) -> None:
    operations.queue_many(
        Letter(
            kind=kind,
            object_id=invitation.pk,
            recipient=person.email,
            version=version,
            face=person.face,
            context={"name": person.first_name},
            next_attempt_at=max(at, timezone.now()),
        )
        for invitation, person in addressees
    )


def _invitation(letter: Letter) -> kinds.Message:
    invitation = _asked(letter)
    if not invitation.round.is_open_on(timezone.localdate()):
        raise kinds.NoLongerTrue(_("The round is not open any more."))
    return _message(letter, invitation, _("What does your school need? %(title)s"), "invitation")


def _reminder(letter: Letter) -> kinds.Message:
    invitation = _asked(letter)
    subject = _("We have no answer of your school: %(title)s")
    return _message(letter, invitation, subject, "reminder")


def _thanks(letter: Letter) -> kinds.Message:
    invitation = _find(letter)
    return _message(letter, invitation, _("Your school's answer has arrived: %(title)s"), "thanks")


def _asked(letter: Letter) -> Invitation:
    """The invitation of a school that has sent nothing yet."""
    invitation = _find(letter)
    answer = getattr(invitation, "answer", None)
    if answer is not None and answer.sent_at is not None:
        raise kinds.NoLongerTrue(_("The school has answered."))
    return invitation


def _find(letter: Letter) -> Invitation:
    rows = Invitation.objects.select_related("round", "school", "answer")
    invitation = rows.filter(pk=letter.object_id).first()
    if invitation is None:
        raise kinds.NoLongerTrue(_("The school is not asked any more."))
    return invitation


def _message(letter: Letter, invitation: Invitation, subject: str, template: str) -> kinds.Message:
    face = faces.by_code(letter.face)
    survey: Round = invitation.round
    context: dict[str, Any] = {
        "name": letter.context["name"],
        "invitation": invitation,
        "answer": getattr(invitation, "answer", None),
        "round": survey,
        "is_open": survey.is_open_on(timezone.localdate()),
        "page": settings.SITE_URL
        + faces.address(reverse("needs_survey:school_answer", args=[invitation.pk]), face),
        "receipt": settings.SITE_URL
        + faces.address(reverse("needs_survey:receipt", args=[invitation.pk]), face),
    }
    return kinds.Message(subject % {"title": survey.title}, written(template, context))
