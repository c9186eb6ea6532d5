"""The letters to assessors; each is written when it is sent, from the facts of that moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from centar.assessment import kinds as subjects
from centar.assessment.models import Assignment
from centar.assessment.queries import work
from centar.outbox import kinds, operations, texts
from centar.outbox.models import Letter
from centar.people.models import Person
from centar.script import faces

ASKED = "assessment.asked"
AGAIN = "assessment.again"
ENDED = "assessment.ended"
GIVEN_BACK = "assessment.given_back"
REMINDER = "assessment.reminder"
DIGEST = "assessment.digest"
KINDS = (ASKED, AGAIN, ENDED, GIVEN_BACK, REMINDER, DIGEST)
# Letters that the worker queues at midnight wait until people are at work.
MORNING = time(8)


def register() -> None:
    """Make the kinds known to the outbox; called once, when the app is ready."""
    for code, label, compose in (
        (ASKED, gettext_lazy("somebody is asked to assess"), _asked),
        (AGAIN, gettext_lazy("somebody is asked to assess what was revised"), _again),
        (ENDED, gettext_lazy("somebody need not assess any more"), _ended),
        (GIVEN_BACK, gettext_lazy("a sent assessment is given back"), _given_back),
        (REMINDER, gettext_lazy("reminder to assess"), _reminder),
        (DIGEST, gettext_lazy("what waits for an assessor, weekly"), _digest),
    ):
        kinds.register(kinds.Kind(code, label, compose, secret=True))


def version_of(day: date) -> str:
    """The version of letters that are written once a day."""
    return f"{day:%Y-%m-%d}"


def morning(day: date) -> datetime:
    """When letters of a day are sent at the earliest."""
    return timezone.make_aware(datetime.combine(day, MORNING))


def queue_asked(assignments: Iterable[Assignment]) -> None:
    """Ask each assessor by one letter for all that is new."""
    _queue(ASKED, assignments)


def queue_again(assignments: Iterable[Assignment]) -> None:
    """Ask each assessor by one letter for all that comes again."""
    _queue(AGAIN, assignments)


def queue_ended(assignments: Iterable[Assignment]) -> None:
    """Tell each assessor by one letter what they need not assess any more."""
    _queue(ENDED, assignments)


def queue_given_back(assignment: Assignment) -> None:
    """Tell the assessor that what they have sent is theirs to change again, and why."""
    _queue(GIVEN_BACK, [assignment])


def queue_reminders(assignments: Iterable[Assignment], today: date) -> None:
    """Remind each assessor by one letter, once a day at the most."""
    _queue(REMINDER, assignments, version=version_of(today), at=morning(today))


def queue_digests(people: Sequence[Person], today: date) -> None:
    """Write to each person once."""
    operations.queue_many(
        _letter(DIGEST, person, version=version_of(today), at=morning(today)) for person in people
    )


def _queue(
    kind: str, assignments: Iterable[Assignment], version: str = "", at: datetime | None = None
) -> None:
    """One letter for each person with all of theirs."""
    now = timezone.now()
    own: defaultdict[Person, list[int]] = defaultdict(list)
    for one in assignments:
        own[one.person].append(one.pk)
    operations.queue_many(
        _letter(kind, person, version=version or f"{now:%Y-%m-%d %H:%M:%S.%f}", at=at, keys=keys)
        for person, keys in own.items()
    )


def _letter(
    kind: str, person: Person, *, version: str, at: datetime | None, keys: Sequence[int] = ()
) -> Letter:
    now = timezone.now()
    return Letter(
        kind=kind,
        object_id=person.pk,
        recipient=person.email,
        version=version,
        face=person.face,
        context={"assignments": list(keys)},
        next_attempt_at=max(at or now, now),
    )


def _asked(letter: Letter) -> kinds.Message:
    return _of_waiting(letter, "asked", _("Please assess"))


def _again(letter: Letter) -> kinds.Message:
    return _of_waiting(letter, "again", _("It was revised; please assess it again"))


def _given_back(letter: Letter) -> kinds.Message:
    return _of_waiting(letter, "given_back", _("Your assessment is given back to you"))


def _reminder(letter: Letter) -> kinds.Message:
    return _of_waiting(letter, "reminder", _("Your assessment is still awaited"))


def _digest(letter: Letter) -> kinds.Message:
    rows = list(work.waiting_for(_person(letter)))
    subject = ngettext(
        "%(number)d assessment waits for you", "%(number)d assessments wait for you", len(rows)
    )
    return _message(letter, "digest", subject % {"number": len(rows)}, rows)


def _of_waiting(letter: Letter, template: str, subject: str) -> kinds.Message:
    """About those of the letter that still wait."""
    rows = work.waiting_for(_person(letter)).filter(pk__in=letter.context["assignments"])
    return _message(letter, template, subject, list(rows))


def _ended(letter: Letter) -> kinds.Message:
    rows = Assignment.objects.filter(
        pk__in=letter.context["assignments"], state=Assignment.State.ENDED
    )
    subject = _("You need not assess this any more")
    return _message(letter, "ended", subject, list(rows.select_related("item__panel")))


def _person(letter: Letter) -> Person:
    person = Person.objects.select_related("user").filter(pk=letter.object_id).first()
    if person is None:
        raise kinds.NoLongerTrue(_("This person is no longer here."))
    return person


def _message(
    letter: Letter, template: str, subject: str | Promise, rows: Sequence[Assignment]
) -> kinds.Message:
    if not rows:
        raise kinds.NoLongerTrue(_("Nothing of this waits any more."))
    face = faces.by_code(letter.face)
    context: dict[str, Any] = {
        "person": _person(letter),
        "panels": _by_panel(rows, face),
        "today": timezone.localdate(),
    }
    return kinds.Message(str(subject), texts.written(f"assessment/letters/{template}.txt", context))


def _by_panel(rows: Sequence[Assignment], face: faces.Face) -> list[dict[str, Any]]:
    """Assignments with their addresses, under the panel of each and what it assesses."""
    found: dict[int, dict[str, Any]] = {}
    for one in rows:
        panel = one.item.panel
        subject = subjects.of(panel)
        if panel.pk not in found:
            found[panel.pk] = {"panel": panel, "about": subject.about(panel), "rows": []}
        address = settings.SITE_URL + faces.address(subject.assignment_path(one), face)
        found[panel.pk]["rows"].append({"assignment": one, "address": address})
    return list(found.values())
