"""Queueing, sending and sending again. Nothing here is called with an open lock on an event."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from centar.access import Refusal
from centar.audit import trail
from centar.outbox import kinds
from centar.outbox.models import Letter
from centar.script.latin import to_latin

logger = logging.getLogger(__name__)

# Minutes to the next attempt after the first, second … failure; then the letter has failed.
RETRY_MINUTES = (1, 5, 15, 60, 240)
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
    sent = 0
    while (letter := _take_next(now or timezone.now())) is not None:
        sent += _deliver(letter)
    return sent


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
        letter.state = Letter.State.DROPPED
        letter.error = str(untrue)
        letter.save(update_fields=["state", "error"])
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
    if kinds.get(letter.kind).secret:
        letter.context = {}
    else:
        letter.text = message.text
    letter.save(update_fields=["state", "sent_at", "error", "subject", "text", "context"])
    return True


def _postpone(letter: Letter, error: str) -> None:
    letter.error = error[:2000]
    if letter.attempts > len(RETRY_MINUTES):
        letter.state = Letter.State.FAILED
    else:
        letter.state = Letter.State.QUEUED
        wait = RETRY_MINUTES[letter.attempts - 1]
        letter.next_attempt_at = timezone.now() + timedelta(minutes=wait)
    letter.save(update_fields=["state", "error", "next_attempt_at"])


def write(letter: Letter) -> kinds.Message:
    """The letter as its recipient would read it now; raises NoLongerTrue."""
    language = "en" if letter.face == "en" else "sr"
    with translation.override(language):
        message = kinds.get(letter.kind).compose(letter)
    if letter.face != "lat":
        return message
    attachments = tuple(
        kinds.Attachment(to_latin(part.name), to_latin(part.content), part.mime_type)
        for part in message.attachments
    )
    return kinds.Message(to_latin(message.subject), to_latin(message.text), attachments)


def _send(letter: Letter, message: kinds.Message) -> None:
    mail = EmailMultiAlternatives(
        subject=" ".join(message.subject.split()),
        body=message.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[letter.recipient],
        # A repeated attempt keeps its identity, so that a mail server can drop a double.
        headers={"Message-ID": f"<letter-{letter.pk}@{settings.SITE_URL.split('//')[1]}>"},
    )
    mail.attach_alternative(_as_html(letter, message), "text/html")
    for part in message.attachments:
        mail.attach(part.name, part.content, part.mime_type)
    mail.send()


def _as_html(letter: Letter, message: kinds.Message) -> str:
    lang = {"cyr": "sr-Cyrl", "lat": "sr-Latn", "en": "en"}[letter.face]
    paragraphs = [part.strip() for part in message.text.split("\n\n") if part.strip()]
    context = {"lang": lang, "subject": message.subject, "paragraphs": paragraphs}
    return render_to_string("outbox/letter.html", context)


@transaction.atomic
def resend(*, letter: Letter, by: trail.Actor) -> Letter:
    """Send the same letter once more, as a new version; the old row stays as it was."""
    kind = kinds.get(letter.kind)
    if kind.secret:
        raise Refusal(_("This letter held a private link. The person can ask for a new one."))
    if letter.state in (Letter.State.QUEUED, Letter.State.SENDING):
        raise Refusal(_("This letter is already on its way."))
    again = Letter.objects.create(
        kind=letter.kind,
        object_id=letter.object_id,
        recipient=letter.recipient,
        version=f"{letter.version.split('+')[0]}+{timezone.now():%Y%m%d%H%M%S%f}",
        face=letter.face,
        context=letter.context,
    )
    trail.record("outbox.resend", again, by=by, again_of=letter.pk)
    transaction.on_commit(_wake_worker)
    return again
