"""Nobody finds who answered what, not with the whole database and every log.

Each attack is tried first on a variant in which the protection is left out, where it succeeds.
"""

from __future__ import annotations

import json
from collections import Counter
from types import SimpleNamespace

import pytest
from django.utils import timezone

from centar.audit.models import Entry
from centar.questionnaires import operations as questionnaires
from centar.questionnaires.models import Answer, Response
from needs_survey.anonymous import codes, crowds, seals
from needs_survey.anonymous.crowds import Crowd, Facts
from needs_survey.models import Ballot, Round, RoundResponse, TeacherInvitation
from needs_survey.operations import teachers, urn
from tests.attacks import joining
from tests.factories.schools import SchoolFactory
from tests.factories.teachers import TeacherInvitationFactory, path, teachers_round

pytestmark = pytest.mark.django_db(transaction=True)

TEACHERS = 16
# By chance one or two of an alignment are right; three quarters never are.
BY_CHANCE = 12


def emptied(number=TEACHERS):
    """Teachers have answered, the round is over, the urn is empty."""
    trial = joining.hold(number)
    joining.end(trial.survey)
    with joining.written_down(trial.seen):
        urn.empty(round_id=trial.survey.pk)
    return trial


def best(trial):
    """What somebody with the database finds."""
    used, said = joining.used(), joining.said()
    assert (len(used), len(said)) == (TEACHERS, TEACHERS)
    return max(
        joining.best_by_order(trial.truth, used, said),
        joining.best_by_value(trial.truth, used, said),
    )


def naive(*, invitation_id, key, subject_id, answers):
    """The same without an urn: the invitation is used, the answer is written."""
    invitation = TeacherInvitation.objects.get(pk=invitation_id)
    invitation.is_used = True
    invitation.save()
    response = questionnaires.keep_response(
        questionnaire_id=invitation.round.questionnaire_id, answers=answers
    )
    RoundResponse.objects.create(response=response, round=invitation.round)


# --- From the database ----------------------------------------------------------------------


def test_an_answer_that_is_written_at_once_is_found_by_the_databases_own_numbers(monkeypatch):
    """The control: no column leads from one to the other, and still everybody is found."""
    monkeypatch.setattr(teachers, "send", naive)

    assert best(joining.hold(TEACHERS)) == TEACHERS


def test_an_urn_that_is_emptied_in_its_order_is_found_too(monkeypatch):
    """The control: ballots leave as they came, and invitations stay as they were used."""
    first_come = SimpleNamespace(sample=lambda group, n: group[:n], shuffle=lambda things: None)
    monkeypatch.setattr(crowds, "_random", first_come)
    monkeypatch.setattr(urn, "_write_invitations_anew", lambda round: None)

    assert best(emptied()) == TEACHERS


def test_from_the_database_nobody_is_found():
    trial = emptied()

    assert best(trial) < BY_CHANCE
    # Not only luck: nothing is left that has an order.
    assert len({row["xmin"] for row in joining.used()}) == 1


def test_nor_while_the_round_lasts_and_some_have_left():
    trial = joining.hold(TEACHERS)
    urn.empty(round_id=trial.survey.pk)
    used, said = joining.used(), joining.said()

    assert (len(used), len(said), Ballot.objects.count()) == (16, 11, 5)
    assert joining.best_by_order(trial.truth, used, said) < BY_CHANCE
    assert joining.best_by_value(trial.truth, used, said) < BY_CHANCE


def opened_by_reading(trial):
    """Who said what in an urn that is full: its ballots are in the order of the invitations."""
    ballots = sorted(joining.rows(Ballot._meta.db_table), key=lambda row: row["xmin"])
    used = sorted(joining.used(), key=lambda row: row["xmin"])
    guesses = []
    for invitation, ballot in zip(used, ballots, strict=True):
        content = bytes.fromhex(ballot["sealed"].removeprefix("\\x"))
        read = [text for text in trial.texts if f'"{text}"'.encode() in content]
        guesses += [(invitation["id"], text) for text in read]
    return joining.right(trial.truth, guesses)


def test_a_full_urn_without_seals_gives_everybody_away(monkeypatch):
    """The control."""
    plain = lambda content, key: json.dumps(content, ensure_ascii=False).encode()  # noqa: E731
    monkeypatch.setattr(seals, "seal", plain)
    monkeypatch.setattr(seals, "unseal", lambda sealed, keys: json.loads(bytes(sealed)))

    assert opened_by_reading(joining.hold(TEACHERS)) == TEACHERS


def test_no_row_of_any_table_names_both_sides_or_a_code_and_none_is_about_one_teacher():
    trial = emptied()
    for table in ("django_session", "django_admin_log", "outbox_letter", "django_cache"):
        assert joining.rows(table) == []
    assert [(one.object_id, one.detail) for one in Entry.objects.all()] == [
        (trial.survey.pk, {"answers": TEACHERS})
    ]
    invited = {str(pk) for pk in TeacherInvitation.objects.values_list("pk", flat=True)}
    links = {codes.link_code(one.pk, one.door) for one in TeacherInvitation.objects.all()}
    invited |= set(TeacherInvitation.objects.values_list("email", flat=True)) | links
    answered = {str(pk) for pk in Response.objects.values_list("pk", flat=True)}
    answered |= {str(pk) for pk in Answer.objects.values_list("pk", flat=True)}
    answered |= set(trial.texts)

    both, told = [], []
    for table in joining.tables():
        for row in joining.rows(table):
            text = json.dumps(row, ensure_ascii=False)
            named = [word for word in invited if word in text]
            if named and any(word in text for word in answered):
                both.append((table, named))
            if any(word in text for word in (*links, *trial.keys)):
                told.append(table)
    assert (both, told) == ([], [])


# --- From what is known of a teacher --------------------------------------------------------


def scattered():
    """Twelve teachers of one school, and one each of three others."""
    survey, (scale, _) = teachers_round()
    large = SchoolFactory()
    schools = [large] * 12 + [SchoolFactory(), SchoolFactory(kind="grammar"), SchoolFactory()]
    for school in schools:
        invitation = TeacherInvitationFactory(round=survey, school=school)
        key = teachers.begin(round_id=survey.pk)
        teachers.send(
            invitation_id=invitation.pk,
            key=key,
            subject_id=None,
            answers=[Answer(question=scale, number=3)],
        )
    joining.end(survey)
    urn.empty(round_id=survey.pk)


def fewest_that_fit():
    """The fewest responses that a teacher, whose school is known, can have given."""
    responses = Counter(RoundResponse.objects.values_list("municipality", "school_kind"))
    schools = {one.school for one in TeacherInvitation.objects.select_related("school")}
    return min(
        sum(
            number
            for (municipality, kind), number in responses.items()
            if municipality in (None, school.municipality_id) and kind in ("", school.kind)
        )
        for school in schools
    )


def test_where_all_facts_stay_a_single_teacher_of_a_municipality_is_found(monkeypatch):
    """The control."""

    def everything(known, smallest, *, is_over):
        return [Crowd([number], facts) for number, facts in enumerate(known)]

    monkeypatch.setattr(crowds, "leaving", everything)
    scattered()

    assert fewest_that_fit() == 1


def test_of_every_teacher_five_responses_or_more_can_be():
    scattered()

    assert RoundResponse.objects.count() == 15
    assert fewest_that_fit() >= 5


# --- From results before and after ----------------------------------------------------------


def told_by_a_latecomer():
    """What is new in the answers after one more teacher has come, when the round went on."""
    trial = emptied()
    before = {row["text"] for row in joining.said()}
    Round.objects.update(closes_on=timezone.localdate())
    words = trial.survey.questionnaire.questions.get(kind="long")
    key = teachers.begin(round_id=trial.survey.pk)
    teachers.send(
        invitation_id=TeacherInvitationFactory(round=trial.survey).pk,
        key=key,
        subject_id=None,
        answers=[Answer(question=words, text="Касним.")],
    )
    joining.end(trial.survey)
    urn.empty(round_id=trial.survey.pk)
    return {row["text"] for row in joining.said()} - before


def test_were_the_last_one_counted_alone_the_difference_would_be_that_answer(monkeypatch):
    """The control."""

    def everybody(known, smallest, *, is_over):
        return [Crowd(list(range(len(known))), Facts())]

    monkeypatch.setattr(crowds, "leaving", everybody)

    assert told_by_a_latecomer() == {"Касним."}


def test_who_comes_alone_when_a_round_goes_on_is_not_told_by_the_difference():
    assert told_by_a_latecomer() == set()


# --- From the logs --------------------------------------------------------------------------


def test_the_logs_show_who_answers_at_once(monkeypatch):
    """The control: with the statements in the log, and the web server's own."""
    monkeypatch.setattr(teachers, "send", naive)
    trial = joining.hold(TEACHERS)

    assert joining.in_lines(trial) == trial.texts
    assert joining.best_by_log(trial, joining.said()) == TEACHERS


def test_a_statement_that_names_the_ballots_in_their_new_order_gives_everybody_away(monkeypatch):
    """The control: the ballots are taken out as they were counted."""
    monkeypatch.setattr(urn, "_take_out", lambda keys: Ballot.objects.filter(pk__in=keys).delete())

    assert joining.best_by_statements(emptied()) == TEACHERS


def test_from_the_logs_nobody_is_found():
    trial = emptied()

    named = joining.in_lines(trial)
    assert len(named) == TEACHERS
    assert sum(a == b for a, b in zip(named, trial.texts, strict=True)) < BY_CHANCE
    assert joining.best_by_log(trial, joining.said()) < BY_CHANCE
    assert joining.best_by_statements(trial) < BY_CHANCE


def test_until_the_urn_is_emptied_answers_are_in_no_table_and_no_log():
    trial = joining.hold(TEACHERS)

    assert opened_by_reading(trial) == 0
    assert len({len(row["sealed"]) for row in joining.rows(Ballot._meta.db_table)}) == 1

    addresses = [address for address, *_ in trial.seen.visits]
    lines = "\n".join([*trial.seen.lines, *addresses])
    assert joining.in_lines(trial) == []
    assert [word for word in (*trial.texts, *trial.keys) if word in lines] == []
    # The log was listening: the statements that used the invitations are in it.
    assert all(pk.replace("-", "") in lines.replace("-", "") for pk in trial.truth)
    lengths = {(address.split("/")[4], length) for address, _, length in trial.seen.visits}
    # Of each page one, and of the page that is filled in the empty answer that leads on too.
    assert Counter(name for name, _ in lengths) == {"": 1, "sve": 2, "slanje": 1}


@pytest.mark.parametrize("place", ["", "sve/", "slanje/"])
def test_a_report_of_an_error_hides_what_was_typed(client, place):
    survey, _ = teachers_round()
    invitation = TeacherInvitationFactory(round=survey)
    client.post(path(invitation), {"whole": "1"})

    response = client.post(path(invitation, place), {"q1": "тајна"})

    assert response.wsgi_request.sensitive_post_parameters == "__ALL__"
