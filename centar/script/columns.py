"""Stored columns that the database fills for folding and sorting: see `expressions`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models.functions import Concat

from centar.script.expressions import AbecedaKey, AzbukaKey, Fold

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable


def folded(*columns: str) -> models.GeneratedField:
    """The folded text of one column, or of several with a space between them."""
    return models.GeneratedField(
        expression=Fold(_joined(columns)), output_field=models.TextField(), db_persist=True
    )


def azbuka(*columns: str) -> models.GeneratedField:
    """The key that sorts in the Cyrillic order."""
    return models.GeneratedField(
        expression=AzbukaKey(_joined(columns)),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )


def abeceda(*columns: str) -> models.GeneratedField:
    """The key that sorts in the Latin order."""
    return models.GeneratedField(
        expression=AbecedaKey(_joined(columns)),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )


def _joined(columns: tuple[str, ...]) -> str | Combinable:
    if len(columns) == 1:
        return columns[0]
    parts: list[str | Combinable] = [columns[0]]
    for column in columns[1:]:
        parts += [models.Value(" "), column]
    return Concat(*parts, output_field=models.TextField())
