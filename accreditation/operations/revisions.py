"""Changes that are asked of the authors, point by point, and what they answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation import states
from accreditation.letters import decisions as letters
from accreditation.locks import lock_proposal
from accreditation.models import RevisionPoint, RevisionRequest, Version
from accreditation.operations.closing import close_reviews
from accreditation.permissions import reviews as permissions
from accreditation.queries import proposals as queries
from centar.access import Refusal, demand
from centar.audit import trail
from centar.people.models import User


@transaction.atomic
def ask(
    *, version_id: int, points: Sequence[str], note: str, due_on: date, by: User
) -> RevisionRequest:
    """Ask the authors to change this version: what, point by point, and until when.

    Its assessments are closed, and the authors get a letter. Refuses a version that is not the
    last any more, a request without points, and a day that is over.
    """
    version = Version.objects.get(pk=version_id)
    proposal = lock_proposal(version.proposal_id)
    demand(permissions.may_decide(proposal, by))
    demand(permissions.may_happen(proposal, "ask_changes", timezone.localdate()))
    _demand_last(version)
    asked = [point.strip() for point in points if point.strip()]
    if not asked:
        raise Refusal(_("Write at least one thing that is to be changed."), field="points")
    _demand_to_come(due_on)
    request = RevisionRequest.objects.create(version=version, note=note, due_on=due_on)
    RevisionPoint.objects.bulk_create(
        RevisionPoint(request=request, order=number, text=text)
        for number, text in enumerate(asked, 1)
    )
    close_reviews(version, by=by)
    proposal.state = states.transition("ask_changes").after
    proposal.save(update_fields=["state"])
    letters.queue_request(request)
    trail.record("accreditation.ask_changes", proposal, by=by, points=len(asked))
    return request


@transaction.atomic
def extend(*, request_id: int, due_on: date, by: User) -> RevisionRequest:
    """Give the authors more time, also when it was over; they get a letter.

    Refuses a day that is over, and what was answered already.
    """
    request = RevisionRequest.objects.select_related("version__proposal").get(pk=request_id)
    proposal = lock_proposal(request.version.proposal_id)
    demand(permissions.may_decide(proposal, by))
    request.refresh_from_db(fields=["answered_by"])
    if request.answered_by_id is not None or proposal.state != proposal.State.REVISION:
        raise Refusal(_("The authors have answered already."))
    _demand_to_come(due_on)
    request.due_on = due_on
    request.save(update_fields=["due_on"])
    letters.queue_request(request)
    trail.record("accreditation.extend_request", proposal, by=by, due_on=f"{due_on:%Y-%m-%d}")
    return request


@transaction.atomic
def answer(
    *, request_id: int, answers: Mapping[int, str], seen: Mapping[int, int], by: User
) -> RevisionRequest:
    """Keep what the authors answer to the points, by the keys of these; drafts too.

    `seen` are the revisions that the page had seen. An answer that somebody else has changed
    since is not overwritten: the whole is refused.
    """
    request = RevisionRequest.objects.select_related("version__proposal").get(pk=request_id)
    lock_proposal(request.version.proposal_id)
    request = RevisionRequest.objects.select_related("version__proposal").get(pk=request_id)
    demand(permissions.may_answer(request, by, timezone.localdate()))
    for point in request.points.all():
        said = answers.get(point.pk, point.answer)
        if said == point.answer:
            continue
        if point.revision != seen.get(point.pk):
            raise Refusal(
                _("Somebody else has changed this answer since. It is: %(answer)s")
                % {"answer": point.answer or "–"},
                field=f"point_{point.pk}",
            )
        point.answer = said
        point.save(update_fields=["answer"])
        trail.record("accreditation.answer_point", point, by=by)
    return request


def _demand_last(version: Version) -> None:
    if queries.last_version(version.proposal) != version:
        raise Refusal(_("The authors have submitted a newer version since."))


def _demand_to_come(due_on: date) -> None:
    if due_on < timezone.localdate():
        raise Refusal(_("The last day is over."), field="due_on")
