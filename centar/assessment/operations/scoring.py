"""An assessor writes, sends or declines, and gets back what was sent by mistake."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.assessment import permissions
from centar.assessment.letters import assessors as assessors_letters
from centar.assessment.letters import chairs as letters
from centar.assessment.models import Assignment, Criterion, Score
from centar.assessment.operations.locks import lock_assignment
from centar.assessment.operations.telling import tell_if_all_in
from centar.assessment.queries import work
from centar.audit import trail
from centar.people.models import User

State = Assignment.State
DRAFTED = (
    "recommendation",
    "for_author",
    "for_chair",
    "saves",
    "saved_at",
    "saved_from",
)
GIVEN_BACK = ("state", "sent_at", "due_on", "given_back_because", "reminders", "reminded_on")


@dataclass(frozen=True)
class Given:
    """What an assessor says by one criterion; a draft may lack the points."""

    points: int | None = None
    comment: str = ""


@dataclass(frozen=True)
class Written:
    """What an assessor has written so far; `scores` by the keys of criteria."""

    scores: Mapping[int, Given] = field(default_factory=dict)
    recommendation: str = ""
    for_author: str = ""
    for_chair: str = ""


@dataclass(frozen=True)
class Seen:
    """What the page that is saved had seen: how often the draft was saved, and which page it is,
    so that it is never told of its own earlier saving.
    """

    saves: int
    page: str


class ChangedMeanwhile(Refusal):
    """The assessor has saved the draft from another page since this one was opened."""

    def __init__(self, assignment: Assignment) -> None:
        super().__init__(_("You have changed this assessment on another page or device meanwhile."))
        self.assignment = assignment


@transaction.atomic
def keep_scores(*, assignment_id: int, written: Written, seen: Seen, by: User) -> Assignment:
    """Keep a draft, however much of it is still missing. Saving the same again changes nothing.

    Refuses by ChangedMeanwhile what was saved from another page since, points that a criterion
    does not have, and whoever may not assess.
    """
    assignment = lock_assignment(assignment_id)
    demand(permissions.may_assess(assignment, by))
    _keep(assignment, written, seen)
    return assignment


@transaction.atomic
def send(*, assignment_id: int, written: Written, seen: Seen, by: User) -> Assignment:
    """Keep and send an assessment. The chair is told when it was the last awaited.

    Refuses as keeping does, and when something is missing. It changes again only by `give_back`.
    """
    assignment = lock_assignment(assignment_id)
    demand(permissions.may_assess(assignment, by))
    criteria = _keep(assignment, written, seen)
    _demand_whole(assignment, written, criteria)
    assignment.state = State.SENT
    assignment.sent_at = timezone.now()
    assignment.save(update_fields=["state", "sent_at"])
    tell_if_all_in(assignment.item)
    trail.record("assessment.send", assignment, by=by)
    return assignment


@transaction.atomic
def decline(*, assignment_id: int, reason: str, by: User) -> Assignment:
    """Refuse to assess, with a reason for the chair, who is told; what was drafted stays."""
    assignment = lock_assignment(assignment_id)
    demand(permissions.may_decline(assignment, by))
    if not reason.strip():
        raise Refusal(_("Please write why; the chair will read it."), field="reason")
    assignment.state = State.DECLINED
    assignment.declined_because = reason
    assignment.save(update_fields=["state", "declined_because"])
    letters.queue_declined(assignment, work.chairs_of(assignment.item))
    tell_if_all_in(assignment.item)
    trail.record("assessment.decline", assignment, by=by)
    return assignment


@transaction.atomic
def give_back(*, assignment_id: int, reason: str, due_on: date, by: User) -> Assignment:
    """Let an assessor change what they have sent, with a reason and a last day, by letter.

    What was sent becomes their draft again and counts no more; the audit keeps it as it was.
    Refuses what is not sent, one's own, after the item is closed by a decision or a request for
    changes, without a reason, and a day that is over.
    """
    assignment = lock_assignment(assignment_id)
    demand(permissions.may_give_back(assignment, by))
    if not reason.strip():
        raise Refusal(_("Please write why; the assessor will read it."), field="reason")
    today = timezone.localdate()
    if due_on < today:
        raise Refusal(_("This last day is over; choose another."), field="due_on")
    before = _as_sent(assignment)
    assignment.state = State.ASKED
    assignment.sent_at = None
    assignment.due_on = due_on
    assignment.given_back_because = reason.strip()
    # The letter of today reminds them; the next reminder comes by the rules from here.
    assignment.reminders, assignment.reminded_on = 0, today
    assignment.save(update_fields=GIVEN_BACK)
    assessors_letters.queue_given_back(assignment)
    trail.record(
        "assessment.give_back",
        assignment,
        by=by,
        reason=assignment.given_back_because,
        person=assignment.person_id,
        **before,
    )
    return assignment


def _as_sent(assignment: Assignment) -> dict[str, str | int | None]:
    """What was sent, for the audit: criteria by their keys, whose words may change."""
    assert assignment.sent_at is not None  # only what was sent is given back
    before = kept(assignment)
    facts: dict[str, str | int | None] = {
        "sent_at": assignment.sent_at.isoformat(),
        "recommendation": before.recommendation,
        "for_author": before.for_author,
        "for_chair": before.for_chair,
    }
    for key, given in before.scores.items():
        facts[f"points_{key}"] = given.points
        if given.comment:
            facts[f"comment_{key}"] = given.comment
    return facts


def _keep(assignment: Assignment, written: Written, seen: Seen) -> list[Criterion]:
    """Write the draft, unless it is there already; gives the criteria of the panel."""
    criteria = list(assignment.item.panel.criteria.all())
    _demand_points(written, criteria)
    if kept(assignment) == _without_blanks(written):
        return criteria
    if assignment.saves != seen.saves and assignment.saved_from != seen.page:
        raise ChangedMeanwhile(assignment)
    assignment.recommendation = written.recommendation
    assignment.for_author = written.for_author
    assignment.for_chair = written.for_chair
    assignment.saves += 1
    assignment.saved_at = timezone.now()
    assignment.saved_from = seen.page
    assignment.save(update_fields=DRAFTED)
    assignment.scores.all().delete()
    Score.objects.bulk_create(
        Score(assignment=assignment, criterion_id=key, points=one.points, comment=one.comment)
        for key, one in _without_blanks(written).scores.items()
    )
    return criteria


def kept(assignment: Assignment) -> Written:
    """The draft as it is kept."""
    return Written(
        scores={
            one.criterion_id: Given(one.points, one.comment) for one in assignment.scores.all()
        },
        recommendation=assignment.recommendation,
        for_author=assignment.for_author,
        for_chair=assignment.for_chair,
    )


def _without_blanks(written: Written) -> Written:
    """Without criteria about which nothing is said."""
    said = {key: one for key, one in written.scores.items() if one != Given()}
    return Written(said, written.recommendation, written.for_author, written.for_chair)


def _demand_points(written: Written, criteria: list[Criterion]) -> None:
    most = {criterion.pk: criterion.most for criterion in criteria}
    if set(written.scores) - set(most):
        raise Refusal(_("The criteria have changed meanwhile. Please look at them again."))
    for key, one in written.scores.items():
        if one.points is not None and not 0 <= one.points <= most[key]:
            sentence = _("From 0 to %(most)d points are possible.") % {"most": most[key]}
            raise Refusal(sentence, field=f"points_{key}")


def _demand_whole(assignment: Assignment, written: Written, criteria: list[Criterion]) -> None:
    for criterion in criteria:
        given = written.scores.get(criterion.pk, Given())
        if given.points is None:
            raise Refusal(_("Please give points."), field=f"points_{criterion.pk}")
        if criterion.needs_comment and not given.comment.strip():
            raise Refusal(_("Please explain in words."), field=f"comment_{criterion.pk}")
    if assignment.item.panel.asks_recommendation and not written.recommendation:
        raise Refusal(_("Please say what you recommend."), field="recommendation")
