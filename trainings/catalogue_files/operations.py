"""Writing an import into the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.people.models import User
from trainings.catalogue_files import headings, permissions, plan
from trainings.catalogue_files.plan import Plan, PlannedRow
from trainings.catalogue_files.sheets import Sheet
from trainings.models import Area, Programme, Trainer

BATCH = 500


class Outdated(Refusal):
    """The catalogue is no longer what the person has seen in the preview."""


@dataclass(frozen=True)
class Imported:
    """The programmes that an import made and changed."""

    created: list[Programme]
    changed: list[Programme]
    unchanged: int


@transaction.atomic
def import_catalogue(*, sheet: Sheet, previewed: str, by: User) -> Imported:
    """Write the sheet into the catalogue: all of it, and only if it does what was previewed.

    `previewed` is the fingerprint of the plan that the person has seen. Refuses while a row is
    wrong; raises Outdated when the same sheet would now do something else.
    """
    demand(permissions.may_import(by))
    now = plan.make(sheet, lock=True)
    if now.fingerprint() != previewed:
        raise Outdated(_changed_meanwhile())
    if not now.can_be_imported:
        raise Refusal(_("Nothing is imported while a row is wrong or when nothing is new."))
    try:
        with transaction.atomic():
            imported = _write(now)
    except IntegrityError:
        # Locks keep what is there; the constraints find what came in beside it.
        raise Outdated(_changed_meanwhile()) from None
    first = (imported.created + imported.changed)[0]
    trail.record(
        "trainings.import_catalogue",
        first.cycle or first,
        by=by,
        file=sheet.name,
        created=len(imported.created),
        changed=len(imported.changed),
        unchanged=imported.unchanged,
        areas=len(now.areas),
        trainers=len(now.trainers),
    )
    return imported


def _changed_meanwhile() -> str:
    return _(
        "The catalogue has changed since the preview, so nothing is imported yet. "
        "This is what the file would do now."
    )


def _write(now: Plan) -> Imported:
    Area.objects.bulk_create(now.areas)
    Trainer.objects.bulk_create(now.trainers)
    created = [_assigned(Programme(), row) for row in now.new]
    Programme.objects.bulk_create(created, batch_size=BATCH)
    changed = [_assigned(row.programme, row) for row in now.changed if row.programme]
    fields = {name for row in now.changed for name in row.values} - _relations()
    if fields:
        Programme.objects.bulk_update(changed, sorted(fields), batch_size=BATCH)
    for relation in sorted(_relations()):
        _relate(relation, created, now.new, are_new=True)
        _relate(relation, changed, now.changed, are_new=False)
    # A trainer deleted beside us would otherwise be missed only at the very end.
    connection.check_constraints()
    return Imported(created, changed, len(now.same))


def _relations() -> set[str]:
    """The fields with several values, which have tables of their own."""
    return {column.attribute for column in headings.ALL if column.field.many_to_many}


def _assigned(programme: Programme, row: PlannedRow) -> Programme:
    for name, value in row.values.items():
        if name not in _relations():
            setattr(programme, name, value)
    return programme


def _relate(
    relation: str, programmes: list[Programme], rows: list[PlannedRow], *, are_new: bool
) -> None:
    """Give each programme exactly the related rows that its row of the file names."""
    field: Any = Programme._meta.get_field(relation)
    through = field.remote_field.through
    wanted = [
        (programme, row.values[relation])
        for programme, row in zip(programmes, rows, strict=True)
        if relation in row.values
    ]
    if not are_new:
        ids = [programme.pk for programme, _related in wanted]
        through.objects.filter(**{f"{field.m2m_field_name()}__in": ids}).delete()
    through.objects.bulk_create(
        [
            through(**{field.m2m_field_name(): programme, field.m2m_reverse_field_name(): other})
            for programme, others in wanted
            for other in others
        ],
        batch_size=BATCH,
    )
