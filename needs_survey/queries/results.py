"""What the answers to a round say, narrowed as far as nobody is recognised, and when it changed."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet

from centar import sql
from centar.questionnaires import groups, narrowing, tallies
from centar.questionnaires import queries as questionnaires
from centar.questionnaires.models import Question, Questionnaire, Response, Rules
from centar.questionnaires.narrowing import Found, Tally
from centar.schools.models import Municipality, School, Subject
from needs_survey.models import Round, RoundResponse

WAYS = ("municipality", "school_kind", "subject")
"""The ways in which responses are divided, in the order in which they are kept apart."""

STAMP = """
    SELECT r.revision, r.compared_with_id,
           (SELECT count(*) FROM needs_survey_roundresponse
             WHERE round_id IN (r.id, r.compared_with_id)),
           (SELECT coalesce(sum(a.revision), 0) FROM needs_survey_schoolanswer a
              JOIN needs_survey_invitation i ON i.id = a.invitation_id
             WHERE i.round_id IN (r.id, r.compared_with_id)),
           (SELECT string_agg(concat(q.revision, q.title), '/' ORDER BY q.id)
              FROM questionnaires_questionnaire q
             WHERE q.id IN (r.questionnaire_id, old.questionnaire_id)),
           (SELECT md5(string_agg(q::text, '' ORDER BY q.id)) FROM questionnaires_question q
             WHERE q.questionnaire_id IN (r.questionnaire_id, old.questionnaire_id)),
           (SELECT md5(string_agg(o::text, '' ORDER BY o.id)) FROM questionnaires_option o
              JOIN questionnaires_question q ON q.id = o.question_id
             WHERE q.questionnaire_id IN (r.questionnaire_id, old.questionnaire_id)),
           (SELECT revision FROM questionnaires_rules),
           (SELECT sum(changes) FROM audit_stamp WHERE "table" LIKE 'schools\\_%%')
      FROM needs_survey_round r
      LEFT JOIN needs_survey_round old ON old.id = r.compared_with_id
     WHERE r.id = %(round)s
"""


def stamp(round_id: int) -> tuple[Any, ...] | None:
    """What changes whenever the results of the round, or of the one beside it, may change; None
    where there is no such round.
    """
    return next(iter(sql.rows(STAMP, round=round_id)), None)


@dataclass(frozen=True)
class Narrowing:
    """Whose answers are shown: everybody's where nothing is named."""

    municipality: int | None = None
    school_kind: str | None = None
    subject: int | None = None

    @property
    def chosen(self) -> dict[str, int | str]:
        """The ways in which it is narrowed, with their values."""
        values = {way: getattr(self, way) for way in WAYS}
        return {way: value for way, value in values.items() if value is not None}


EVERYBODY = Narrowing()


@dataclass(frozen=True)
class Beside:
    """A question's result, and that of the question with its code in the round beside it."""

    now: Found
    before: Found | None = None


@dataclass(frozen=True)
class Results:
    """What a round brought; `before` is the tally of the round that it is compared with.

    `refused`: so narrow that somebody could be recognised, or in two ways at once where answers
    are anonymous; or by something that nobody named.
    """

    round: Round
    tally: Tally
    before: Tally | None = None
    refused: bool = False

    @property
    def found(self) -> list[Beside]:
        """Each question, with what the same one brought before."""
        old = {one.question.code: one for one in self.before.found} if self.before else {}
        beside = []
        for one in self.tally.found:
            before = old.get(one.question.code)
            is_same = before is not None and before.question.kind == one.question.kind
            beside.append(Beside(one, before if is_same else None))
        return beside


@dataclass(frozen=True)
class Offered:
    """The values by which a round can be narrowed, each with its name."""

    municipality: list[tuple[Any, str]] = field(default_factory=list)
    school_kind: list[tuple[Any, str]] = field(default_factory=list)
    subject: list[tuple[Any, str]] = field(default_factory=list)


def offered(round: Round) -> Offered:
    """The values that somebody named and, where answers are anonymous, that may be shown."""
    found = dict(zip(WAYS, _showable(round), strict=True))
    kinds: list[tuple[Any, str]] = [
        (value, str(label)) for value, label in School.Kind.choices if value in found["school_kind"]
    ]
    return Offered(
        _names(Municipality, found["municipality"]), kinds, _names(Subject, found["subject"])
    )


def results(round: Round, narrowed: Narrowing | None = EVERYBODY) -> Results:
    """What the round brought, beside the round that it is compared with.

    None is a narrowing that is not offered.
    """
    tally = _tally(round, narrowed) if narrowed else None
    if narrowed is None or tally is None:
        return Results(round, Tally(0, smallest_of(round)), refused=True)
    before = _tally(round.compared_with, narrowed) if round.compared_with else None
    return Results(round, tally, before)


def public_tally(round: Round) -> Tally:
    """What everybody may read: of schools too only what enough of them said."""
    questions = questions_of(round)
    counted = tallies.whole(questions, responses_to(round))
    cells = Question.Kind.values if round.kind == Round.Kind.TEACHERS else ()
    return narrowing.of_all(questions, counted, Rules.current().smallest_group, cells=cells)


def smallest_of(round: Round) -> int:
    """The smallest group of the round that is shown; schools answer by name."""
    is_anonymous = round.kind == Round.Kind.TEACHERS
    return Rules.current().smallest_group if is_anonymous else 1


def responses_to(round: Round) -> QuerySet[Response]:
    """All responses to the round."""
    return Response.objects.filter(of_round__round=round)


def by_municipality(round: Round, question: Question) -> dict[Hashable, Found]:
    """What each municipality answered to one question that may be shown, by its key."""
    smallest = smallest_of(round)
    shown = _showable(round)[WAYS.index("municipality")]
    path = "of_round__municipality"
    groups_ = tallies.by_group([question], responses_to(round), path)
    if smallest > 1:
        of_each = {
            value: narrowing.of_group([question], groups_, shown, value, smallest)
            for value in shown
        }
    else:
        of_each = {value: narrowing.of_all([question], groups_[value]) for value in shown}
    return {value: one for value, tally in of_each.items() for one in tally.found}


def questions_of(round: Round) -> list[Question]:
    """The questions of the round in their order, with what they offer."""
    whole = questionnaires.with_questions(Questionnaire.objects.all())
    return list(whole.get(pk=round.questionnaire_id).questions.all())


def _tally(round: Round, narrowed: Narrowing) -> Tally | None:
    """What this part of the round said; None where it must not be shown."""
    questions = questions_of(round)
    smallest = smallest_of(round)
    responses = responses_to(round)
    if smallest > 1 and narrowed.chosen:
        return _of_group(round, questions, narrowed, smallest)
    conditions = {f"of_round__{way}": value for way, value in narrowed.chosen.items()}
    counted = tallies.whole(questions, responses.filter(**conditions))
    return narrowing.of_all(questions, counted, smallest)


def _of_group(
    round: Round, questions: list[Question], narrowed: Narrowing, smallest: int
) -> Tally | None:
    if len(narrowed.chosen) > 1:
        return None
    ((way, chosen),) = narrowed.chosen.items()
    shown = _showable(round)[WAYS.index(way)]
    if chosen not in shown:
        return None
    counted = tallies.by_group(questions, responses_to(round), f"of_round__{way}")
    return narrowing.of_group(questions, counted, shown, chosen, smallest)


def _showable(round: Round) -> list[set[Any]]:
    """For each of the ways, the values by which the round may be narrowed."""
    rows = RoundResponse.objects.filter(round=round).order_by().values_list(*WAYS)
    cells = {
        tuple(value or groups.REST for value in values): people
        for *values, people in rows.annotate(Count("pk"))
    }
    smallest = smallest_of(round)
    if smallest > 1:
        return groups.showable(cells, smallest) or [set() for _way in WAYS]
    return [{cell[way] for cell in cells} - {groups.REST} for way in range(len(WAYS))]


def _names(model: type[Municipality] | type[Subject], keys: set[Any]) -> list[tuple[Any, str]]:
    rows = model._default_manager.filter(pk__in=keys).order_by("sort_azbuka")
    return list(rows.values_list("pk", "name"))
