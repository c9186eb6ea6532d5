"""The subjects of schools as a list that things are chosen from; all apps may ask for it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.utils.translation import gettext_lazy as _

from centar.questionnaires import sources
from centar.questionnaires.sources import Source, Thing
from centar.schools.models import Subject

SUBJECTS = "subjects"


def register() -> None:
    """Make the list known; called once, when the app is ready."""
    sources.register(Source(SUBJECTS, _("subjects"), search=_search, names=_names))


def _search(typed: str) -> Sequence[Thing]:
    rows = sources.holding(Subject.objects.all(), typed, "name")
    return [Thing(*row) for row in rows.values_list("pk", "name")[: sources.MOST_FOUND]]


def _names(keys: Collection[int]) -> dict[int, str]:
    return dict(Subject.objects.filter(pk__in=keys).values_list("pk", "name"))
