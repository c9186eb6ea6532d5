"""Words and addresses for values, found once for each language or face."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

from django.urls import get_script_prefix
from django.utils.translation import get_language

P = ParamSpec("P")
Said = TypeVar("Said")

MOST_VALUES = 2048
"""How many values a function remembers, the ones asked for longest ago forgotten first."""


def in_each_language(say: Callable[P, Said]) -> Callable[P, Said]:
    """Remember what a function says of values it was asked about before.

    It must depend on nothing but its values, which are hashable, and the active language. Pages
    show the same days, hours and amounts again and again, and saying one takes long.
    """

    @lru_cache(maxsize=MOST_VALUES)
    def remembered(language: str | None, *args: Hashable, **kwargs: Hashable) -> Said:
        return say(*args, **kwargs)  # type: ignore[arg-type]

    @wraps(say)
    def asked(*args: P.args, **kwargs: P.kwargs) -> Said:
        return remembered(get_language(), *args, **kwargs)  # type: ignore[arg-type]

    return asked


def in_each_face(address: Callable[P, str]) -> Callable[P, str]:
    """Remember the addresses that a function gives in the reader's face.

    They must depend on nothing but the values, which are hashable, and the face's prefix.
    """

    @lru_cache(maxsize=MOST_VALUES)
    def remembered(prefix: str, *args: Hashable, **kwargs: Hashable) -> str:
        return address(*args, **kwargs)  # type: ignore[arg-type]

    @wraps(address)
    def asked(*args: P.args, **kwargs: P.kwargs) -> str:
        return remembered(get_script_prefix(), *args, **kwargs)  # type: ignore[arg-type]

    return asked
