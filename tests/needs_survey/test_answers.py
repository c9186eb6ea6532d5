"""Filling in the answer of a school and sending it: the operations."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from centar.access import Refusal
from centar.audit.models import Entry
from centar.outbox import operations as outbox
from centar.questionnaires.drafts import MOST_TYPED, ChangedMeanwhile, Seen
from centar.questionnaires.models import Answer, Response
from needs_survey.models import Invitation, RoundResponse, SchoolAnswer, SectionDraft
from needs_survey.operations import answers
from needs_survey.permissions.answers import Writer
from tests.factories.people import CoordinationFactory, PersonFactory
from tests.factories.questionnaires import SectionFactory
from tests.needs_survey import scenes

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def scene():
    return scenes.furnish()


FRESH = Seen(0, "a")


def keep(scene, typed, *, seen=FRESH, name="Ана", user=None):
    return answers.keep_section(
        invitation_id=scene.invitation.pk,
        section_id=scene.words.pk,
        values={field: [value] for field, value in typed.items()},
        is_done=True,
        seen=seen,
        writer=Writer(name=name, user=user or scene.user),
    )


class TestKeeping:
    def test_a_section_of_another_survey_is_refused(self, scene):
        other = SectionFactory()

        with pytest.raises(Refusal, match="not of this survey"):
            answers.keep_section(
                invitation_id=scene.invitation.pk,
                section_id=other.pk,
                values={},
                is_done=False,
                seen=FRESH,
                writer=Writer(name="Ана", user=scene.user),
            )

        assert SectionDraft.objects.count() == 0

    def test_refused_once_the_school_is_not_asked_any_more(self, scene):
        """The staff took the invitation back while somebody was writing."""
        Invitation.objects.filter(pk=scene.invitation.pk).delete()

        with pytest.raises(Refusal, match="not asked in this survey any more"):
            keep(scene, scene.said("Прво"))

    def test_what_was_typed_stays_with_who_and_when(self, scene):
        keep(scene, scene.said("Ој"))

        draft = SectionDraft.objects.get()
        assert draft.values == {f"q{scene.text.pk}": ["Ој"]}
        assert (draft.saved_by, draft.is_done, draft.revision) == ("Ана", True, 1)

    def test_two_at_once_never_overwrite_silently(self, scene):
        keep(scene, scene.said("Прво"), seen=Seen(0, "a"))

        with pytest.raises(ChangedMeanwhile) as told:
            keep(scene, scene.said("Друго"), seen=Seen(0, "b"), name="Вера")

        assert told.value.draft.saved_by == "Ана"
        assert SectionDraft.objects.get().values == {f"q{scene.text.pk}": ["Прво"]}

    def test_a_page_is_not_told_of_its_own_saving(self, scene):
        """Its last saving went through, and the answer was lost on the way back."""
        keep(scene, scene.said("Прво"), seen=Seen(0, "a"))

        keep(scene, scene.said("Прво, дуже"), seen=Seen(0, "a"))

        assert SectionDraft.objects.get().values == {f"q{scene.text.pk}": ["Прво, дуже"]}

    def test_whoever_has_seen_the_last_version_may_change_it(self, scene):
        first = keep(scene, scene.said("Прво"), seen=Seen(0, "a"))

        second = keep(scene, scene.said("Друго"), seen=Seen(first.revision, "b"))

        assert (first.revision, second.revision) == (1, 2)

    def test_the_same_once_more_changes_nothing(self, scene):
        keep(scene, scene.said("Исто"), seen=Seen(0, "a"))

        keep(scene, scene.said("Исто"), seen=Seen(0, "b"), name="Вера")

        draft = SectionDraft.objects.get()
        assert (draft.revision, draft.saved_by) == (1, "Ана")

    def test_a_book_is_refused(self, scene):
        with pytest.raises(Refusal, match="too long"):
            keep(scene, scene.said("а" * (MOST_TYPED + 1)))

    def test_others_may_not(self, scene):
        for stranger in (PersonFactory().user, CoordinationFactory().person.user):
            with pytest.raises(Refusal, match="do not coordinate"):
                keep(scene, scene.said("Ој"), user=stranger)
        assert SchoolAnswer.objects.count() == 0

    @pytest.mark.parametrize(("days", "words"), [(-11, "from"), (11, "until")])
    def test_out_of_time_nothing_is_kept(self, scene, days, words):
        with (
            time_machine.travel(timezone.now() + days * DAY),
            pytest.raises(Refusal, match=f"answered {words}"),
        ):
            keep(scene, scene.said("Ој"))


class TestSending:
    def test_it_becomes_the_response_of_the_school(self, scene):
        scene.fill()

        assert scene.send()

        row = RoundResponse.objects.get()
        school = scene.invitation.school
        assert (row.round, row.school, row.municipality, row.school_kind) == (
            scene.invitation.round,
            school,
            school.municipality,
            school.kind,
        )
        numbers = row.response.answers.filter(question=scene.posts).order_by("option__order")
        assert [int(one.number) for one in numbers] == [5, 3]
        answer = SchoolAnswer.objects.get()
        assert (answer.signed_as, answer.sent_by) == (
            "Зоран Стевановић, педагог",
            scene.user.person,
        )
        assert Entry.objects.get(action="needs_survey.send").actor_id == scene.user.pk

    def test_a_lost_connection_sends_once(self, scene):
        scene.fill()

        assert [scene.send(seen=1), scene.send(seen=1)] == [True, False]
        assert (Response.objects.count(), RoundResponse.objects.count()) == (1, 1)

    def test_a_second_try_after_midnight_is_told_that_it_was_sent(self, scene):
        scene.fill()
        scene.send(seen=1)

        with time_machine.travel(timezone.now() + 11 * DAY):
            assert not scene.send(seen=1)

    def test_a_changed_answer_takes_the_place_of_the_one_before(self, scene):
        scene.fill()
        scene.send()
        scene.keep(scene.words, scene.said("Сад друго."))

        assert scene.send(seen=SchoolAnswer.objects.get().revision)

        assert Response.objects.count() == RoundResponse.objects.count() == 1
        assert Answer.objects.get(question=scene.text).text == "Сад друго."

    def test_when_the_second_writing_fails_the_first_answer_stands(self, scene, monkeypatch):
        scene.fill()
        scene.send()
        scene.keep(scene.words, scene.said("Сад друго."))
        monkeypatch.setattr(answers.letters, "queue_thanks", _break)

        with pytest.raises(ZeroDivisionError):
            scene.send(seen=SchoolAnswer.objects.get().revision)

        assert Answer.objects.get(question=scene.text).text == "Желимо."

    def test_a_round_may_lock_what_is_sent(self):
        scene = scenes.furnish(may_be_changed=False)
        scene.fill()
        scene.send()

        with pytest.raises(Refusal, match="cannot be changed any more"):
            scene.keep(scene.words, scene.said("Ипак."))
        with pytest.raises(Refusal, match="cannot be changed any more"):
            scene.send(seen=SchoolAnswer.objects.get().revision)

    def test_something_missing_is_not_sent(self, scene):
        scene.keep(scene.staff, scene.numbers("8", "5", "3"))

        with pytest.raises(Refusal, match="still missing"):
            scene.send()
        assert Response.objects.count() == 0

    def test_a_sum_that_does_not_add_up_has_to_be_confirmed(self, scene):
        scene.fill(numbers=("9", "5", "3"))

        with pytest.raises(Refusal, match="do not add up"):
            scene.send()
        assert scene.send(confirmed=["mesta: 5+3≠9"])
        assert SchoolAnswer.objects.get().confirmed == ["mesta: 5+3≠9"]

    def test_others_may_not(self, scene):
        scene.fill()

        for stranger in (PersonFactory().user, CoordinationFactory().person.user):
            with pytest.raises(Refusal, match="do not coordinate"):
                scene.send(by=stranger)

    def test_out_of_time_it_is_refused(self, scene):
        scene.fill()

        with (
            time_machine.travel(timezone.now() + 11 * DAY),
            pytest.raises(Refusal, match="until"),
        ):
            scene.send()

    def test_all_coordinators_get_thanks_with_the_receipt(self, scene):
        other = CoordinationFactory(school=scene.invitation.school)
        scene.fill()
        scene.send()

        outbox.deliver_due()

        assert {letter.to[0] for letter in mail.outbox} == {
            scene.user.email,
            other.person.user.email,
        }
        assert f"{scene.path}potvrda.pdf" in mail.outbox[0].body


def _break(*args, **kwargs):
    raise ZeroDivisionError
