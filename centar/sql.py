"""Statements written by hand, where a page reads more than models can give in good time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection, transaction
from psycopg2.errors import QueryCanceled


class TooSlow(Exception):
    """The database was told to give a query up."""


@contextmanager
def at_most(milliseconds: int) -> Iterator[None]:
    """Let no query within take longer, for what anybody may ask.

    Raises TooSlow; the transaction around it goes on.
    """
    is_part = connection.in_atomic_block
    try:
        with transaction.atomic():
            before = _give_up_after(f"{milliseconds}ms")
            yield
            if is_part:
                # What follows in the transaction has its own time.
                _give_up_after(before)
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TooSlow from error
        raise


def _give_up_after(limit: str) -> str:
    """Until the transaction ends; gives the limit before."""
    statement = (
        "SELECT current_setting(name), set_config(name, %s, true) FROM (VALUES (%s)) AS _(name)"
    )
    ((before, _),) = listed(statement, [limit, "statement_timeout"])
    return str(before)


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
