"""Reads about the answers of schools."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from centar.people.models import Coordination, Person, User
from centar.questionnaires import queries as questionnaires
from centar.questionnaires.models import Questionnaire
from centar.schools.models import School
from needs_survey.models import Contributor, Invitation, Round, RoundResponse, SectionDraft


def invitations_of(user: User) -> QuerySet[Invitation]:
    """The opened rounds of the schools that the user coordinates at this moment; whatever is
    not among them is not found.
    """
    live = Coordination.objects.filter(person__user=user, ended_at=None)
    return _opened().filter(school__in=live.values("school"))


def to_answer(person: Person, today: date) -> list[Invitation]:
    """What the schools that the person coordinates can answer today and have not sent, the
    soonest first.
    """
    live = Coordination.objects.filter(person=person, ended_at=None)
    return list(_unsent(today).filter(school__in=live.values("school")))


def to_answer_of(school: School, today: date) -> list[Invitation]:
    """What the school can answer today and has not sent, the soonest first."""
    return list(_unsent(today).filter(school=school))


def _opened() -> QuerySet[Invitation]:
    rows = Invitation.objects.filter(round__opened_at__isnull=False, round__kind=Round.Kind.SCHOOLS)
    return rows.select_related("round", "school__municipality", "answer")


def _unsent(today: date) -> QuerySet[Invitation]:
    unsent = _opened().filter(
        Q(answer=None) | Q(answer__sent_at=None), round__in=Round.objects.open_on(today)
    )
    return unsent.order_by("round__closes_on", "pk")


def questionnaire_of(round: Round) -> Questionnaire:
    """The round's questionnaire with its sections, questions and options."""
    rows = questionnaires.with_questions(Questionnaire.objects.all())
    return rows.get(pk=round.questionnaire_id)


def drafts_of(invitation: Invitation) -> dict[int, SectionDraft]:
    """What the school has filled in, by the key of the section."""
    drafts = SectionDraft.objects.filter(answer__invitation=invitation)
    return {draft.section_id: draft for draft in drafts}


def contributors_of(invitation: Invitation) -> list[Contributor]:
    """Colleagues whose link is good, with their sections, in the order they were asked."""
    rows = Contributor.objects.filter(answer__invitation=invitation, ended_at=None)
    return list(rows.prefetch_related("sections").order_by("pk"))


def response_of(invitation: Invitation) -> RoundResponse | None:
    """What the school sent last, with its answers."""
    rows = RoundResponse.objects.filter(round=invitation.round_id, school=invitation.school_id)
    return rows.prefetch_related("response__answers").first()
