"""Surveys that a school can answer, as they stand on other pages."""

from __future__ import annotations

from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.events import moments
from centar.people.models import Person
from centar.schools.models import School
from needs_survey.models import Invitation
from needs_survey.queries import answers as queries


class Notice(NamedTuple):
    """Something that waits for a school, with the page where it is done."""

    text: str
    address: str


def of(school: School) -> list[Notice]:
    """What the school can answer today and has not sent."""
    return [_notice(one) for one in queries.to_answer_of(school, timezone.localdate())]


def for_person(person: Person) -> list[Notice]:
    """The same for all schools that the person coordinates."""
    return [_notice(one) for one in queries.to_answer(person, timezone.localdate())]


def _notice(invitation: Invitation) -> Notice:
    words = _("Answer for %(school)s until %(day)s: %(title)s") % {
        "school": invitation.school,
        "day": moments.day(invitation.round.closes_on),
        "title": invitation.round.title,
    }
    return Notice(words, reverse("needs_survey:school_answer", args=[invitation.pk]))
