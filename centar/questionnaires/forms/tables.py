"""Questions with a field for each thing that they name: statements with grades, and numbers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from centar.questionnaires.forms import fields
from centar.questionnaires.forms.parts import Doubt, Part
from centar.questionnaires.models import SCALE, Answer, Option


class OfOptions(Part, ABC):
    """A kind with one field for each thing that the question names."""

    @property
    def names(self) -> list[str]:
        """One name for each option."""
        return [f"{self.name}_{option.pk}" for option in self.options]

    def make(self) -> dict[str, forms.Field]:
        """One field for each option, called by its words."""
        return dict(zip(self.names, map(self.field, self.options), strict=True))

    @abstractmethod
    def field(self, option: Option) -> forms.Field:
        """The field of one option."""

    def values(self) -> dict[str, Any]:
        """What is clean and not empty, by the field's name."""
        clean = {name: self.form.clean_value(name) for name in self.names}
        return {name: value for name, value in clean.items() if value not in ("", None)}

    def answers(self) -> list[Answer]:
        """One row for each option that has a number."""
        values = self.values()
        return [
            Answer(question=self.question, option=option, number=values[name])
            for name, option in zip(self.names, self.options, strict=True)
            if name in values
        ]


class Matrix(OfOptions):
    """A table of statements and grades."""

    template = "questionnaires/_matrix.html"

    def field(self, option: Option) -> forms.Field:
        """A row of the table."""
        row = fields.GradeRow(f"row_{self.name}_{option.pk}", f"column_{self.name}")
        return fields.on_scale(self.facts(option.text), row)

    @property
    def columns(self) -> list[tuple[int, str]]:
        """The grades with what they mean; only the ends mean something in words."""
        meanings = {SCALE[0]: self.question.low_label, SCALE[-1]: self.question.high_label}
        return [(grade, meanings.get(grade, "")) for grade in SCALE]


class Numbers(OfOptions):
    """A number for each of several, with their sum."""

    template = "questionnaires/_numbers.html"

    def field(self, option: Option) -> forms.Field:
        """The number of one of them; an empty one is nothing."""
        return fields.number({**self.facts(option.text), "required": False})

    def check(self) -> None:
        """A number somewhere, where the question must be answered."""
        if self.is_required and not self.values() and not self.errors:
            self.form.add_error(self.names[0], _("Please write at least one number."))

    @property
    def sum(self) -> Decimal:
        """Of what can be read."""
        return sum(self.values().values(), Decimal(0))

    @property
    def written_sum(self) -> str:
        """The sum for the page."""
        return written(self.sum)

    def doubt(self) -> Doubt | None:
        """That the sum is not what another question says."""
        values = self.values()
        total = self.form.total_of(self.question) if values else None
        if total is None or self.sum == total:
            return None
        words = _("Together they make %(sum)s, but under “%(question)s” you wrote %(total)s.")
        sentence = words % {
            "sum": self.written_sum,
            "total": written(total),
            "question": self.form.asked[self.question.adds_up_to_id].text,
        }
        numbers = "+".join(f"{values.get(name, 0):g}" for name in self.names)
        return Doubt(self.question.code, sentence, f"{self.question.code}: {numbers}≠{total:g}")


def written(number: Decimal) -> str:
    """A number without needless decimals: „8“, „7,5“."""
    return str(number_format(number.normalize() + 0 if number % 1 else int(number)))
