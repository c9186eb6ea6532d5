"""Answers put in order: by choosing their places, or by moving them up and down."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext as _

from centar.questionnaires.forms import fields
from centar.questionnaires.forms.tables import OfOptions
from centar.questionnaires.models import Option


class Ranking(OfOptions):
    """Answers with their places; where there are fewer places than answers, some have none."""

    template = "questionnaires/_ranking.html"
    has_steps = True

    @property
    def places(self) -> int:
        """How many places there are."""
        return min(self.question.most or len(self.options), len(self.options))

    def field(self, option: Option) -> forms.Field:
        """The place of one answer."""
        facts = self.facts(option.text)
        needed = self.is_required and self.places == len(self.options)
        return fields.place(range(1, self.places + 1), {**facts, "required": needed})

    def check(self) -> None:
        """Each place once, and none left empty before one that is taken."""
        if self.form.is_draft:
            return
        taken: set[int] = set()
        for name, place in self.values().items():
            if place in taken:
                sentence = _("Place %(n)d is taken: each place can be given once.")
                self.form.add_error(name, sentence % {"n": place})
            taken.add(place)
        wanted = self.places if self.is_required else max(taken, default=0)
        missing = [place for place in range(1, wanted + 1) if place not in taken]
        if missing and not self.errors:
            sentence = _("Nothing stands in place %(n)d.")
            self.form.add_error(self.names[0], sentence % {"n": missing[0]})

    def ordered(self) -> list[forms.BoundField]:
        """The fields in the order of their places, those without one at the end."""
        typed = {field.html_name: str(field.value() or "") for field in self.fields}
        return sorted(self.fields, key=lambda field: _place(typed[field.html_name]))


def moved(places: Mapping[str, str], name: str, step: int, most: int) -> dict[str, str]:
    """The places after one answer was moved up (`step` -1) or down (1).

    An answer without a place takes the last one, and there are `most` of them.
    """
    in_order = sorted(places, key=lambda one: _place(places[one]))
    ranked = [one for one in in_order if places[one]]
    if name not in ranked:
        ranked = [*ranked[: most - 1], name]
    else:
        here = ranked.index(name)
        there = min(max(here + step, 0), len(ranked) - 1)
        ranked[here], ranked[there] = ranked[there], ranked[here]
    new = {one: str(place) for place, one in enumerate(ranked, start=1)}
    return {one: new.get(one, "") for one in places}


def _place(typed: str) -> float:
    return int(typed) if fields.is_key(typed) else float("inf")
