"""What of the back office's records is kept from whom, as said by the apps that know why.

Entries of the audit and letters stand on the ground floor, which knows no reasons; an app above
gives a rule when it is ready.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)


class Withheld(Generic[Row]):
    """The rules about one kind of records."""

    def __init__(self) -> None:
        self._rules: list[Callable[[Any], Q]] = []

    def add(self, rule: Callable[[Any], Q]) -> None:
        """Withhold from a user those records that the rule gives for them."""
        self._rules.append(rule)

    def shown_to(self, user: Any, rows: QuerySet[Row]) -> QuerySet[Row]:
        """Those of the rows that no rule withholds from the user."""
        for rule in self._rules:
            rows = rows.exclude(rule(user))
        return rows


def is_own_field(model: type[Model], lookup: str) -> bool:
    """Whether a lookup begins with a field of the model itself, not with rows that point to it.

    A list of the back office that is filtered by hand, such as people by `?assignments=7`, would
    otherwise tell who is behind the number of a row that nobody is shown.
    """
    first = lookup.split("__")[0]
    names = {field.name for field in model._meta.get_fields() if not field.concrete}
    return first not in names
