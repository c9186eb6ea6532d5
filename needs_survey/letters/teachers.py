"""The letters that ask teachers for an anonymous answer, with the link that is written nowhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.outbox import kinds, operations
from centar.outbox.models import Letter
from centar.script import faces
from needs_survey import teacher_links
from needs_survey.models import TeacherInvitation
from needs_survey.permissions import teachers as permissions
from needs_survey.queries import teachers as queries

INVITATION = "needs_survey.teacher"
REMINDER = "needs_survey.teacher_reminder"
# Letters of a day wait until people are at work.
MORNING = time(8)


def register() -> None:
    """Make the kinds known to the outbox; called once, when the app is ready.

    They are secret: the link answers in the place of its owner.
    """
    invitation = gettext_lazy("a teacher is asked anonymously")
    reminder = gettext_lazy("reminder to answer anonymously")
    kinds.register(kinds.Kind(INVITATION, invitation, _invitation, secret=True))
    kinds.register(kinds.Kind(REMINDER, reminder, _reminder, secret=True))


def queue_invitations(invitations: Sequence[TeacherInvitation], first_day: date) -> None:
    """Ask each by letter, once, on the first day of the round at the earliest."""
    _queue(INVITATION, invitations, version="1", day=first_day)


def queue_reminders(invitations: Sequence[TeacherInvitation], today: date) -> None:
    """Remind each, once a day at the most."""
    _queue(REMINDER, invitations, version=f"{today:%Y-%m-%d}", day=today)


def _queue(kind: str, invitations: Sequence[TeacherInvitation], *, version: str, day: date) -> None:
    known = queries.faces_of([one.email for one in invitations])
    morning = timezone.make_aware(datetime.combine(day, MORNING))
    operations.queue_many(
        Letter(
            kind=kind,
            # The round: an invitation has no number, and is found by its address.
            object_id=one.round_id,
            recipient=one.email,
            version=version,
            face=known.get(one.email, faces.CYRILLIC.code),
            next_attempt_at=max(morning, timezone.now()),
        )
        for one in invitations
    )


def _invitation(letter: Letter) -> kinds.Message:
    return _message(letter, _("What do you need for your work? %(title)s"), is_reminder=False)


def _reminder(letter: Letter) -> kinds.Message:
    return _message(letter, _("We still ask: %(title)s"), is_reminder=True)


def _message(letter: Letter, subject: str, *, is_reminder: bool) -> kinds.Message:
    rows = TeacherInvitation.objects.select_related("round")
    invitation = rows.filter(round=letter.object_id, email=letter.recipient).first()
    if invitation is None or invitation.is_used:
        raise kinds.NoLongerTrue(_("This teacher is no longer asked."))
    survey = invitation.round
    verdict = permissions.may_answer(survey, timezone.localdate())
    if not verdict:
        raise kinds.NoLongerTrue(str(verdict.reason))
    face = faces.by_code(letter.face)
    link = settings.SITE_URL + faces.address(teacher_links.path(invitation), face)
    context = {"round": survey, "link": link, "is_reminder": is_reminder}
    written = render_to_string("needs_survey/letters/teacher.txt", context)
    text = re.sub(r"\n{3,}", "\n\n", written).strip() + "\n"
    return kinds.Message(subject % {"title": survey.title}, text, private_link=link)
