"""The lists that questions of the forms offer: competences and priority areas of the cycles."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centar.questionnaires import sources
from centar.questionnaires.sources import Source, Thing
from trainings.models import Competence, PriorityArea

COMPETENCES, PRIORITIES = "competences", "priorities"
Listed = type[Competence] | type[PriorityArea]


def register_all() -> None:
    """Make the lists known; called once, when the app is ready."""
    _register(COMPETENCES, _("competences"), Competence)
    _register(PRIORITIES, _("priority areas"), PriorityArea)


def _register(code: str, label: str | Promise, model: Listed) -> None:
    def search(typed: str) -> Sequence[Thing]:
        text = Concat(F("code"), Value(" "), F("name"), output_field=TextField())
        rows = sources.holding(_offered(model), typed, text)
        return [Thing(row.pk, str(row)) for row in rows[: sources.MOST_FOUND]]

    def names(keys: Collection[int]) -> dict[int, str]:
        return {row.pk: str(row) for row in _offered(model).filter(pk__in=keys)}

    def former(keys: Collection[int]) -> dict[int, str]:
        return {row.pk: str(row) for row in model._default_manager.filter(pk__in=keys)}

    sources.register(Source(code, label, search=search, names=names, former=former))


def _offered(model: Listed) -> QuerySet[Any]:
    """Those of the cycles that have not ended, the newest cycle first."""
    rows = model._default_manager.filter(cycle__ends_on__gte=timezone.localdate())
    return rows.order_by("-cycle__starts_on", "code")
