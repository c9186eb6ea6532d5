"""The columns of a catalogue file: their headings, how a cell is read and how it is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _

from centar.sheets import notation
from trainings.catalogue_files import keys
from trainings.catalogue_files.known import Codes, Known
from trainings.models import Area, Competence, Cycle, PriorityArea, Programme, Trainer

Native = str | int | Decimal
"""What a spreadsheet's cell can be."""

KEEP = object()
"""The value of a cell that leaves what is there, or the usual value in a new programme."""


@dataclass(frozen=True)
class Surroundings:
    """What a cell is read against: the catalogue, and the cycle and programme of its row."""

    known: Known
    cycle: Cycle | None
    programme: Programme | None


@dataclass(frozen=True)
class Column:
    """A column with a text; the other kinds change what they must.

    `also` are other headings that staff write for it.
    """

    heading: str
    attribute: str
    also: tuple[str, ...] = ()
    is_relation: ClassVar[bool] = False

    @property
    def field(self) -> Any:
        """The model's field, which knows the limits."""
        return Programme._meta.get_field(self.attribute)

    def read(self, text: str, around: Surroundings) -> Any:
        """The value of the cell, or KEEP. Raises ValidationError with sentences for the person."""
        _check_characters(text)
        return self.field.clean(self._tidy(text), None)

    def of(self, programme: Programme) -> Any:
        """The value that the programme has."""
        return getattr(programme, self.attribute)

    def same(self, old: Any, new: Any) -> bool:
        """Whether the new value would change nothing worth writing."""
        return bool(self.field.to_python(self._tidy(old)) == new)

    def write(self, value: Any) -> Native:
        """The value as it stands in a file."""
        return self._tidy(value)

    def _tidy(self, text: str) -> str:
        if isinstance(self.field, models.CharField):
            return notation.one_line(text)
        return notation.several_lines(text)


class IdentityColumn(Column):
    """A number of the catalogue: it finds a programme and is written only into a new one."""

    def read(self, text: str, around: Surroundings) -> Any:
        """As a text; what an existing programme has stays."""
        value = super().read(text, around)
        return KEEP if around.programme else value


class NumberColumn(Column):
    """A column with a number, whole or decimal as its field is."""

    def read(self, text: str, around: Surroundings) -> Any:
        """A number in Serbian or English notation; empty leaves what is there."""
        _check_characters(text)
        if not text.strip():
            return KEEP
        try:
            value = notation.number(text)
        except ValueError:
            raise ValidationError(_("Write a number, such as 8 or 12.345,50.")) from None
        if not isinstance(self.field, models.DecimalField):
            if value != value.to_integral_value():
                raise ValidationError(_("Write a whole number."))
            return self.field.clean(int(value), None)
        return self.field.clean(value, None)

    def same(self, old: Any, new: Any) -> bool:
        """Whether the numbers are equal."""
        return bool(old == new)

    def write(self, value: Any) -> Native:
        """The number itself."""
        return value  # type: ignore[no-any-return]


class FormColumn(Column):
    """The form of the programme, by its label in either script or by its code."""

    def read(self, text: str, around: Surroundings) -> Any:
        """A form; empty leaves what is there."""
        _check_characters(text)
        if not text.strip():
            return KEEP
        form = _forms().get(keys.name(text))
        if form is None:
            raise ValidationError(
                _("There is no form “%(form)s”. The forms are: %(forms)s.")
                % {"form": text, "forms": ", ".join(map(str, Programme.Form.labels))}
            )
        return form

    def same(self, old: Any, new: Any) -> bool:
        """Whether it is the same form."""
        return bool(old == new)

    def write(self, value: Any) -> Native:
        """The label."""
        return str(Programme.Form(value).label)


class CycleColumn(Column):
    """The cycle, which must exist; empty for a programme outside of cycles."""

    is_relation = True

    def read(self, text: str, around: Surroundings) -> Any:
        """The cycle or None."""
        _check_characters(text)
        if not text.strip():
            return None
        cycle = around.known.cycles.get(keys.cycle(text))
        if cycle is None:
            raise ValidationError(
                _("There is no cycle “%(cycle)s”. The cycles are: %(cycles)s.")
                % {"cycle": text, "cycles": _listed(around.known.cycles.values())}
            )
        return cycle

    def same(self, old: Any, new: Any) -> bool:
        """Whether it is the same row."""
        return bool(old == new)

    def write(self, value: Any) -> Native:
        """The name."""
        return notation.one_line(value.name) if value else ""


class AreaColumn(CycleColumn):
    """The area; one that does not exist will be made."""

    def read(self, text: str, around: Surroundings) -> Any:
        """The area, perhaps not saved yet, or None."""
        _check_characters(text)
        name = _clean_name(Area, text)
        if not name:
            return None
        return around.known.area(name, around.programme.area if around.programme else None)


class SeveralColumn(Column):
    """Several rows of another table in one cell."""

    is_relation = True

    def of(self, programme: Programme) -> Any:
        """The rows in a list."""
        return list(getattr(programme, self.attribute).all())

    def same(self, old: Any, new: Any) -> bool:
        """Whether the same rows are meant, in any order."""
        return {row.pk for row in old} == {row.pk for row in new}


class CodesColumn(SeveralColumn):
    """Competences or priority areas, by their codes in the cycle of the row."""

    def read(self, text: str, around: Surroundings) -> Any:
        """The rows in the order of the cell."""
        _check_characters(text)
        codes = notation.split(text, ";,")
        if not codes:
            return []
        if around.cycle is None:
            raise ValidationError(_("These belong to a cycle, and this row names none."))
        there: Codes[Any] = getattr(around.known, self.attribute)
        in_cycle = there.get(around.cycle.pk, {})
        unknown = [code for code in codes if keys.code(code) not in in_cycle]
        if unknown:
            raise ValidationError(
                _("The cycle %(cycle)s has no “%(codes)s”. It has: %(known)s.")
                % {
                    "cycle": around.cycle.name,
                    "codes": ", ".join(unknown),
                    "known": ", ".join(row.code for row in in_cycle.values()) or "–",
                }
            )
        return list({keys.code(code): in_cycle[keys.code(code)] for code in codes}.values())

    def write(self, value: Any) -> Native:
        """The codes."""
        return notation.joined(row.code for row in value).replace(",", "\\,")


class TrainersColumn(SeveralColumn):
    """Trainers by name; those who do not exist will be made."""

    def read(self, text: str, around: Surroundings) -> Any:
        """The trainers, some perhaps not saved yet."""
        _check_characters(text)
        counts: dict[str, int] = {}
        names: dict[str, str] = {}
        for item in notation.split(text, ";"):
            name = _clean_name(Trainer, item)
            key = keys.name(name)
            counts[key] = counts.get(key, 0) + 1
            names.setdefault(key, name)
        now = around.programme.trainers.all() if around.programme else ()
        return [
            trainer
            for key, name in names.items()
            for trainer in around.known.trainers_named(name, counts[key], now)
        ]

    def write(self, value: Any) -> Native:
        """The names."""
        return notation.joined(trainer.name for trainer in value)


def _check_characters(text: str) -> None:
    ProhibitNullCharactersValidator()(text)


def _clean_name(model: type[models.Model], text: str) -> str:
    name = notation.one_line(text)
    field: Any = model._meta.get_field("name")
    return str(field.clean(name, None)) if name else ""


def _listed(rows: Iterable[Cycle | Competence | PriorityArea]) -> str:
    return ", ".join(row.name for row in rows) or "–"


@cache
def _forms() -> dict[str, str]:
    """Codes and labels, Serbian and English, to the code of the form."""
    forms = {keys.name(code): code for code in Programme.Form.values}
    for language in ("en", "sr"):
        with translation.override(language):
            forms |= {keys.name(str(form.label)): form.value for form in Programme.Form}
    return forms
