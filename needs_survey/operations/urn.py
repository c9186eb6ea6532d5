"""Emptying the urn: sealed ballots become responses that lead back to nobody."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from centar.audit import trail
from centar.questionnaires import operations as questionnaires
from centar.questionnaires.models import Answer, Option, Question, Rules
from centar.schools.models import Municipality, Subject
from needs_survey.anonymous import codes, crowds, seals
from needs_survey.anonymous.crowds import Crowd, Facts
from needs_survey.models import Ballot, Round, RoundResponse, TeacherInvitation

# Written in an order of chance, so that not even their places on the disk keep the old one.
_WRITE_ANEW = """
    WITH old AS (DELETE FROM {table} WHERE round_id = %s RETURNING *)
    INSERT INTO {table} SELECT * FROM old ORDER BY random()
"""


@transaction.atomic
def empty(*, round_id: int) -> int:
    """Turn the ballots that may leave into responses, in an order of chance; gives how many.

    While the round lasts only crowds leave, and a crowd stays. When it is over all leave, unless
    the whole round brought fewer answers than the smallest group: they stay sealed, since nothing
    of them is ever shown. The responses bear the day on which they left, and all invitations of
    the round are written anew in the same transaction.
    """
    # Whoever uses an invitation meanwhile waits, and finds it again (operations.teachers).
    round = Round.objects.select_for_update(no_key=True).get(pk=round_id)
    sealed = dict(round.ballots.values_list("pk", "sealed"))
    known = {key: _facts(_open(round, ballot)) for key, ballot in sealed.items()}
    keys = list(known)
    leaving = [
        (keys[number], crowd.facts)
        for crowd in _crowds(round, list(known.values()))
        for number in crowd.members
    ]
    if not leaving:
        return 0
    crowds.shuffle(leaving)
    # One by one: open, they take many times the room.
    _write_responses(round, ((_open(round, sealed[key]), facts) for key, facts in leaving))
    _take_out([key for key, _facts in leaving])
    _write_invitations_anew(round)
    trail.record("needs_survey.empty_urn", round, by=None, answers=len(leaving))
    return len(leaving)


def _open(round: Round, sealed: bytes | memoryview) -> dict[str, Any]:
    content: dict[str, Any] = seals.unseal(sealed, codes.urn_seal(round.pk))
    return content


def _facts(content: dict[str, Any]) -> Facts:
    return Facts(content["municipality"], content["school_kind"], content["subject"])


def _take_out(ballots: list[UUID]) -> None:
    # Never in the order in which the answers are written: a log of statements would show it.
    Ballot.objects.filter(pk__in=sorted(ballots)).delete()


def _crowds(round: Round, known: list[Facts]) -> list[Crowd]:
    is_over = round.closes_on < timezone.localdate()
    found = crowds.leaving(known, Rules.current().smallest_group, is_over=is_over)
    if known and not found and is_over and round.responses.exists():
        # A round that went on after its end: the few who came late, with nothing about them.
        return [Crowd(list(range(len(known))), Facts())]
    return found


def _write_responses(round: Round, leaving: Iterable[tuple[dict[str, Any], Facts]]) -> None:
    questions = set(
        Question.objects.filter(questionnaire=round.questionnaire_id).values_list("pk", flat=True)
    )
    options = Option.objects.filter(question__in=questions)
    offered = {None, *options.values_list("pk", flat=True)}
    municipalities = set(Municipality.objects.values_list("pk", flat=True))
    subjects = set(Subject.objects.values_list("pk", flat=True))
    for content, facts in leaving:
        # What was taken out of the questionnaire or of a list meanwhile cannot be kept.
        answers = [
            Answer(**{**one, "number": None if one["number"] is None else Decimal(one["number"])})
            for one in content["answers"]
            if one["question_id"] in questions and one["option_id"] in offered
        ]
        response = questionnaires.keep_response(
            questionnaire_id=round.questionnaire_id, answers=answers
        )
        RoundResponse.objects.create(
            response=response,
            round=round,
            municipality_id=facts.municipality if facts.municipality in municipalities else None,
            school_kind=facts.school_kind,
            subject_id=facts.subject if facts.subject in subjects else None,
        )


def _write_invitations_anew(round: Round) -> None:
    statement = _WRITE_ANEW.format(table=TeacherInvitation._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(statement, [round.pk])
