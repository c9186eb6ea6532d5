"""Ballots become responses: in crowds, shuffled, with the day only."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from centar.audit.models import Entry
from centar.questionnaires.models import Answer, Response, Rules
from needs_survey.jobs import teachers as jobs
from needs_survey.models import Ballot, Round, RoundResponse, TeacherInvitation
from needs_survey.operations import teachers, urn
from tests.factories.schools import SchoolFactory, SubjectFactory
from tests.factories.teachers import TeacherInvitationFactory, teachers_round

pytestmark = pytest.mark.django_db


def cast(survey, school, answers=(), subject=None):
    """One teacher of the school sends these answers."""
    invitation = TeacherInvitationFactory(round=survey, school=school)
    key = teachers.begin(round_id=survey.pk)
    teachers.send(
        invitation_id=invitation.pk,
        key=key,
        subject_id=subject.pk if subject else None,
        answers=answers,
    )
    return invitation


def end(survey):
    Round.objects.filter(pk=survey.pk).update(closes_on=timezone.localdate() - timedelta(days=1))


def facts():
    rows = RoundResponse.objects.values_list("municipality", "school_kind", "subject")
    return Counter(rows)


def test_while_the_round_lasts_a_crowd_leaves_and_another_stays():
    survey, (scale, words) = teachers_round()
    school = SchoolFactory()
    for number in range(9):
        cast(survey, school, [Answer(question=words, text=f"Одговор {number}")])
    early = urn.empty(round_id=survey.pk)
    cast(survey, school, [Answer(question=scale, number=5)])

    assert (early, urn.empty(round_id=survey.pk)) == (0, 5)
    assert (Ballot.objects.count(), Response.objects.count(), Answer.objects.count()) == (5, 5, 5)


def test_when_it_is_over_all_leave_with_what_enough_share():
    survey, _ = teachers_round()
    school, alone = SchoolFactory(), SchoolFactory(kind="grammar")
    physics = SubjectFactory()
    for _number in range(7):
        cast(survey, school, subject=physics)
    for _number in range(3):
        cast(survey, school)
    cast(survey, alone)
    end(survey)

    urn.empty(round_id=survey.pk)

    whole = (school.municipality_id, "primary", physics.pk)
    assert facts() == {whole: 6, (None, "", None): 5}
    assert Ballot.objects.count() == 0


def test_every_answer_comes_out_as_it_was_put_in():
    survey, (scale, words) = teachers_round()
    matrix = words.questionnaire.questions.create(code="m", kind="matrix", text="М?", order=90)
    statement = matrix.options.create(code="1", text="Јасно.")
    listed = words.questionnaire.questions.create(
        code="l", kind="listed", source="programmes", text="Л?", order=91
    )
    for _number in range(5):
        cast(
            survey,
            SchoolFactory(),
            [
                Answer(question=scale, number=4),
                Answer(question=words, text="Дужи одмор."),
                Answer(question=matrix, option=statement, number=2),
                Answer(question=listed, item=17, number=3, text="Програм"),
            ],
        )
    end(survey)

    urn.empty(round_id=survey.pk)

    for response in Response.objects.all():
        assert response.on == timezone.localdate()
        kept = response.answers.values_list("question", "option", "item", "number", "text")
        assert sorted(kept) == [
            (scale.pk, None, None, 4, ""),
            (words.pk, None, None, None, "Дужи одмор."),
            (matrix.pk, statement.pk, None, 2, ""),
            (listed.pk, None, 17, 3, "Програм"),
        ]


def test_what_was_taken_out_meanwhile_is_left_out_and_stops_nothing():
    survey, (scale, words) = teachers_round()
    subject, school = SubjectFactory(), SchoolFactory()
    for _number in range(5):
        answers = [Answer(question=scale, number=4), Answer(question=words, text="Да.")]
        cast(survey, school, answers, subject)
    words.delete()
    subject.delete()
    end(survey)

    assert urn.empty(round_id=survey.pk) == 5
    assert {answer.question for answer in Answer.objects.all()} == {scale}
    assert facts() == {(school.municipality_id, "primary", None): 5}


def test_too_few_answers_of_a_whole_round_stay_sealed_until_the_rules_allow_them():
    survey, _ = teachers_round()
    for _number in range(4):
        cast(survey, SchoolFactory())
    end(survey)
    before = urn.empty(round_id=survey.pk)

    Rules.objects.create(pk=1, smallest_group=4)

    assert (before, urn.empty(round_id=survey.pk)) == (0, 4)


def test_the_few_who_came_when_a_round_went_on_stay_sealed_since_their_answers_would_show():
    survey, _ = teachers_round()
    school = SchoolFactory()
    for _number in range(5):
        cast(survey, school)
    end(survey)
    urn.empty(round_id=survey.pk)
    Round.objects.update(closes_on=timezone.localdate())
    survey.refresh_from_db()
    cast(survey, school)
    end(survey)

    alone = urn.empty(round_id=survey.pk)
    Round.objects.update(closes_on=timezone.localdate())
    for _number in range(4):
        cast(survey, school)
    end(survey)

    assert (alone, urn.empty(round_id=survey.pk)) == (0, 5)
    assert facts() == {(school.municipality_id, "primary", None): 10}


def test_invitations_are_the_same_after_they_are_written_anew():
    survey, _ = teachers_round()
    other = TeacherInvitationFactory(reminders=2)
    for _number in range(5):
        cast(survey, SchoolFactory())
    TeacherInvitationFactory(round=survey, reminded_on=timezone.localdate(), email="")
    end(survey)
    before = sorted(TeacherInvitation.objects.values_list())

    urn.empty(round_id=survey.pk)

    assert sorted(TeacherInvitation.objects.values_list()) == before
    assert TeacherInvitation.objects.get(pk=other.pk).reminders == 2


def test_the_audit_says_how_many():
    survey, _ = teachers_round()
    for _number in range(5):
        cast(survey, SchoolFactory())
    end(survey)

    urn.empty(round_id=survey.pk)

    (entry,) = Entry.objects.all()
    assert (entry.action, entry.object_id, entry.actor_id, entry.detail) == (
        "needs_survey.empty_urn",
        survey.pk,
        None,
        {"answers": 5},
    )


def test_an_urn_that_another_secret_sealed_stays_and_stops_no_other(settings, caplog):
    survey, _ = teachers_round()
    for _number in range(5):
        cast(survey, SchoolFactory())
    end(survey)
    secret, settings.SECRET_KEY = settings.SECRET_KEY, "x" * 50
    mine, _ = teachers_round()
    for _number in range(5):
        cast(mine, SchoolFactory())
    end(mine)

    numbers = [jobs.empty_urns()]
    settings.SECRET_KEY = secret
    numbers.append(jobs.empty_urns())

    assert numbers == [5, 5]
    assert f"The urn of round {survey.pk} cannot be opened" in caplog.text
