"""The needs of schools: this year's round, which is open, and last year's, whose summary is public.

The rows of last year's are written directly: the operations refuse to answer in the past, rightly.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta

from centar.people import operations as people
from centar.people.models import Person
from centar.portal.demo.school_answers import AnswerBook
from centar.portal.demo.seminars import Cast, moment
from centar.questionnaires.drafts import Seen
from centar.questionnaires.models import Answer, Questionnaire, Response
from centar.schools.models import School
from needs_survey import loading
from needs_survey.models import (
    Invitation,
    Reminder,
    Round,
    RoundResponse,
    SchoolAnswer,
    SectionDraft,
)
from needs_survey.operations import answers, contributors, invitations, rounds, summary
from needs_survey.permissions.answers import Writer

YEAR = timedelta(weeks=52)
BEGAN, REMAINS = timedelta(days=12), timedelta(days=16)
MORNING = time(9)
REMINDED_BEFORE = (7, 2)
SENT_LAST_YEAR, SENT_THIS_YEAR, BEGUN = 14, 8, 2
DONE = (
    "Програме које је тражило највише школа уврстили смо у план семинара за ову годину.\n\n"
    "Због одговора о времену, већину обука држимо суботом или после подне."
)
HELPER = ("Весна Јоксимовић", "vesna.joksimovic@example.org")


def make(cast: Cast, crowd: list[Person]) -> None:
    """Make both rounds; of the crowd, those who work at a school answer for it."""
    coordinators = list(_confirmed(cast, crowd))
    last = _last_year(cast, coordinators[:SENT_LAST_YEAR])
    this = _this_year(cast, last)
    book = AnswerBook(this.questionnaire, cast.programmes, shift=1)
    for number, person in enumerate(coordinators[: SENT_THIS_YEAR + BEGUN]):
        invitation = this.invitations.get(school=person.school)
        _fill(invitation, person, book, number, sections=5 if number < SENT_THIS_YEAR else 2)
        if number < SENT_THIS_YEAR:
            _send(invitation, person)
    _half_filled(cast, this, book)
    summary.publish(round_id=last.pk, done=DONE, by=cast.staff)


def _confirmed(cast: Cast, crowd: list[Person]) -> Iterator[Person]:
    """One coordinator for each of the first schools that somebody of the crowd works at."""
    taken = {cast.coordinator.school_id}
    for person in crowd:
        school = person.school
        if school is not None and school.pk not in taken and len(taken) <= SENT_LAST_YEAR:
            taken.add(school.pk)
            people.confirm_coordination(person=person, school=school, by=cast.staff)
            yield person


def _last_year(cast: Cast, coordinators: list[Person]) -> Round:
    opens_on = cast.today - BEGAN - YEAR
    last = Round.objects.create(
        title=_title(cast, -1),
        questionnaire=Questionnaire.objects.get(title=loading.title()),
        opens_on=opens_on,
        closes_on=cast.today + REMAINS - YEAR,
        opened_at=moment(opens_on, MORNING),
        message="Попуните упитник заједно са стручним већима; одговор шаље координатор.",
    )
    schools = School.objects.filter(parent=None)
    Invitation.objects.bulk_create(Invitation(round=last, school=school) for school in schools)
    Invitation.objects.filter(round=last).update(invited_at=last.opened_at)
    book = AnswerBook(last.questionnaire, cast.programmes)
    invited = {one.school_id: one for one in last.invitations.select_related("school")}
    sent = [
        _Sent(invited[person.school_id], person, book, number)
        for number, person in enumerate(coordinators)
        if person.school_id is not None
    ]
    SchoolAnswer.objects.bulk_create(one.answer for one in sent)
    SectionDraft.objects.bulk_create(draft for one in sent for draft in one.drafts)
    SectionDraft.objects.filter(answer__invitation__round=last).update(saved_at=last.opened_at)
    Response.objects.bulk_create(one.response for one in sent)
    Answer.objects.bulk_create(answer for one in sent for answer in one.answers)
    RoundResponse.objects.bulk_create(one.row for one in sent)
    return last


class _Sent:
    """The rows of an answer that a school sent last year."""

    def __init__(
        self, invitation: Invitation, person: Person, book: AnswerBook, number: int
    ) -> None:
        survey, school = invitation.round, invitation.school
        form = book.form(number)
        form.full_clean()
        on = survey.opens_on + timedelta(days=number)
        self.answer = SchoolAnswer(
            invitation=invitation,
            sent_at=moment(on, MORNING),
            sent_by=person,
            signed_as=f"{person}, координатор",
        )
        self.drafts = [
            SectionDraft(
                answer=self.answer,
                section=section,
                values=book.values(section, number),
                is_done=True,
                saved_by=str(person),
            )
            for section in book.sections
        ]
        self.response = Response(questionnaire_id=survey.questionnaire_id, on=on)
        self.answers = form.answers()
        for answer in self.answers:
            answer.response = self.response
        self.row = RoundResponse(
            response=self.response,
            round=survey,
            school=school,
            municipality_id=school.municipality_id,
            school_kind=school.kind,
        )


def _this_year(cast: Cast, last: Round) -> Round:
    this = rounds.copy_round(
        round_id=last.pk,
        title=_title(cast, 0),
        opens_on=cast.today - BEGAN,
        closes_on=cast.today + REMAINS,
        by=cast.staff,
    )
    Reminder.objects.bulk_create(
        Reminder(round=this, on=this.closes_on - timedelta(days=days)) for days in REMINDED_BEFORE
    )
    invitations.invite_schools(round_id=this.pk, by=cast.staff)
    return rounds.open_round(round_id=this.pk, by=cast.staff)


def _half_filled(cast: Cast, this: Round, book: AnswerBook) -> None:
    """The demonstration's coordinator has begun and shared a section with a colleague."""
    person = cast.coordinator
    assert person.user is not None  # the account to try it with
    invitation = this.invitations.get(school=person.school)
    _fill(invitation, person, book, SENT_LAST_YEAR, sections=1)
    name, email = HELPER
    section = this.questionnaire.sections.all()[1]
    helper = contributors.share(
        invitation_id=invitation.pk, name=name, email=email, sections=[section], by=person.user
    )
    answers.keep_section(
        invitation_id=invitation.pk,
        section_id=section.pk,
        values=book.values(section, SENT_LAST_YEAR),
        is_done=True,
        seen=Seen(0, email[:32]),
        writer=Writer(name=name, contributor=helper),
    )


def _fill(
    invitation: Invitation, person: Person, book: AnswerBook, number: int, sections: int = 5
) -> None:
    for section in book.sections[:sections]:
        answers.keep_section(
            invitation_id=invitation.pk,
            section_id=section.pk,
            values=book.values(section, number),
            is_done=True,
            seen=Seen(0, str(person.pk)),
            writer=Writer(name=str(person), user=person.user),
        )


def _send(invitation: Invitation, person: Person) -> None:
    assert person.user is not None  # coordinators have accounts
    answers.send(
        invitation_id=invitation.pk,
        signed_as=f"{person}, координатор",
        confirmed=[],
        seen=0,
        by=person.user,
    )


def _title(cast: Cast, years: int) -> str:
    """Named by the school year, which begins in September."""
    begins = cast.today.year + years - (cast.today.month < 9)
    return f"Потребе школа за {begins}/{(begins + 1) % 100:02d}. годину"
