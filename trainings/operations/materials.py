"""Handing out files to the participants of a seminar."""

from __future__ import annotations

from django.core.files.base import File
from django.db import transaction

from centar.access import Refusal, demand
from centar.audit import trail
from centar.files import operations as files
from centar.people.models import User
from trainings.models import Material, Seminar
from trainings.permissions import materials as permissions


@transaction.atomic
def add(*, seminar: Seminar, upload: File[bytes], by: User) -> Material:
    """Hand a file out to the participants. Refuses what `centar.files` does not take in."""
    demand(permissions.may_hand_out(seminar.event, by))
    try:
        stored = files.store(upload=upload, by=by)
    except Refusal as refusal:
        raise Refusal(str(refusal), field="file") from refusal
    material = Material.objects.create(seminar=seminar, file=stored)
    trail.record("trainings.add_material", material, by=by, seminar=seminar.pk)
    return material


@transaction.atomic
def remove(*, material_id: int, by: User) -> None:
    """Take a file back; it is thrown away. One that is gone already stays gone."""
    material = (
        Material.objects.select_for_update(no_key=True, of=("self",))
        .select_related("file", "seminar__event")
        .filter(pk=material_id)
        .first()
    )
    if material is None:
        return
    demand(permissions.may_hand_out(material.seminar.event, by))
    trail.record("trainings.remove_material", material, by=by, seminar=material.seminar_id)
    material.delete()
    files.remove(file=material.file, by=by)
