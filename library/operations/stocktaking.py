"""Looking through the shelves: begin, scan what stands there, finish."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.people.models import User
from library.models import Sighting, StockTaking
from library.permissions import lending as permissions
from library.queries import codes


@transaction.atomic
def begin(*, shelf_from: str, shelf_to: str, by: User) -> StockTaking:
    """Begin to look through the shelves between two marks, both included."""
    demand(permissions.may_work_at_the_desk(by))
    first, last = shelf_from.strip(), shelf_to.strip()
    if first and last and first > last:
        raise Refusal(_("The first mark comes after the last one."), field="shelf_to")
    taking = StockTaking.objects.create(shelf_from=first, shelf_to=last, began_by=by)
    trail.record("library.begin_stocktaking", taking, by=by)
    return taking


@transaction.atomic
def see(*, stocktaking_id: int, code: str, by: User) -> Sighting:
    """Note a code scanned at the shelf; one of nothing is noted too, and reported.

    Scanning twice is one sighting. Refuses once it is finished.
    """
    demand(permissions.may_work_at_the_desk(by))
    taking = StockTaking.objects.select_for_update(no_key=True).get(pk=stocktaking_id)
    if taking.ended_at is not None:
        raise Refusal(_("This stock-taking is finished."))
    wanted = codes.read(code)[: codes.LONGEST]
    if not wanted:
        raise Refusal(_("Scan a copy."), field="code")
    sighting, _made = Sighting.objects.get_or_create(
        stocktaking=taking, code=wanted, defaults={"copy": codes.copy_of(code)}
    )
    return sighting


@transaction.atomic
def finish(*, stocktaking_id: int, by: User) -> StockTaking:
    """Say that all shelves of the range were looked through. Nothing else changes by itself:
    what is missing is looked for first, and marked lost one by one.
    """
    demand(permissions.may_work_at_the_desk(by))
    taking = StockTaking.objects.select_for_update(no_key=True).get(pk=stocktaking_id)
    if taking.ended_at is None:
        taking.ended_at = timezone.now()
        taking.save(update_fields=["ended_at"])
        trail.record("library.finish_stocktaking", taking, by=by)
    return taking
