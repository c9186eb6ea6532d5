"""The three faces of the site: Serbian Cyrillic, Serbian Latin and English.

Each has addresses of its own: /obuke/, /lat/obuke/ and /en/obuke/ are one page in three faces.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix

from centar.script import sorting

Code = Literal["cyr", "lat", "en"]


@dataclass(frozen=True, eq=False)  # there are three; each is equal to itself alone
class Face:
    """How the site speaks and writes to one reader."""

    code: Code
    language: str
    """The language of Django's translations."""
    html_lang: str
    """For the attribute `lang`."""
    prefix: str
    """What the addresses of this face begin with, after the slash."""
    label: str
    """The face's own name for itself, never translated."""
    order: sorting.Order
    """The order of lists in this face."""

    @property
    def is_latin(self) -> bool:
        """Whether what is written in Cyrillic is shown in Latin: readers of English need it too."""
        return self.order == "abeceda"


CYRILLIC = Face("cyr", "sr", "sr-Cyrl", "", "Ћирилица", "azbuka")
LATIN = Face("lat", "sr", "sr-Latn", "lat/", "Latinica", "abeceda")
ENGLISH = Face("en", "en", "en", "en/", "English", "abeceda")
ALL = (CYRILLIC, LATIN, ENGLISH)

_BY_CODE: dict[str, Face] = {face.code: face for face in ALL}


def by_code(code: str) -> Face:
    """The face with this code; an unknown code raises KeyError."""
    return _BY_CODE[code]


def active() -> Face:
    """The face that addresses are made for at this moment, which its middleware has chosen."""
    return _of_prefix(get_script_prefix())


@cache  # three prefixes a site, and every part of a page asks
def _of_prefix(prefix: str) -> Face:
    return next((face for face in (LATIN, ENGLISH) if prefix.endswith(f"/{face.prefix}")), CYRILLIC)


def of(request: HttpRequest) -> Face:
    """The face in which the request is answered; Cyrillic where no middleware has chosen."""
    face: Face = getattr(request, "face", CYRILLIC)
    return face


def of_path(path: str) -> tuple[Face, str]:
    """The face that a path from the site's root selects, and the path without its prefix.

    „/lat/obuke/“ gives the Latin face and „/obuke/“.
    """
    for face in (LATIN, ENGLISH):
        if path.startswith(f"/{face.prefix}"):
            return face, path[len(face.prefix) :]
    return CYRILLIC, path


def is_cyrillic_only(path: str) -> bool:
    """Whether a path without a prefix has no other face: see SCRIPT_CYRILLIC_ONLY."""
    return any(
        path == only.rstrip("/") or path.startswith(only) for only in settings.SCRIPT_CYRILLIC_ONLY
    )


def address(path: str, face: Face) -> str:
    """The address of the same page in another face; a query string and a fragment stay.

    The path starts at the site's root and may be of any face. A page that is Cyrillic only keeps
    its one address.
    """
    plain = of_path(path)[1]
    # Two slashes (or their look-alike) would make a link to another site: /lat//example.org/.
    plain = "/" + plain.lstrip("/\\")
    return plain if is_cyrillic_only(plain) else f"/{face.prefix}{plain[1:]}"
