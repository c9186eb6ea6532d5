"""Emptying the urn: sealed ballots become responses that lead back to nobody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from centar.audit import trail
from centar.questionnaires import operations as questionnaires
from centar.questionnaires.models import Rules
from centar.schools.models import Municipality, Subject
from needs_survey.anonymous import codes, crowds, seals
from needs_survey.anonymous.crowds import Facts
from needs_survey.models import Ballot, Round, RoundResponse, TeacherInvitation
from needs_survey.operations import locks

AT_ONCE = 250
"""Ballots that are open at one time: open, they take many times the room."""
# Written in an order of chance, so that not even their places on the disk keep the old one.
_WRITE_ANEW = """
    WITH old AS (DELETE FROM {table} WHERE round_id = %s RETURNING *)
    INSERT INTO {table} SELECT * FROM old ORDER BY random()
"""


@transaction.atomic
def empty(*, round_id: int) -> int:
    """Turn the ballots that may leave into responses, in an order of chance; gives how many.

    While the round lasts only crowds leave, and a crowd stays. When it is over all leave, unless
    they are fewer than the smallest group: these stay sealed, the few who came when a round went
    on as well, since the results before and after would tell what they said. The responses bear
    the day on which they left, and all invitations of the round are written anew.

    All of it is one transaction, however many leave. Were they to leave in parts, each seen by
    itself, whoever reads the urn in between would know whose ballots a part was made of, and
    find a respondent among those of the part instead of among all.
    """
    # Whoever uses an invitation meanwhile waits, and finds it again (operations.teachers).
    round = locks.lock_round(round_id)
    sealed = dict(round.ballots.values_list("pk", "sealed"))
    known = {key: _facts(_open(round, ballot)) for key, ballot in sealed.items()}
    keys = list(known)
    found = crowds.leaving(
        list(known.values()),
        Rules.current().smallest_group,
        is_over=round.closes_on < timezone.localdate(),
    )
    leaving = [(keys[number], crowd.facts) for crowd in found for number in crowd.members]
    if not leaving:
        return 0
    crowds.shuffle(leaving)
    for first in range(0, len(leaving), AT_ONCE):
        part = leaving[first : first + AT_ONCE]
        _write_responses(round, [(_open(round, sealed[key]), facts) for key, facts in part])
    _take_out([key for key, _facts in leaving])
    _write_invitations_anew(round)
    trail.record("needs_survey.empty_urn", round, by=None, answers=len(leaving))
    return len(leaving)


def _open(round: Round, sealed: bytes | memoryview) -> dict[str, Any]:
    content: dict[str, Any] = seals.unseal(sealed, codes.urn_seals(round.pk))
    return content


def _facts(content: dict[str, Any]) -> Facts:
    return Facts(content["municipality"], content["school_kind"], content["subject"])


def _take_out(ballots: list[UUID]) -> None:
    # Never in the order in which the answers are written: a log of statements would show it.
    Ballot.objects.filter(pk__in=sorted(ballots)).delete()


def _write_responses(round: Round, leaving: Sequence[tuple[dict[str, Any], Facts]]) -> None:
    """The answers with what is known of their respondents; what has gone meanwhile is left out."""
    responses = questionnaires.keep_responses(
        questionnaire_id=round.questionnaire_id,
        said=[content["answers"] for content, _facts in leaving],
    )
    municipalities = set(Municipality.objects.values_list("pk", flat=True))
    subjects = set(Subject.objects.values_list("pk", flat=True))
    RoundResponse.objects.bulk_create(
        RoundResponse(
            response=response,
            round=round,
            municipality_id=facts.municipality if facts.municipality in municipalities else None,
            school_kind=facts.school_kind,
            subject_id=facts.subject if facts.subject in subjects else None,
        )
        for response, (_content, facts) in zip(responses, leaving, strict=True)
    )


def _write_invitations_anew(round: Round) -> None:
    statement = _WRITE_ANEW.format(table=TeacherInvitation._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(statement, [round.pk])
