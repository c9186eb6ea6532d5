"""Model fields for Serbian text: what is stored is normalised (NFC) and free of homoglyphs.

Saving, bulk_create, update and lookups are all covered. In forms they are Django's own fields.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from django.core.validators import ProhibitNullCharactersValidator
from django.db import models
from django.db.models import lookups

from centar.script import homoglyphs

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable

    _Field = models.Field[str | Combinable, str]
    _CharField = models.CharField[str | Combinable, str]
    _TextField = models.TextField[str | Combinable, str]
else:
    _Field, _CharField, _TextField = object, models.CharField, models.TextField


class _Mended(_Field):
    # PostgreSQL cannot store NUL; without this the person would see a server error.
    default_validators = [ProhibitNullCharactersValidator()]

    def to_python(self, value: Any) -> Any:
        """The text as it is stored; also called for every value on its way to the database."""
        value = super().to_python(value)
        if isinstance(value, str):
            return homoglyphs.mend(unicodedata.normalize("NFC", value))
        return value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Mend the object too, so that it equals its row after saving."""
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = self.to_python(value)
            setattr(model_instance, self.attname, value)
        return value


class MendedCharField(_Mended, _CharField):
    """A CharField whose text is mended: „Kрагујевац“ with a Latin K is stored in Cyrillic."""


class MendedTextField(_Mended, _TextField):
    """A TextField whose text is mended."""


# Django looks for patterns as they are given; these prepare them like every other value.
for _pattern in (
    lookups.IExact,
    lookups.Contains,
    lookups.IContains,
    lookups.StartsWith,
    lookups.IStartsWith,
    lookups.EndsWith,
    lookups.IEndsWith,
):
    _mended = type(f"Mended{_pattern.__name__}", (_pattern,), {"prepare_rhs": True})
    MendedCharField.register_lookup(_mended)
    MendedTextField.register_lookup(_mended)
