"""What the summary of a round tells beside its results: what was done, and one school's answer."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from centar.events.models import Event
from centar.questionnaires import narrowing, tallies
from centar.questionnaires.models import Response, Rules
from centar.schools.models import School
from needs_survey.models import PlannedSeminar, Round
from needs_survey.queries import results
from needs_survey.queries.results import Beside


@dataclass(frozen=True)
class Deed:
    """A seminar that came of the round; `is_held` when it is over."""

    event: Event
    is_held: bool


def rounds(*, is_staff: bool) -> QuerySet[Round]:
    """Rounds whose summary may be read; the staff read also those that are not published."""
    return Round.objects.all() if is_staff else Round.objects.with_summary()


def is_enough(round: Round) -> bool:
    """Whether so many answered that a summary may be shown to everybody."""
    return results.responses_to(round).count() >= Rules.current().smallest_group


def deeds(round: Round) -> list[Deed]:
    """The seminars that came of the plans of the round and were published, by their days."""
    planned = PlannedSeminar.objects.filter(
        plan__round=round,
        seminar__event__state__in=(Event.State.OPEN, Event.State.CLOSED),
    )
    now = timezone.now()
    rows = planned.select_related("seminar__event")
    events = [one.seminar.event for one in rows if one.seminar is not None]
    events.sort(key=lambda event: (event.starts_at is None, event.starts_at, event.pk))
    return [Deed(event, event.ends_at is not None and event.ends_at <= now) for event in events]


def school_beside_region(round: Round, school: School) -> list[Beside] | None:
    """What the school said, and beside it what the region said as everybody may read it; None
    where the school said nothing.
    """
    own = Response.objects.filter(of_round__round=round, of_round__school=school)
    questions = results.questions_of(round)
    said = narrowing.of_all(questions, tallies.whole(questions, own))
    if not said.responses:
        return None
    region = {one.question.pk: one for one in results.public_tally(round).found}
    return [Beside(one, region[one.question.pk]) for one in said.found]
