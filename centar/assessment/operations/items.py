"""What is assessed: added by the apps, with whose it is and who is not impartial about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.assessment import permissions
from centar.assessment.models import Assignment, DeclaredConflict, Item, Party
from centar.assessment.operations.ending import drop_conflicted
from centar.assessment.operations.locks import lock_item, lock_panel
from centar.assessment.operations.telling import tell_if_all_in
from centar.audit import trail
from centar.people.models import Person, User


@dataclass(frozen=True)
class Whose:
    """An author or mentor of a thing, by keys; each part may be unknown, but not all."""

    person_id: int | None = None
    email: str = ""
    school_id: int | None = None


@transaction.atomic
def add(
    *,
    panel_id: int,
    code: str,
    parties: Sequence[Whose],
    by: User | None,
    topic: str = "",
    follows_id: int | None = None,
) -> Item:
    """Give the panel a thing to assess. `code` names nobody and is used once in the panel.

    The app above has asked who may. Refuses when the panel's work is over.
    """
    panel = lock_panel(panel_id)
    if panel.ended_at is not None:
        raise Refusal(_("The work of this panel is over."))
    item = Item.objects.create(panel=panel, code=code, topic=topic, follows_id=follows_id)
    Party.objects.bulk_create(
        Party(item=item, person_id=one.person_id, email=one.email, school_id=one.school_id)
        for one in dict.fromkeys(parties)
    )
    trail.record("assessment.add", item, by=by, follows=follows_id)
    return item


@transaction.atomic
def declare_conflict(
    *, item_id: int, person_id: int, by: User, reason: str = ""
) -> DeclaredConflict:
    """Keep that somebody is not impartial about an item. What they were asked for ends, and what
    they have sent does not count, until the item is closed. Declaring twice changes nothing.
    """
    item = lock_item(item_id)
    person = Person.objects.get(pk=person_id)
    demand(permissions.may_declare(item, person, by))
    declared, is_new = DeclaredConflict.objects.get_or_create(
        item=item, person=person, defaults={"reason": reason}
    )
    if is_new:
        own = Assignment.objects.filter(item=item, person=person)
        had_one = own.filter(state__in=Assignment.LIVE).exists()
        drop_conflicted(own)
        if had_one:
            tell_if_all_in(item)
        trail.record("assessment.declare_conflict", item, by=by, person=person.pk, reason=reason)
    return declared
