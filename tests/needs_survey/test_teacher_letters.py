"""The letters that ask teachers: the link is in the post and nowhere else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from centar.outbox import operations as outbox
from centar.outbox.models import Letter
from needs_survey import teacher_links
from needs_survey.anonymous import codes
from needs_survey.models import Reminder, Round, TeacherInvitation
from needs_survey.operations import teachers as operations
from tests.factories.needs_survey import SURVEYS
from tests.factories.people import PersonFactory, StaffFactory, UserFactory
from tests.factories.schools import SchoolFactory
from tests.factories.teachers import teachers_round

pytestmark = pytest.mark.django_db
LATER = timedelta(hours=20)


def invite(survey, face="en"):
    PersonFactory(user=UserFactory(face=face), school=SchoolFactory())
    operations.invite(round_id=survey.pk, by=StaffFactory(permissions=SURVEYS))
    return TeacherInvitation.objects.get()


def deliver():
    """The post of the next morning."""
    mail.outbox.clear()
    outbox.deliver_due(timezone.now() + LATER)
    return [sent.body for sent in mail.outbox]


def test_the_letter_holds_the_link_which_is_not_kept(settings):
    survey, _ = teachers_round(message="Пишите слободно.")
    invitation = invite(survey)

    (text,) = deliver()

    link = f"{settings.SITE_URL}/en{teacher_links.path(invitation)}"
    assert link in text
    assert "Pišite slobodno." in text
    assert "nothing leads from one to the other" in text
    assert codes.link_code(invitation.pk, invitation.door) not in str(list(Letter.objects.values()))


def test_the_letter_speaks_the_readers_script():
    survey, _ = teachers_round()
    invite(survey, face="lat")

    (text,) = deliver()

    assert "/lat/anketa/nastavnik/" in text


def test_a_reminder_holds_the_same_link():
    survey, _ = teachers_round()
    invitation = invite(survey)
    (first,) = deliver()
    reminder = Reminder.objects.create(round=survey, on=timezone.localdate())
    operations.remind(reminder_id=reminder.pk)

    (second,) = deliver()

    assert "has not been used yet" in second
    assert teacher_links.path(invitation) in first
    assert teacher_links.path(invitation) in second


@pytest.mark.parametrize("what", ["used", "over"])
def test_a_letter_that_is_no_longer_true_is_not_sent(what):
    survey, _ = teachers_round()
    invite(survey)
    if what == "used":
        TeacherInvitation.objects.update(is_used=True)
    else:
        Round.objects.update(closes_on=timezone.localdate() - timedelta(days=1))

    assert deliver() == []
    assert Letter.objects.get().state == Letter.State.DROPPED


def test_before_the_first_day_the_letters_wait():
    first_day = timezone.localdate() + timedelta(days=3)
    survey, _ = teachers_round(opens_on=first_day)
    invite(survey)

    assert timezone.localdate(Letter.objects.get().next_attempt_at) == first_day
