"""The schedule of hours while it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation.hours import COLUMNS
from accreditation.locks import lock_proposal
from accreditation.models import Schedule
from accreditation.permissions import proposals as permissions
from centar.access import Refusal, demand
from centar.people.models import User
from centar.people.queries import person_of
from centar.questionnaires import drafts
from centar.questionnaires.drafts import Seen

MOST_ROWS, LONGEST_CELL = 200, 500
"""More rows than any programme has hours; characters of one cell."""


@transaction.atomic
def keep(*, proposal_id: int, rows: Sequence[Mapping[str, str]], seen: Seen, by: User) -> Schedule:
    """Keep the rows as they were typed, wrong hours too; empty rows are left out.

    Refuses out of time, what is too long, and by ChangedMeanwhile what another author has saved
    since.
    """
    proposal = lock_proposal(proposal_id)
    demand(permissions.may_write(proposal, by, timezone.localdate()))
    kept = [{name: row.get(name, "").strip() for name in COLUMNS} for row in rows]
    kept = [row for row in kept if any(row.values())]
    longest = max((len(cell) for row in kept for cell in row.values()), default=0)
    if len(kept) > MOST_ROWS or longest > LONGEST_CELL:
        raise Refusal(_("This is too long to be kept. Please shorten it."))
    schedule = Schedule.objects.filter(proposal=proposal).first() or Schedule(proposal=proposal)
    drafts.write(schedule, {"rows": kept}, seen=seen, saved_by=person_of(by))
    return schedule
