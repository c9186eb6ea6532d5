"""The kinds of letters. Each app registers its own, with the function that writes one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.functional import Promise

from centar.audit.withheld import Withheld
from centar.outbox.models import Letter


@dataclass(frozen=True)
class Attachment:
    """A file that travels with a letter, as its recipient reads it: the script included."""

    name: str
    content: str | bytes
    mime_type: str


@dataclass(frozen=True)
class Message:
    """A written letter, in Cyrillic or English; Latin of subject and text is derived from it.

    `private_link` is an address in the text that acts for its reader without signing in; it is
    left out of what the staff can read afterwards.
    """

    subject: str
    text: str
    attachments: tuple[Attachment, ...] = field(default=())
    private_link: str = ""

    @property
    def kept_text(self) -> str:
        """The text as it stays on record."""
        return self.text.replace(self.private_link, "…") if self.private_link else self.text


class NoLongerTrue(Exception):
    """Raised by a composer when what the letter would say has ceased to be so."""


@dataclass(frozen=True)
class Kind:
    """A kind of letter.

    `compose` is called at the moment of sending, in the recipient's language: it looks at the
    facts again and raises NoLongerTrue when the letter should not go. `secret` letters hold
    links that open an account: facts and text are forgotten once they are sent or given up, and
    never shown to staff.
    """

    code: str
    label: str | Promise
    compose: Callable[[Letter], Message]
    secret: bool = False


withheld: Withheld[Letter] = Withheld()
"""Which letters are kept from whom in the back office."""
_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind of letter known; each code once."""
    if kind.code in _kinds:
        raise ValueError(f"The letter kind {kind.code} is registered already.")
    _kinds[kind.code] = kind


def get(code: str) -> Kind:
    """The kind with this code."""
    return _kinds[code]


def label(code: str) -> str:
    """What letters of this kind are about; for a kind that is no more, its code."""
    return str(_kinds[code].label) if code in _kinds else code


def is_secret(code: str) -> bool:
    """Whether letters of this kind are secret; also asked about kinds that are no more."""
    return code in _kinds and _kinds[code].secret


def every() -> list[Kind]:
    """All kinds, ordered by code."""
    return [_kinds[code] for code in sorted(_kinds)]
