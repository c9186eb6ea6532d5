"""Reads of what a seminar's participants get."""

from __future__ import annotations

from django.db.models import QuerySet

from centar.events.models import Event
from trainings.models import Material


def materials_of(event: Event) -> QuerySet[Material]:
    """The materials of the seminar with their files, in the order they were added."""
    return Material.objects.filter(seminar=event.pk).select_related("file")
