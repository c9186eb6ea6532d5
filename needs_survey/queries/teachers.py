"""Reads about the anonymous answers of teachers: whom to ask, and what a code leads to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Lower, NullIf, TruncDate

from centar.people.models import Person, User
from centar.questionnaires.models import Questionnaire, Rules, Section
from centar.questionnaires.queries import with_questions
from centar.schools.models import School
from needs_survey.anonymous import codes, seals
from needs_survey.models import Ballot, Reminder, Round, TeacherDraft, TeacherInvitation

Values = dict[str, list[str]]
"""What was typed, by the names of the fields."""
Post = Person.Post
NO_TEACHERS = (Post.PRINCIPAL, Post.LOCAL_GOVERNMENT, Post.OTHER)


@dataclass(frozen=True)
class Step:
    """A part of the questionnaire that is filled in on one page; None is the whole of it."""

    number: int
    section: Section | None


@dataclass(frozen=True)
class Waiting:
    """Sent answers that are not counted yet: how many, of a round that is over or not, and the
    size of the smallest group.
    """

    answers: int
    smallest: int
    is_over: bool

    @property
    def are_too_few(self) -> bool:
        """Whether they stay sealed: none are to come, and these could be recognised."""
        return self.is_over and self.answers < self.smallest


def waiting(round_id: int, today: date) -> Waiting | None:
    """What waits in the urn of a round; None where nothing does."""
    answers = Ballot.objects.filter(round=round_id).count()
    if not answers:
        return None
    is_over = Round.objects.filter(pk=round_id, closes_on__lt=today).exists()
    return Waiting(answers, Rules.current().smallest_group, is_over)


def addresses_to_invite(
    round: Round,
    *,
    municipalities: Collection[int] = (),
    kinds: Collection[str] = (),
    subjects: Collection[int] = (),
) -> dict[str, int]:
    """The addresses of those who teach in these municipalities, kinds of schools and subjects,
    all where none is named, and are not invited yet; each with the key of the school.

    Two people who share an address share an invitation.
    """
    address = Lower(Coalesce(NullIf(F("user__email"), Value("")), F("contact_email")))
    people = (
        Person.objects.exclude(school=None)
        .exclude(post__in=NO_TEACHERS)
        .filter(Q(user=None) | Q(user__is_active=True))
        .annotate(address=address)
        .exclude(address="")
        .filter(~Exists(TeacherInvitation.objects.filter(round=round, email=OuterRef("address"))))
    )
    if municipalities:
        people = people.filter(school__municipality__in=municipalities)
    if kinds:
        people = people.filter(school__kind__in=kinds)
    if subjects:
        people = people.filter(subject__in=subjects)
    return dict(people.order_by("pk").values_list("address", "school_id"))


def faces_of(addresses: Collection[str]) -> dict[str, str]:
    """In which script the owners of these addresses read, as far as they have accounts."""
    rows = User.objects.annotate(address=Lower("email")).filter(address__in=addresses)
    return dict(rows.values_list("address", "face"))


def invitation_behind(link_code: str) -> TeacherInvitation | None:
    """The invitation whose link holds this code; None for a forged one."""
    code = codes.read_link_code(link_code)
    if code is None:
        return None
    rows = TeacherInvitation.objects.select_related("round")
    return rows.filter(door__in=codes.doors(code)).first()


def draft_values(round_id: int, key: str) -> Values | None:
    """What was typed under this key; None where there is no such draft of the round."""
    rows = TeacherDraft.objects.filter(digest__in=codes.draft_digests(key), round=round_id)
    sealed = rows.values_list("sealed", flat=True).first()
    if sealed is None:
        return None
    values: Values = seals.unseal(sealed, codes.draft_seals(key))
    return values


def questionnaire_of(round: Round) -> Questionnaire:
    """The questionnaire of the round, with its sections, questions and options."""
    sections = Prefetch("sections", Section.objects.order_by("order", "pk"))
    rows = with_questions(Questionnaire.objects.prefetch_related(sections))
    return rows.get(pk=round.questionnaire_id)


def steps(questionnaire: Questionnaire) -> list[Step]:
    """The pages on which it is filled in: its sections that ask something, or one for all."""
    questions = questionnaire.questions.all()
    asked = {question.section_id for question in questions}
    if None in asked:
        return [Step(1, None)]
    sections = [one for one in questionnaire.sections.all() if one.pk in asked]
    return [Step(number, section) for number, section in enumerate(sections, start=1)]


def due_reminders(today: date) -> QuerySet[Reminder]:
    """Days of reminding teachers that have come since the round was opened and were not used."""
    due = Reminder.objects.filter(
        sent_at=None,
        on__lte=today,
        on__gte=TruncDate("round__opened_at"),
        round__kind=Round.Kind.TEACHERS,
    )
    return due.order_by("on", "pk")


def silent(round: Round, today: date) -> QuerySet[TeacherInvitation]:
    """Invitations by letter that are not used and were reminded neither today nor as often as the
    round allows.
    """
    return TeacherInvitation.objects.filter(
        Q(reminded_on=None) | Q(reminded_on__lt=today),
        round=round,
        is_used=False,
        reminders__lt=round.most_reminders,
    ).exclude(email="")


def slips(round_id: int, school_id: int) -> QuerySet[TeacherInvitation]:
    """The invitations of a school on paper that are not used."""
    rows = TeacherInvitation.objects.filter(round=round_id, school=school_id, email="")
    return rows.filter(is_used=False).select_related("round", "school").order_by("door")


def schools_with_slips(round_id: int) -> QuerySet[School]:
    """The schools that have invitations on paper, with how many `slips` and how many `used`."""
    paper = Q(teacher_invitations__round=round_id, teacher_invitations__email="")
    schools = School.objects.filter(paper).annotate(
        slips=Count("teacher_invitations", filter=paper),
        used=Count("teacher_invitations", filter=paper & Q(teacher_invitations__is_used=True)),
    )
    return schools.order_by("sort_azbuka")
