"""From an accredited proposal to an entry of the catalogue, and from that to a seminar."""

from __future__ import annotations

from datetime import date, time

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accreditation import entries
from accreditation.models import MadeProgramme, Version
from accreditation.operations.filings import lock_proposal
from accreditation.permissions import programmes as permissions
from accreditation.versions import Content
from centar.access import Refusal, demand
from centar.audit import trail
from centar.people.models import User
from centar.script import faces
from trainings import days
from trainings.models import Seminar
from trainings.operations import programmes, seminars
from trainings.queries import planning


@transaction.atomic
def make(*, proposal_id: int, by: User) -> MadeProgramme:
    """The programme, meeting or workshop in the catalogue, with everything that was accredited.

    The proposal and the programme know each other from then on. Refuses a second one, what is
    not accredited, and a number that the cycle has already.
    """
    demand(permissions.may_make(by))
    proposal = lock_proposal(proposal_id)
    demand(permissions.may_become_programme(proposal))
    filing = getattr(proposal, "filing", None)
    version = filing.version if filing else Version.objects.get(decision__proposal=proposal)
    with translation.override(faces.CYRILLIC.language):
        entry = entries.entry(proposal, filing, Content.of(version))
    programme = programmes.add(entry=entry, by=by)
    made = MadeProgramme.objects.create(proposal=proposal, programme=programme)
    trail.record("accreditation.make_programme", proposal, by=by, programme=programme.pk)
    return made


@transaction.atomic
def plan(
    *,
    proposal_id: int,
    by: User,
    town: str = "",
    first_day: date | None = None,
    begins_at: time | None = None,
) -> Seminar:
    """A draft seminar of the programme that was made; without a first day its days are to come.

    Refuses a day that is over, and a day without an hour to begin at.
    """
    demand(permissions.may_plan(by))
    proposal = lock_proposal(proposal_id)
    demand(permissions.may_be_planned(proposal))
    programme = proposal.made.programme
    meetings: list[days.Meeting] = []
    if first_day is not None:
        if first_day <= timezone.localdate():
            raise Refusal(_("This day is over."), field="first_day")
        if begins_at is None:
            raise Refusal(_("Write at what hour the days begin."), field="begins_at")
        minutes = planning.minutes_of_an_hour()
        meetings = days.meetings(programme, first_day, begins_at, minutes)
    seminar = seminars.plan_seminar(programme=programme, by=by, town=town, days=meetings)
    trail.record("accreditation.plan_seminar", proposal, by=by, seminar=seminar.pk)
    return seminar
