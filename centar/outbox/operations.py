"""Queueing, sending and sending again. Nothing here is called with an open lock on an event."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from centar.access import Refusal
from centar.audit import trail
from centar.outbox import kinds
from centar.outbox.models import Letter
from centar.script import faces
from centar.script.latin import to_latin

logger = logging.getLogger(__name__)

# Minutes to the next attempt after the first, second … failure; then the letter has failed.
RETRY_MINUTES = (1, 5, 15, 60, 240)
ADDRESSES = re.compile(r"(https?://\S+|\S+@\S+)")
# A letter still "being sent" after this long lost its sender, and is taken up again.
LOST_AFTER = timedelta(minutes=10)


def queue(
    kind: str,
    *,
    object_id: int,
    recipient: str,
    version: str,
    face: str = "cyr",
    **context: Any,
) -> None:
    """Put one letter on its way once the transaction is committed.

    Queueing the same letter twice (kind, object, recipient and version) sends it once.
    A person without an address gets none.
    """
    letter = Letter(
        kind=kinds.get(kind).code,
        object_id=object_id,
        recipient=recipient,
        version=version,
        face=face,
        context=context,
    )
    queue_many([letter])


def queue_many(letters: Iterable[Letter]) -> None:
    """Put several letters on their way with one statement."""
    addressed = [letter for letter in letters if letter.recipient]
    if not addressed:
        return
    Letter.objects.bulk_create(addressed, ignore_conflicts=True)
    # One wake-up for the whole transaction; the sweep of every minute finds what it misses.
    connection = transaction.get_connection()
    if not any(hook[1] is _wake_worker for hook in connection.run_on_commit):
        transaction.on_commit(_wake_worker)


def _wake_worker() -> None:
    async_task("centar.outbox.jobs.deliver_due")


def deliver_due(now: datetime | None = None) -> int:
    """Send every letter whose turn has come; gives how many were sent."""
    _give_up_deadly(now or timezone.now())
    sent = 0
    while (letter := _take_next(now or timezone.now())) is not None:
        sent += _deliver(letter)
    return sent


def _give_up_deadly(now: datetime) -> None:
    # Whatever ended the worker at every attempt would end it for ever, and stop all others.
    lost = Letter.objects.due(now).filter(
        state=Letter.State.SENDING, attempts__gt=len(RETRY_MINUTES)
    )
    for letter in lost:
        _end_unsent(letter, Letter.State.FAILED, _("The worker stopped while it sent this letter."))


@transaction.atomic
def _take_next(now: datetime) -> Letter | None:
    letter = (
        Letter.objects.due(now)
        .select_for_update(skip_locked=True)
        .order_by("next_attempt_at", "pk")
        .first()
    )
    if letter is not None:
        letter.state = Letter.State.SENDING
        letter.attempts += 1
        letter.next_attempt_at = now + LOST_AFTER
        letter.save(update_fields=["state", "attempts", "next_attempt_at"])
    return letter


def _deliver(letter: Letter) -> bool:
    # No transaction is open here: a slow mail server must not hold rows.
    try:
        message = write(letter)
        _send(letter, message)
    except kinds.NoLongerTrue as untrue:
        _end_unsent(letter, Letter.State.DROPPED, str(untrue))
        return False
    except (SMTPException, OSError) as failure:
        _postpone(letter, f"{type(failure).__name__}: {failure}")
        return False
    except Exception as failure:
        # One letter that cannot be written must not stop the others; staff see it.
        logger.exception("Letter %s could not be written", letter.pk)
        _postpone(letter, f"{type(failure).__name__}: {failure}")
        return False
    letter.state = Letter.State.SENT
    letter.sent_at = timezone.now()
    letter.error = ""
    letter.subject = message.subject[:250]
    if kinds.is_secret(letter.kind):
        letter.context = {}
    else:
        letter.text = message.kept_text
    letter.save(update_fields=["state", "sent_at", "error", "subject", "text", "context"])
    return True


def _postpone(letter: Letter, error: str) -> None:
    if letter.attempts > len(RETRY_MINUTES):
        _end_unsent(letter, Letter.State.FAILED, error)
        return
    letter.error = error[:2000]
    letter.state = Letter.State.QUEUED
    wait = RETRY_MINUTES[letter.attempts - 1]
    letter.next_attempt_at = timezone.now() + timedelta(minutes=wait)
    letter.save(update_fields=["state", "error", "next_attempt_at"])


def _end_unsent(letter: Letter, state: Letter.State, error: str) -> None:
    letter.state = state
    letter.error = error[:2000]
    if kinds.is_secret(letter.kind):
        letter.context = {}
    letter.save(update_fields=["state", "error", "context"])


def write(letter: Letter) -> kinds.Message:
    """The letter as its recipient would read it now; raises NoLongerTrue."""
    face = faces.by_code(letter.face)
    with translation.override(face.language):
        message = kinds.get(letter.kind).compose(letter)
    if not face.is_latin:
        return message
    return replace(message, subject=_in_latin(message.subject), text=_in_latin(message.text))


def _in_latin(text: str) -> str:
    # An address may hold Serbian letters, and would lead nowhere in others.
    parts = ADDRESSES.split(text)
    return "".join(part if number % 2 else to_latin(part) for number, part in enumerate(parts))


def _send(letter: Letter, message: kinds.Message) -> None:
    mail = EmailMultiAlternatives(
        subject=" ".join(message.subject.split()),
        body=message.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[letter.recipient],
        headers={
            # A repeated attempt keeps its identity, so that a mail server can drop a double.
            "Message-ID": f"<letter-{letter.pk}@{settings.SITE_URL.split('//')[1]}>",
            "Auto-Submitted": "auto-generated",  # nobody's "out of office" answers (RFC 3834)
        },
    )
    mail.attach_alternative(_as_html(letter, message), "text/html")
    for part in message.attachments:
        mail.attach(part.name, part.content, part.mime_type)
    mail.send()


def _as_html(letter: Letter, message: kinds.Message) -> str:
    lang = faces.by_code(letter.face).html_lang
    paragraphs = [part.strip() for part in message.text.split("\n\n") if part.strip()]
    context = {"lang": lang, "subject": message.subject, "paragraphs": paragraphs}
    return render_to_string("outbox/letter.html", context)


@transaction.atomic
def drop(kind: str, *, object_id: int, **facts: Any) -> int:
    """Drop the letters with these facts that nobody has taken up yet; gives how many.

    One that is being sent at this moment is left: somebody may read it.
    """
    waiting = Letter.objects.select_for_update(no_key=True).filter(
        kind=kind, object_id=object_id, state=Letter.State.QUEUED, context__contains=facts
    )
    dropped = list(waiting)
    for letter in dropped:
        _end_unsent(letter, Letter.State.DROPPED, _("What it would say has ceased to be so."))
    return len(dropped)


@transaction.atomic
def resend(*, letter: Letter, by: trail.Actor) -> Letter:
    """Send the same letter once more, as a new version; the old row stays as it was.

    Refuses a letter with a private link, and one that is on its way, this row or a later one.
    """
    if kinds.is_secret(letter.kind):
        raise Refusal(_("This letter held a private link. The person can ask for a new one."))
    # Two clicks at once meet here.
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    version = letter.version.split("+")[0]
    on_their_way = Letter.objects.filter(
        Q(version=version) | Q(version__startswith=f"{version}+"),
        kind=letter.kind,
        object_id=letter.object_id,
        recipient=letter.recipient,
        state__in=(Letter.State.QUEUED, Letter.State.SENDING),
    )
    if on_their_way.exists():
        raise Refusal(_("This letter is already on its way."))
    again = Letter.objects.create(
        kind=letter.kind,
        object_id=letter.object_id,
        recipient=letter.recipient,
        version=f"{version}+{timezone.now():%Y%m%d%H%M%S%f}",
        face=letter.face,
        context=letter.context,
    )
    trail.record("outbox.resend", again, by=by, again_of=letter.pk)
    transaction.on_commit(_wake_worker)
    return again
