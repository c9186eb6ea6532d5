"""Reads about rounds: whom they reach and how they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from centar.people.models import Coordination, Person
from centar.questionnaires import in_use
from centar.schools.models import School
from needs_survey.models import (
    Ballot,
    Invitation,
    Reminder,
    Round,
    SectionDraft,
    TeacherDraft,
    TeacherInvitation,
)


@dataclass(frozen=True)
class Standing:
    """How far the schools of a round are."""

    invited: int
    begun: int
    sent: int


def standing(round: Round) -> Standing:
    """How many schools are invited, how many of them have begun, and how many have sent."""
    counts = round.invitations.aggregate(
        invited=Count("pk"),
        begun=Count("answer"),
        sent=Count("answer", filter=Q(answer__sent_at__isnull=False)),
    )
    return Standing(**counts)


def somebody_is_invited(round: Round) -> bool:
    """Whether a school or a teacher is invited, after which the kind of the round stays."""
    teachers = TeacherInvitation.objects.filter(round=round)
    return round.invitations.exists() or teachers.exists()


def schools_to_invite(
    round: Round,
    *,
    municipalities: Collection[int] = (),
    kinds: Collection[str] = (),
    with_outlying_units: bool = False,
) -> QuerySet[School]:
    """Schools that are not invited yet, of these municipalities and kinds, all where none is
    named; each says by `has_coordinator` whether a letter would reach somebody.
    """
    invited = Invitation.objects.filter(round=round, school=OuterRef("pk"))
    schools = _schools_of(municipalities, kinds).filter(~Exists(invited))
    if not with_outlying_units:
        schools = schools.filter(parent=None)
    annotated = schools.annotate(has_coordinator=_coordinated("pk")).select_related("municipality")
    return annotated.order_by("municipality__sort_azbuka", "sort_azbuka")


def unanswered(
    round: Round, *, municipalities: Collection[int] = (), kinds: Collection[str] = ()
) -> QuerySet[Invitation]:
    """Invitations of schools of these municipalities and kinds, all where none is named, that
    have sent nothing; each says by `has_coordinator` whether a letter would reach somebody.
    """
    silent = Invitation.objects.filter(
        Q(answer=None) | Q(answer__sent_at=None),
        round=round,
        school__in=_schools_of(municipalities, kinds),
    )
    annotated = silent.annotate(has_coordinator=_coordinated("school"))
    by_place = annotated.order_by("school__municipality__sort_azbuka", "school__sort_azbuka", "pk")
    return by_place.select_related("school__municipality")


def _schools_of(municipalities: Collection[int], kinds: Collection[str]) -> QuerySet[School]:
    """Of these municipalities and kinds, all where none is named."""
    schools = School.objects.all()
    if municipalities:
        schools = schools.filter(municipality__in=municipalities)
    if kinds:
        schools = schools.filter(kind__in=kinds)
    return schools


def _coordinated(school: str) -> Exists:
    """Whether the school at this path has a confirmed coordinator."""
    return Exists(Coordination.objects.filter(school=OuterRef(school), ended_at=None))


def due_reminders(today: date) -> QuerySet[Reminder]:
    """Days of reminding schools that have come since the round was opened and were not used."""
    due = Reminder.objects.filter(
        sent_at=None,
        on__lte=today,
        on__gte=TruncDate("round__opened_at"),
        round__kind=Round.Kind.SCHOOLS,
    )
    return due.order_by("on", "pk")


def coordinators_of(invitations: Iterable[Invitation]) -> list[tuple[Invitation, Person]]:
    """Each invitation beside every confirmed coordinator of its school, in one statement."""
    asked = list(invitations)
    rows = Coordination.objects.filter(
        ended_at=None, school__in={one.school_id for one in asked}
    ).select_related("person__user")
    confirmed = defaultdict(list)
    for row in rows.order_by("pk"):
        confirmed[row.school_id].append(row.person)
    return [(one, person) for one in asked for person in confirmed[one.school_id]]


def newly_confirmed(now: datetime) -> QuerySet[Invitation]:
    """Invitations to open rounds of schools with a coordinator confirmed since the opening, in
    the last day.
    """
    late = Coordination.objects.filter(
        school=OuterRef("school"),
        ended_at=None,
        confirmed_at__gte=OuterRef("round__opened_at"),
    )
    return Invitation.objects.filter(
        Exists(late.filter(confirmed_at__gte=now - timedelta(days=1))),
        round__in=Round.objects.open_on(timezone.localdate(now)),
    )


def register_answers() -> None:
    """Make known that a questionnaire is in use as soon as a school or a teacher has begun, and
    while sent answers wait in an urn: what was asked must stay what they answer.
    """
    in_use.register(
        lambda: SectionDraft.objects.filter(
            answer__invitation__round__questionnaire=OuterRef("pk"),
        )
    )
    for waiting in (TeacherDraft, Ballot):
        in_use.register(partial(waiting.objects.filter, round__questionnaire=OuterRef("pk")))
