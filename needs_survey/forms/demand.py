"""How the staff narrow and sort what was asked for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from centar.schools.models import Municipality, School
from centar.script.folding import fold
from centar.script.sorting import sort_key
from needs_survey.queries.demand import ProgrammeDemand
from trainings import lists
from trainings.forms.filters import Filter

ORDERS = (
    ("schools", _("schools")),
    ("municipalities", _("municipalities")),
    ("title", _("title")),
)
"""Other orders than the usual one by teachers, the most first."""


class SchoolFilter(Filter):
    """Which schools' answers count."""

    municipality = forms.ChoiceField(label=_("Municipality"), required=False)
    kind = forms.ChoiceField(label=_("Kind of school"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        towns = Municipality.objects.values_list("pk", "name")
        self.offer("municipality", [(str(key), name) for key, name in towns])
        self.offer("kind", School.Kind.choices)


class DemandFilter(SchoolFilter):
    """The schools, the programmes and their order."""

    competence = forms.ChoiceField(label=_("Competence"), required=False)
    sort = forms.ChoiceField(label=_("Order by"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("sort", ORDERS, nothing=_("teachers"))
        self.offer("competence", lists.programme_choices()["competence"])

    def sift(self, found: list[ProgrammeDemand]) -> list[ProgrammeDemand]:
        """The programmes with all the words and the competence, in the order asked for."""
        chosen = self.filters
        words = fold(chosen.get("q", "")).split()
        code = fold(chosen.get("competence", ""))
        rows = [
            one
            for one in found
            if all(word in fold(one.title) for word in words) and (not code or code in _codes(one))
        ]
        order = chosen.get("sort")
        if order == "title":
            return sorted(rows, key=lambda one: sort_key(one.title, "azbuka"))
        if order:
            return sorted(rows, key=lambda one: -getattr(one, order))
        return rows


def _codes(one: ProgrammeDemand) -> set[str]:
    competences = one.programme.competences.all() if one.programme else ()
    return {fold(competence.code) for competence in competences}
