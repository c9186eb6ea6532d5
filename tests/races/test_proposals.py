"""Authors who write, sign, submit and invite at the very same moment."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import IntegrityError

from accreditation.models import Author, Proposal, SectionDraft, Version
from accreditation.operations import invitations, sections, submitting
from tests.accreditation import writing_scene
from tests.races import crowds

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def scene():
    return writing_scene.furnish()


def unlocked(pk):
    return Proposal.objects.select_related("call", "area", "schedule").get(pk=pk)


def kinds_of(outcomes):
    return sorted(type(outcome).__name__ for outcome in outcomes)


class TestWriting:
    def saving(self, scene, number):
        """So many pages with the same version before them, each with words of its own."""
        draft = scene.write("Прво.")
        return [
            partial(scene.write, f"Са стране {page}.", seen=draft.revision, page=f"strana-{page}")
            for page in range(number)
        ]

    def test_one_saves_and_all_others_are_told(self, scene):
        outcomes = crowds.at_once(self.saving(scene, 4))

        assert kinds_of(outcomes) == ["ChangedMeanwhile"] * 3 + ["SectionDraft"]
        assert SectionDraft.objects.get().revision == 2

    def test_without_the_lock_one_is_overwritten_silently(self, scene, monkeypatch):
        """The control: both have read the section before either writes it."""
        deeds = self.saving(scene, 2)
        monkeypatch.setattr(sections, "lock_proposal", unlocked)
        save = crowds.met(2, SectionDraft.save)
        monkeypatch.setattr(SectionDraft, "save", lambda draft, **facts: save(draft, **facts))

        outcomes = crowds.at_once(deeds)

        assert kinds_of(outcomes) == ["SectionDraft"] * 2
        assert SectionDraft.objects.get().revision == 3


class TestSubmitting:
    @pytest.fixture
    def ready(self, scene):
        scene.finish()
        scene.sign()
        return scene

    def test_who_submits_four_times_submits_once(self, ready):
        outcomes = crowds.at_once([partial(ready.submit, ready.standing.fingerprint)] * 4)

        assert {outcome.pk for outcome in outcomes} == {Version.objects.get().pk}

    def test_without_the_lock_the_database_is_the_second_belt(self, ready, monkeypatch):
        monkeypatch.setattr(submitting, "lock_proposal", unlocked)
        monkeypatch.setattr(submitting, "_freeze", crowds.met(2, submitting._freeze))

        outcomes = crowds.at_once([partial(ready.submit, ready.standing.fingerprint)] * 2)

        assert kinds_of(outcomes) == [IntegrityError.__name__, "Version"]
        assert Version.objects.count() == 1

    def both(self, ready):
        """The lead submits while a co-author changes the text."""
        seen = ready.standing.fingerprint
        change = partial(ready.write, "Измењено.", by=ready.colleague, seen=1, page="b")
        return crowds.at_once([partial(ready.submit, seen), change])

    def test_what_is_submitted_is_what_stands_there(self, ready):
        submitted, changed = self.both(ready)

        # Whoever came first has done it, the other is told.
        assert [isinstance(submitted, Version), isinstance(changed, SectionDraft)].count(True) == 1
        if isinstance(submitted, Version):
            assert ready.standing.fingerprint == submitted.sha256

    def test_without_the_lock_the_draft_says_something_else_than_the_version(
        self, ready, monkeypatch
    ):
        """The control: both have asked whether they may before either writes."""
        both_have_read = crowds.met(2, unlocked)
        monkeypatch.setattr(submitting, "lock_proposal", both_have_read)
        monkeypatch.setattr(sections, "lock_proposal", both_have_read)
        seen = ready.standing.fingerprint
        # The change is written after the version was made of the text before it.
        made = crowds.met(2, lambda *args, **facts: None)
        freeze, save = submitting._freeze, SectionDraft.save

        def frozen(*args):
            version = freeze(*args)
            made()
            return version

        def saved(draft, **facts):
            made()
            return save(draft, **facts)

        monkeypatch.setattr(submitting, "_freeze", frozen)
        monkeypatch.setattr(SectionDraft, "save", saved)

        change = partial(ready.write, "Измењено.", by=ready.colleague, seen=1, page="b")
        outcomes = crowds.at_once([partial(ready.submit, seen), change])

        assert kinds_of(outcomes) == ["SectionDraft", "Version"]
        assert ready.standing.fingerprint != Version.objects.get().sha256


class TestInviting:
    def inviting(self, scene, number):
        return [
            partial(
                invitations.invite,
                proposal_id=scene.draft.pk,
                name="Нова Ауторка",
                email="nova@example.org",
                by=scene.leader,
            )
        ] * number

    def test_one_letter_however_often_the_button_is_pressed(self, scene):
        outcomes = crowds.at_once(self.inviting(scene, 4))

        assert kinds_of(outcomes) == ["Author"] + ["Refusal"] * 3
        assert Author.objects.filter(email="nova@example.org").count() == 1

    def test_without_the_lock_the_database_is_the_second_belt(self, scene, monkeypatch):
        monkeypatch.setattr(invitations, "lock_proposal", unlocked)
        monkeypatch.setattr(invitations, "_demand_new", crowds.met(2, invitations._demand_new))

        outcomes = crowds.at_once(self.inviting(scene, 2))

        assert kinds_of(outcomes) == ["Author", IntegrityError.__name__]
        assert Author.objects.filter(email="nova@example.org").count() == 1
