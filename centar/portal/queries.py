"""Reads across the apps for the home page and "my page"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accreditation import notices as proposals
from centar import sql
from centar.people.models import Person, User
from centar.script import search
from needs_survey import notices as surveys
from trainings import lists
from trainings.queries import catalogue as training_queries
from trainings.queries import evaluation, ledger
from trainings.seminars import KIND

SEMINARS_ON_HOME = 6
AREAS_ON_HOME = 12


# The size of the region and of the catalogue, counted at once.
COUNTS = """
    SELECT (SELECT count(*) FROM trainings_programme WHERE withdrawn_on IS NULL),
           (SELECT count(*) FROM schools_school),
           (SELECT count(*) FROM schools_municipality),
           (SELECT count(*) FROM events_event
             WHERE kind = %(kind)s AND state = ANY(%(announced)s) AND ends_at > %(now)s)
"""


@dataclass(frozen=True)
class HomePage:
    """What the first page shows."""

    seminars: list[lists.SeminarEntry]
    areas: lists.Choices
    programmes: int
    seminars_ahead: int
    schools: int
    municipalities: int


def home_page(now: datetime) -> HomePage:
    """Seminars open for registration, the ones closing first, and the size of the region."""
    counts = sql.rows(COUNTS, kind=KIND, announced=list(lists.ANNOUNCED), now=now)
    programmes, schools, municipalities, seminars_ahead = counts[0]
    open_seminars = training_queries.open_seminars(now)[:SEMINARS_ON_HOME]
    return HomePage(
        seminars=lists.seminars(search.keys_of(open_seminars)),
        areas=lists.areas()[:AREAS_ON_HOME],
        seminars_ahead=seminars_ahead,
        programmes=programmes,
        schools=schools,
        municipalities=municipalities,
    )


@dataclass(frozen=True)
class ToDo:
    """Something the person should do, with the page where it is done."""

    text: str | Promise
    address: str


def things_to_do(person: Person, *, confirmer: User | None = None) -> list[ToDo]:
    """Surveys that the person's schools have not answered, drafts of proposals, seminars to
    evaluate, what the profile lacks before a certificate can be right, and what waits for
    `confirmer`, who coordinates a school.
    """
    todo = [] if confirmer is None else _to_confirm(confirmer)
    todo += [ToDo(one.text, one.address) for one in surveys.for_person(person)]
    todo += [ToDo(one.text, one.address) for one in proposals.for_person(person)]
    todo += [
        ToDo(
            _("Tell us how it was: %(title)s") % {"title": one.event.title},
            reverse("trainings:evaluate", args=[one.pk]),
        )
        for one in evaluation.bookings_to_evaluate(person, timezone.now())
    ]
    if person.school is None and not person.employer:
        todo.append(ToDo(_("Say where you work: certificates name it."), reverse("people:profile")))
    if not person.post:
        todo.append(ToDo(_("Choose your post in the profile."), reverse("people:profile")))
    return todo


def _to_confirm(confirmer: User) -> list[ToDo]:
    count = ledger.to_confirm(confirmer).count()
    text = ngettext(
        "%(count)d entry of a colleague waits for your confirmation.",
        "%(count)d entries of colleagues wait for your confirmation.",
        count,
    ) % {"count": count}
    return [ToDo(text, reverse("trainings:confirmations"))] if count else []
