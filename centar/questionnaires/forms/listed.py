"""Things chosen from a list of the portal, such as programmes, each with a number of people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from centar.questionnaires import sources
from centar.questionnaires.forms import fields
from centar.questionnaires.forms.parts import Part, too_many
from centar.questionnaires.models import Answer

FIND, SOUGHT, FOCUS = "find", "sought", "focus"
"""Ends of the names of fields that help to choose and are no answers."""
FOUND = "found"
"""The focus of somebody who has just searched; after other buttons it is a key, or FIND."""


@dataclass(frozen=True)
class Row:
    """One thing that was chosen; `field` is the number of people, where it is asked.

    `is_gone` when it is no longer offered.
    """

    key: str
    name: str
    is_gone: bool
    field: forms.BoundField | None


class Listed(Part):
    """A search in the list, and what was chosen from it.

    The keys are in one hidden field, each number in a field of its own; both are in the form
    as soon as something is chosen.
    """

    template = "questionnaires/_listed.html"
    has_steps = True

    @cached_property
    def chosen(self) -> list[str]:
        """The keys that were chosen, as far as they can be keys."""
        return [key for key in dict.fromkeys(self.form.typed(self.name)) if fields.is_key(key)]

    @property
    def names(self) -> list[str]:
        """The name of the field of keys, and one for each number."""
        numbers = self.chosen if self.question.counts_people else []
        return [self.name, *(f"{self.name}_{key}" for key in numbers)]

    @property
    def source(self) -> sources.Source:
        """The list."""
        return sources.get(self.question.source)

    @cached_property
    def offered(self) -> dict[str, str]:
        """The names of what was chosen and is offered, by its key."""
        return self._named(self.source.names, self.chosen)

    @cached_property
    def gone(self) -> dict[str, str]:
        """The names of what was chosen and is no longer offered."""
        left = [key for key in self.chosen if key not in self.offered]
        known = self._named(self.source.former, left)
        return {key: known.get(key, _("Something that was on the list")) for key in left}

    def _named(self, names: Any, keys: Sequence[str]) -> dict[str, str]:
        found = names([int(key) for key in keys]) if keys else {}
        return {str(key): name for key, name in found.items()}

    def make(self) -> dict[str, forms.Field]:
        """The keys, then a number for each that is offered."""
        facts = self.facts(self.question.text)
        made = {self.name: fields.listed(facts)}
        for name, key in zip(self.names[1:], self.chosen, strict=False):
            label = {**self.offered, **self.gone}[key]
            needed = not self.form.is_draft and key in self.offered
            facts = {"label": label, "required": needed}
            made[name] = fields.people(facts, has_focus=self.focus == key)
        return made

    @property
    def focus(self) -> str | None:
        """Where somebody goes on after a button: the number of a key, or the search."""
        return self.form.data.get(f"{self.name}_{FOCUS}")

    @property
    def own_errors(self) -> list[str]:
        """What is wrong with the choice, and not with a number."""
        return [str(error) for error in self.form.errors.get(self.name, [])]

    @property
    def rows(self) -> list[Row]:
        """What was chosen, for the page."""
        numbers = {field.html_name: field for field in self.fields[1:]}
        return [
            Row(
                key,
                {**self.offered, **self.gone}[key],
                key in self.gone,
                numbers.get(f"{self.name}_{key}"),
            )
            for key in self.chosen
        ]

    @property
    def is_full(self) -> bool:
        """Whether nothing more may be chosen."""
        return self.question.most is not None and len(self.chosen) >= self.question.most

    @property
    def search(self) -> str:
        """What is looked for."""
        return str(self.form.data.get(f"{self.name}_{FIND}", "")).replace("\x00", "").strip()

    @cached_property
    def found(self) -> list[sources.Thing]:
        """What the search found and is not chosen yet; a search for nothing finds the first."""
        if self.is_full or not (self.search or self.focus == FOUND):
            return []
        things = self.source.search(self.search)
        return [thing for thing in things if str(thing.key) not in self.chosen]

    def check(self) -> None:
        """Not more than the question allows, and only what is still offered."""
        if self.form.is_draft:
            return
        most = self.question.most
        if most is not None and len(self.chosen) > most:
            self.form.add_error(self.name, too_many(most))
        for name in self.gone.values():
            sentence = _("“%(name)s” is no longer offered. Please remove it; the rest is kept.")
            self.form.add_error(self.name, sentence % {"name": name})

    def answers(self) -> list[Answer]:
        """One row for each thing, with its name and how many people it is for."""
        numbers = {key: self.form.clean_value(f"{self.name}_{key}") for key in self.offered}
        if not self.question.counts_people:
            numbers = dict.fromkeys(self.offered, 1)
        return [
            Answer(
                question=self.question, item=int(key), number=numbers[key], text=self.offered[key]
            )
            for key in self.chosen
            if key in self.offered
        ]
