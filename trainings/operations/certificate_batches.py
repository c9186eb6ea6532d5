"""Certificates for all participants of a seminar, issued by the worker one after another.

Every participant is a transaction of its own, so a worker that dies loses nothing and whoever
takes the batch up again doubles nothing.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from centar.access import Refusal, demand
from centar.audit import trail
from centar.people.models import User
from centar.script import faces
from trainings import certificates as content
from trainings.models import BatchEntry, CertificateBatch, Seminar
from trainings.operations import certificates
from trainings.permissions import certificates as permissions
from trainings.queries import certificates as queries

logger = logging.getLogger(__name__)
State = CertificateBatch.State
# A batch that stood still for so long has lost its worker.
LOST_AFTER = timedelta(minutes=5)


@transaction.atomic
def order(*, seminar_id: int, by: User) -> CertificateBatch:
    """Have the worker issue certificates to all participants who have earned one.

    Refuses what nobody could get: a seminar that is not over, was cancelled or has no
    participants, and a second order while the first is at work.
    """
    demand(permissions.may_issue(by))
    certificates.occasion(seminar_id)
    seminar = Seminar.objects.select_for_update(no_key=True).get(pk=seminar_id)
    if seminar.certificate_batches.exclude(state=State.DONE).exists():
        raise Refusal(_("The certificates of this seminar are being issued already."))
    participants = list(queries.participants(seminar))
    if not participants:
        raise Refusal(_("Nobody has a place at this seminar; there is nobody to certify."))
    # The file to print is the newest batch's: the older ones hold nothing more.
    seminar.certificate_batches.update(print=None)
    batch = CertificateBatch.objects.create(seminar=seminar, total=len(participants), created_by=by)
    BatchEntry.objects.bulk_create(
        BatchEntry(batch=batch, booking=booking) for booking in participants
    )
    trail.record("trainings.order_certificates", batch, by=by, participants=len(participants))
    transaction.on_commit(lambda: _wake_worker(batch.pk))
    return batch


def _wake_worker(batch_id: int) -> None:
    async_task("trainings.jobs.certificates.issue_certificates", batch_id)


def work_off(batch_id: int) -> CertificateBatch:
    """Do what is left of a batch: issue to everybody who waits, then print all of it.

    May be called again at any time, and by two workers at once.
    """
    with translation.override(faces.CYRILLIC.language):
        batch = _step(batch_id, State.QUEUED)
        if batch.state == State.RUNNING:
            _issue_to_all(batch)
            batch = _step(batch_id, State.RUNNING)
        if batch.state == State.PRINTING:
            papers = queries.papers_of_batch(batch_id)
            batch = _finish(batch_id, content.print_all(papers) if papers else None)
    return batch


def lost() -> list[int]:
    """Batches whose worker was never woken or died, the oldest first."""
    at_work = CertificateBatch.objects.exclude(state=State.DONE)
    still = at_work.filter(moved_at__lt=timezone.now() - LOST_AFTER)
    return list(still.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _step(batch_id: int, state: str) -> CertificateBatch:
    """From this state to the next; a batch in another state stays as it is."""
    batch = _lock(batch_id)
    # Another worker may still be busy with the last participant.
    is_through = state != State.RUNNING or not batch.entries.filter(done_at=None).exists()
    if batch.state == state and is_through:
        batch.state = CertificateBatch.FOLLOWING[State(state)]
        batch.moved_at = timezone.now()
        batch.save(update_fields=["state", "moved_at"])
    return batch


def _lock(batch_id: int) -> CertificateBatch:
    rows = CertificateBatch.objects.defer("print").select_related("created_by")
    return rows.select_for_update(of=("self",)).get(pk=batch_id)


def _issue_to_all(batch: CertificateBatch) -> None:
    held: certificates.Occasion | None
    try:
        held = certificates.occasion(batch.seminar_id)
    except Refusal:
        held = None  # then each participant is refused, with the reason
    while _issue_next(batch, held):
        pass


@transaction.atomic
def _issue_next(batch: CertificateBatch, held: certificates.Occasion | None) -> bool:
    """Issue to one participant who waits; False when nobody does."""
    waiting = BatchEntry.objects.select_for_update(skip_locked=True).filter(
        batch=batch, done_at=None
    )
    entry = waiting.order_by("pk").first()
    if entry is None:
        return False
    try:
        entry.certificate = certificates.issue(
            booking_id=entry.booking_id, by=batch.created_by, occasion_=held
        )
    except Refusal as refusal:
        entry.reason = str(refusal)
    except Exception:
        # One participant in trouble must not keep the others waiting.
        logger.exception("No certificate for booking %s", entry.booking_id)
        entry.reason = _("An error of the portal; it is in the log. Issue this one singly.")
    now = timezone.now()
    entry.done_at = now
    entry.save(update_fields=["certificate", "reason", "done_at"])
    CertificateBatch.objects.filter(pk=batch.pk).update(
        issued=F("issued") + int(entry.certificate is not None),
        refused=F("refused") + int(entry.certificate is None),
        moved_at=now,
    )
    return True


@transaction.atomic
def _finish(batch_id: int, printed: bytes | None) -> CertificateBatch:
    batch = _lock(batch_id)
    if batch.state == State.PRINTING:
        batch.state = CertificateBatch.FOLLOWING[State.PRINTING]
        batch.print = printed
        batch.moved_at = batch.finished_at = timezone.now()
        batch.save(update_fields=["state", "print", "moved_at", "finished_at"])
        trail.record("trainings.finish_certificates", batch, by=None, issued=batch.issued)
    return batch
