"""References by model 97: two check digits in front of the body.

Source: the National Bank's rules of payment; check = 98 − (body × 100 mod 97), A=10 … Z=35.
"""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MODEL = "97"
LONGEST_BODY = 21
"""With the model and the check a slip holds 25 signs."""

_BODY = re.compile(rf"[0-9A-Z]{{1,{LONGEST_BODY}}}")


def check(body: str) -> str:
    """The two check digits of a body, which may hold dashes, spaces and Latin letters.

    Raises ValidationError for anything else.
    """
    plain = _plain(body)
    if not _BODY.fullmatch(plain):
        raise ValidationError(
            _("A reference has at most %(most)d digits and Latin letters.") % {"most": LONGEST_BODY}
        )
    number = int("".join(str(int(sign, 36)) for sign in plain))
    return f"{98 - number * 100 % 97:02}"


def reference(body: str) -> str:
    """The whole reference without the model: the check, then the body without dashes."""
    return check(body) + _plain(body)


def holds(text: str) -> bool:
    """Whether a reference (check and body, without the model) is right in itself."""
    plain = _plain(text)
    body = plain[2:]
    return bool(_BODY.fullmatch(body)) and plain[:2] == check(body)


def written(text: str) -> str:
    """A reference as it stands on a slip: „38-2026000123“."""
    return f"{text[:2]}-{text[2:]}"


def _plain(text: str) -> str:
    return re.sub(r"[\s\-]", "", text).upper()
