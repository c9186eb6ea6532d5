"""The portal's secret is replaced in the middle of a round: nothing that is out is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from centar.questionnaires.models import Answer
from needs_survey import teacher_links
from needs_survey.models import Ballot, Round, TeacherDraft
from needs_survey.operations import teachers, urn
from tests.factories.teachers import TeacherInvitationFactory, answer, path, teachers_round
from tests.needs_survey.teacher_browser import asked, begin, english, typed, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def replace(settings):
    """Replace the secret; the one before it stays among those that still open."""

    def by(secret):
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        settings.SECRET_KEY = secret * 50

    return by


def test_a_link_that_was_sent_opens_and_a_reminder_holds_the_same(replace):
    invitation, _ = asked()
    link = path(invitation)

    replace("x")

    assert Client().get(link).status_code == 200
    assert teacher_links.path(invitation) == link


def test_a_draft_goes_on_and_is_sent_once(replace):
    invitation, (scale, _) = asked()
    browser, _key = begin(invitation)
    browser.post(english(invitation, "1/"), typed(scale, "2"))

    replace("x")
    browser.post(english(invitation, "1/"), typed(scale))
    replace("y")
    response = browser.post(english(invitation, "slanje/"), {"subject": ""}, follow=True)

    assert "Your answer is here. Thank you!" in words(response)
    assert (Ballot.objects.count(), TeacherDraft.objects.count()) == (1, 0)


def test_sending_that_broke_off_goes_on(replace, monkeypatch):
    invitation, (scale, _) = asked()
    key = teachers.begin(round_id=invitation.round_id)
    sending = {
        "invitation_id": invitation.pk,
        "key": key,
        "subject_id": None,
        "answers": [Answer(question=scale, number=4)],
    }
    with monkeypatch.context() as broken:
        broken.setattr(teachers, "_cast", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            teachers.send(**sending)

    replace("x")
    teachers.send(**sending)

    invitation.refresh_from_db()
    assert (Ballot.objects.count(), invitation.claim) == (1, "")


def test_an_urn_that_several_secrets_sealed_is_emptied(replace):
    survey, (scale, _) = teachers_round()
    for secret in "abcde":
        answer(TeacherInvitationFactory(round=survey), typed(scale))
        replace(secret)
    Round.objects.update(closes_on=timezone.localdate() - timedelta(days=1))

    assert urn.empty(round_id=survey.pk) == 5
