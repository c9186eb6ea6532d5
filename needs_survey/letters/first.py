"""The letter that invites the schools that asked for a seminar, before everybody else."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.events import moments
from centar.events import permissions as event_permissions
from centar.outbox import kinds, operations
from centar.outbox.models import Letter
from centar.people.models import Person
from centar.schools.models import School
from centar.script import faces
from needs_survey.letters.texts import written
from needs_survey.models import PlannedSeminar
from needs_survey.queries import plans as queries

FIRST = "needs_survey.first"


def register() -> None:
    """Make the kind known to the outbox; called once, when the app is ready."""
    kinds.register(kinds.Kind(FIRST, gettext_lazy("a seminar that your school asked for"), _first))


def queue(planned: PlannedSeminar, coordinators: Sequence[Person]) -> None:
    """Queue the letter to each of these people, once for ever."""
    operations.queue_many(
        Letter(
            kind=FIRST,
            object_id=planned.pk,
            recipient=person.email,
            version="1",
            face=person.face,
            context={"person": person.pk},
        )
        for person in coordinators
    )


def _first(letter: Letter) -> kinds.Message:
    rows = PlannedSeminar.objects.select_related("seminar__event", "plan__round")
    planned = rows.filter(pk=letter.object_id).exclude(seminar=None).first()
    person = Person.objects.select_related("user").filter(pk=letter.context["person"]).first()
    if planned is None or person is None or person.user is None or planned.seminar is None:
        raise kinds.NoLongerTrue(_("There is nothing to apply for any more."))
    event, now = planned.seminar.event, timezone.now()
    schools = _schools(planned, person)
    if not schools or not event_permissions.may_register(event, person.user, now):
        raise kinds.NoLongerTrue(_("There is nothing to apply for any more."))
    opens_at = event.registration_opens_at
    face = faces.by_code(letter.face)
    context = {
        "person": person,
        "event": event,
        "round": planned.plan.round,
        "schools": [
            (school, settings.SITE_URL + faces.address(_apply_path(event.pk, school.pk), face))
            for school in schools
        ],
        "days": [moments.span(day.starts_at, day.ends_at) for day in event.days],
        "opens": moments.written(opens_at) if opens_at and opens_at > now else "",
    }
    subject = _("Your school asked for it: %(title)s") % {"title": event.title}
    return kinds.Message(subject, written("first", context))


def _schools(planned: PlannedSeminar, person: Person) -> list[School]:
    """The person's schools that asked for it."""
    asked = queries.first_in_line(planned).values("school")
    own = person.coordinations.filter(ended_at=None).values("school")
    return list(School.objects.filter(pk__in=asked).filter(pk__in=own))


def _apply_path(event_id: int, school_id: int) -> str:
    return f"{reverse('events:apply', args=[event_id])}?skola={school_id}"
