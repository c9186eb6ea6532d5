"""The urn of a survey that is over: 5,000 sealed answers to 60 questions become responses."""

from __future__ import annotations

import time
from datetime import timedelta

from django.utils import timezone

from centar.questionnaires.models import Response
from centar.schools.models import School
from needs_survey.models import Ballot, Round
from needs_survey.operations import teachers, urn
from tests.bench.figures import Figure
from tests.bench.load import UnexpectedAnswer
from tests.bench.parts import needs
from tests.bench.site import Site

TITLE = "Проба брзине: пуна урна"
SECONDS = 150
"""What emptying may take: half of what the worker gives to a job."""
AT_ONCE = 500


def furnish() -> None:
    """A round that ended yesterday, with the questionnaire of the results and a full urn."""
    answered = Round.objects.get(title=needs.TITLE)
    yesterday = timezone.localdate() - timedelta(days=1)
    round_ = Round.objects.create(
        title=TITLE,
        kind=Round.Kind.TEACHERS,
        questionnaire=answered.questionnaire,
        opens_on=yesterday - timedelta(days=20),
        closes_on=yesterday,
        opened_at=timezone.now(),
    )
    questions = list(answered.questionnaire.questions.prefetch_related("options"))
    schools = list(School.objects.order_by("pk"))
    for first in range(0, needs.RESPONSES, AT_ONCE):
        Ballot.objects.bulk_create(
            Ballot(
                round=round_,
                sealed=teachers.sealed_ballot(
                    round_.pk,
                    schools[number % len(schools)],
                    None,
                    needs.answers(Response(), questions, number),
                ),
            )
            for number in range(first, first + AT_ONCE)
        )


def measure(site: Site) -> list[Figure]:
    """How long it takes; the ratio is to the time that it may take."""
    started = time.perf_counter()
    left = urn.empty(round_id=Round.objects.get(title=TITLE).pk)
    seconds = time.perf_counter() - started
    if left != needs.RESPONSES:
        raise UnexpectedAnswer(f"{left} answers left the urn, not {needs.RESPONSES}.")
    return [Figure("needs.urn_emptied", seconds, "s", seconds / SECONDS, 1)]
