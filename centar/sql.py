"""Statements written by hand, where a page reads more than models can give in good time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection


def rows(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    """What a query gives; `values` stand in it as `%(name)s`."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def listed(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """What a query put together of parts gives; each `%s` in it takes the next of the values."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
