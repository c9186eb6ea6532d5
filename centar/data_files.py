"""Data that comes with the project: CSV files whose rows become rows of the database.

Every row of a file has an `id`, which stays when the row is corrected and is never given to
another row. What a file said is kept in the audit as an entry of the portal, so that a later
load tells apart what was corrected in the file and what people have changed since: a correction
is carried over, the work of people is left alone, and nothing is deleted or brought back.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import models, transaction

from centar.audit.models import Entry

ACTION = "data_files.load"


@dataclass(frozen=True)
class Loaded:
    """How many rows of files were new, how many brought a correction, and how many neither."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0

    def __add__(self, other: Loaded) -> Loaded:
        return Loaded(
            self.created + other.created,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
        )

    @property
    def total(self) -> int:
        """How many rows there were."""
        return self.created + self.updated + self.unchanged


@dataclass(frozen=True)
class Table:
    """A file's rows in the database: what loading did, and the object's key of each row's id."""

    loaded: Loaded
    keys: dict[str, int]


@dataclass(frozen=True)
class _Row:
    """A row of the file, with values as the model's fields hold them."""

    id: str
    values: dict[str, Any]


@dataclass(frozen=True)
class _Memory:
    """What a row said when it was last loaded, and the key of its object."""

    key: int
    said: dict[str, Any]


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file in UTF-8, by the names of their columns."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@transaction.atomic
def load(
    model: type[models.Model], rows: Iterable[Mapping[str, Any]], *, match: Sequence[str]
) -> Table:
    """Bring a model's table up to date with a file, in a constant number of queries.

    Each of `rows` holds the `id` and what the model's fields shall be, by their names
    (`municipality_id` for a relation); an empty text becomes None where the field may be. A row
    seen for the first time takes over an object with the same fields `match`, as that is.
    A corrected value is written only where the field still says what the file said before.
    """
    said = [_Row(str(row["id"]), _values(model, row)) for row in rows]
    memories = _remembered(model)
    objects: dict[int, models.Model] = model._base_manager.in_bulk()
    news = [row for row in said if row.id not in memories]
    corrections = [
        row for row in said if row.id in memories and memories[row.id].said != _plain(row.values)
    ]
    found, created = _create(model, news, objects.values(), match)
    updated = _correct(model, corrections, objects, memories)
    keys = {row_id: memory.key for row_id, memory in memories.items()} | found
    _remember(model, [*news, *corrections], keys)
    loaded = Loaded(created, updated, len(said) - created - updated)
    return Table(loaded, {row.id: keys[row.id] for row in said})


def key_of(model: type[models.Model], row_id: str) -> int | None:
    """The key of the object that this row was loaded as; None where it never was."""
    memory = _remembered(model).get(row_id)
    return None if memory is None else memory.key


def _values(model: type[models.Model], row: Mapping[str, Any]) -> dict[str, Any]:
    values = {}
    for name, text in row.items():
        if name != "id":
            field = model._meta.get_field(name)
            assert isinstance(field, models.Field)  # no reverse relation is named
            # Texts are mended here as they will be on saving: the two are compared later.
            values[name] = None if text == "" and field.null else field.to_python(text)
    return values


def _create(
    model: type[models.Model],
    news: Sequence[_Row],
    objects: Iterable[models.Model],
    match: Sequence[str],
) -> tuple[dict[str, int], int]:
    """The keys of the rows seen for the first time, and how many objects are new."""
    alike = {tuple(getattr(one, name) for name in match): one for one in objects}
    found = {row.id: alike.get(tuple(row.values[name] for name in match)) for row in news}
    new = {row.id: model(**row.values) for row in news if found[row.id] is None}
    model._base_manager.bulk_create(new.values())
    return {row_id: (one or new[row_id]).pk for row_id, one in found.items()}, len(new)


def _correct(
    model: type[models.Model],
    corrections: Sequence[_Row],
    objects: Mapping[int, models.Model],
    memories: Mapping[str, _Memory],
) -> int:
    """Write what was corrected in the file and not changed by people; gives how many objects."""
    updated: list[models.Model] = []
    touched: set[str] = set()
    for row in corrections:
        memory = memories[row.id]
        one = objects.get(memory.key)
        if one is None:
            continue  # deleted by people, which is their work too
        now = _plain({name: getattr(one, name) for name in row.values})
        names = {
            name
            for name, value in _plain(row.values).items()
            if value != now[name] and now[name] == memory.said.get(name)
        }
        for name in names:
            setattr(one, name, row.values[name])
        if names:
            updated.append(one)
            touched |= names
    if updated:
        model._base_manager.bulk_update(updated, sorted(touched))
    return len(updated)


def _remembered(model: type[models.Model]) -> dict[str, _Memory]:
    entries = Entry.objects.filter(action=ACTION, object_type=model._meta.label_lower)
    memories = {}
    # The last entry about a row counts.
    for key, detail in entries.order_by("pk").values_list("object_id", "detail"):
        row_id = detail.pop("row")
        memories[row_id] = _Memory(key, detail)
    return memories


def _remember(model: type[models.Model], rows: Sequence[_Row], keys: Mapping[str, int]) -> None:
    Entry.objects.bulk_create(
        Entry(
            action=ACTION,
            object_type=model._meta.label_lower,
            object_id=keys[row.id],
            detail={"row": row.id, **_plain(row.values)},
        )
        for row in rows
    )


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as JSON keeps them."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }
