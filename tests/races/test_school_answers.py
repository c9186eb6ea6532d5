"""People of one school who save a section, or send the answer, at the very same moment."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import IntegrityError

from centar.questionnaires.drafts import Seen
from centar.questionnaires.models import Response
from needs_survey.models import Invitation, RoundResponse, SectionDraft
from needs_survey.operations import answers
from needs_survey.permissions.answers import Writer
from tests.needs_survey import scenes
from tests.races import crowds

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def scene():
    return scenes.furnish()


def saving(scene, number):
    """So many pages with the same version before them, each with words of its own."""
    draft = scene.keep(scene.words, scene.said("Прво."))

    def save(page):
        return answers.keep_section(
            invitation_id=scene.invitation.pk,
            section_id=scene.words.pk,
            values={f"q{scene.text.pk}": [f"Са стране {page}."]},
            is_done=True,
            seen=Seen(draft.revision, f"strana-{page}"),
            writer=Writer(name=f"Особа {page}", user=scene.user),
        )

    return [partial(save, page) for page in range(number)]


def kinds_of(outcomes):
    return sorted(type(outcome).__name__ for outcome in outcomes)


def unlocked(invitation_id):
    return Invitation.objects.select_related("round", "school").get(pk=invitation_id)


def test_one_saves_and_all_others_are_told(scene):
    outcomes = crowds.at_once(saving(scene, 4))

    assert kinds_of(outcomes) == ["ChangedMeanwhile"] * 3 + ["SectionDraft"]
    assert SectionDraft.objects.get().revision == 2


def test_without_the_lock_one_is_overwritten_silently(scene, monkeypatch):
    """The control: both have read the section before either writes it."""
    deeds = saving(scene, 2)
    monkeypatch.setattr(answers.locks, "lock_invitation", unlocked)
    monkeypatch.setattr(answers, "_answer_of", crowds.met(2, answers._answer_of))
    read = crowds.met(2, SectionDraft.save)
    monkeypatch.setattr(SectionDraft, "save", lambda draft, **facts: read(draft, **facts))

    outcomes = crowds.at_once(deeds)

    assert kinds_of(outcomes) == ["SectionDraft"] * 2
    assert SectionDraft.objects.get().revision == 3


def test_two_who_send_at_once_send_once(scene):
    scene.fill()

    outcomes = crowds.at_once([partial(scene.send, seen=1)] * 4)

    assert sorted(outcomes) == [False] * 3 + [True]
    assert (Response.objects.count(), RoundResponse.objects.count()) == (1, 1)


def test_without_the_lock_the_database_is_the_second_belt(scene, monkeypatch):
    scene.fill()
    monkeypatch.setattr(answers.locks, "lock_invitation", unlocked)
    # Both have looked for an answer sent before, and found none.
    keep = answers.questionnaires.keep_response
    monkeypatch.setattr(answers.questionnaires, "keep_response", crowds.met(2, keep))

    outcomes = crowds.at_once([partial(scene.send, seen=1)] * 2)

    assert kinds_of(outcomes) == [IntegrityError.__name__, "bool"]
    assert (Response.objects.count(), RoundResponse.objects.count()) == (1, 1)
