"""Words and parts of pages for values, found once for each language or face.

What is remembered depends on nothing but its values, so it is never out of date.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from centar.script import faces, markup

P = ParamSpec("P")
Said = TypeVar("Said")
Row = TypeVar("Row", bound=Hashable)

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


def in_each_face(draw: Callable[P, SafeString]) -> Callable[P, SafeString]:
    """Remember the part of a page that a function draws, in the reader's script.

    It must depend on nothing but its values, which are hashable, and the face. Rows of a list are
    drawn again and again while nothing in them has changed.
    """

    # Each face has a prefix of its own, which is at hand sooner than the face.
    @lru_cache(maxsize=MOST_VALUES)
    def remembered(
        prefix: str, language: str | None, *args: Hashable, **kwargs: Hashable
    ) -> SafeString:
        drawn = draw(*args, **kwargs)  # type: ignore[arg-type]
        return SafeString(markup.finished(drawn)) if faces.active().is_latin else drawn

    @wraps(draw)
    def asked(*args: P.args, **kwargs: P.kwargs) -> SafeString:
        return remembered(get_script_prefix(), get_language(), *args, **kwargs)  # type: ignore[arg-type]

    return asked


def rows_in_each_face(draw: Callable[[Row], SafeString]) -> Callable[[Iterable[Row]], SafeString]:
    """Remember each row of a list that a function draws, as `in_each_face` does.

    The rows are given together and come back joined: the face is asked for once for all of them.
    """

    @lru_cache(maxsize=MOST_VALUES)
    def remembered(prefix: str, language: str | None, row: Row) -> SafeString:
        drawn = draw(row)
        return SafeString(markup.finished(drawn)) if faces.active().is_latin else drawn

    @wraps(draw)
    def asked(rows: Iterable[Row]) -> SafeString:
        prefix, language = get_script_prefix(), get_language()
        return SafeString("".join([remembered(prefix, language, row) for row in rows]))

    return asked
