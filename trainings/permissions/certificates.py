"""Who issues certificates and who gets one, and the sentence of a "no"."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from centar.access import YES, Verdict, no
from centar.events.models import Booking, Event
from centar.people import permissions as people
from centar.people.models import User
from trainings.models import Programme, Seminar
from trainings.queries.certificates import Standing

ISSUE = "trainings.add_certificate"
END = "trainings.change_certificate"


def may_issue(by: User | None) -> Verdict:
    """Whether `by` issues certificates."""
    return people.works_on(by, ISSUE)


def may_end(by: User | None) -> Verdict:
    """Whether `by` revokes and replaces certificates."""
    return people.works_on(by, END)


def may_be_certified(seminar: Seminar, now: datetime) -> Verdict:
    """Whether certificates of the seminar can be issued at all."""
    event = seminar.event
    if event.state == Event.State.CANCELLED:
        return no(gettext_lazy("This seminar was cancelled; nobody gets a certificate."))
    if event.ends_at is None or event.ends_at > now:
        return no(gettext_lazy("The seminar is not over yet."))
    return YES


def may_receive(standing: Standing, programme: Programme) -> Verdict:
    """Whether a participant has earned the certificate, by the rule of the programme."""
    booking, person = standing.booking, standing.booking.person
    if booking.state != Booking.State.PLACED:
        return no(gettext_lazy("Has no place at this seminar."))
    if standing.has_certificate:
        return no(gettext_lazy("Already has the certificate of this seminar."))
    if not standing.attended:
        return no(gettext_lazy("Was not there: no presence is noted."))
    # Whole numbers: 80 % of 359 minutes is not to be lost in a fraction.
    if standing.attended * 100 < standing.whole * programme.least_attendance:
        facts = {
            "attended": _long(standing.attended),
            "whole": _long(standing.whole),
            "share": programme.least_attendance,
        }
        return no(_("Was there %(attended)s of %(whole)s; %(share)d %% is needed.") % facts)
    if programme.needs_evaluation and not standing.has_evaluated:
        return no(gettext_lazy("Has not filled in the evaluation."))
    if person.birth_date is None or not person.birth_place:
        return no(gettext_lazy("The date and place of birth are not known."))
    return YES


def _long(minutes: int) -> str:
    """Minutes as hours and minutes: „5 сати 30 минута“."""
    hours, rest = divmod(minutes, 60)
    parts = [
        ngettext("%(number)d hour", "%(number)d hours", hours) % {"number": hours} if hours else "",
        ngettext("%(count)d minute", "%(count)d minutes", rest) % {"count": rest}
        if rest or not hours
        else "",
    ]
    return " ".join(part for part in parts if part)
