"""The codes that teachers hold, and what the database knows of them.

All of it is computed with the portal's secret. From the database alone no code can be found, not
even by trying them all, and what is kept of a code for one purpose does not lead to what is kept
of it for another.
"""

from __future__ import annotations

import secrets
from uuid import UUID

from django.utils.crypto import salted_hmac

from centar.documents import codes
from centar.documents.models import CODE_ALPHABET

LINK_LENGTH = 16
"""Nearly 80 bits: nobody finds an invitation by trying."""
KEY_LENGTH = 12
"""Nearly 60 bits, to be written down by hand; of use only together with the invitation."""
_GROUP = 4


def link_code(invitation_id: UUID) -> str:
    """The code in an invitation's link, always the same; it is written nowhere."""
    number = int.from_bytes(_hmac("link", invitation_id.bytes))
    letters = []
    for _ in range(LINK_LENGTH):
        number, letter = divmod(number, len(CODE_ALPHABET))
        letters.append(CODE_ALPHABET[letter])
    return "".join(letters)


def door(link_code: str) -> UUID:
    """What an invitation is found by: without the secret it does not lead back to the code."""
    return UUID(bytes=_hmac("door", link_code.encode())[:16])


def new_key() -> str:
    """A key for a draft, which only the respondent will hold."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(KEY_LENGTH))


def draft_digest(key: str) -> str:
    """Under what the draft of this key is kept."""
    return _hmac("draft", key.encode()).hex()


def claim(key: str) -> str:
    """What an invitation holds while the answer of this key is being sent."""
    return _hmac("claim", key.encode()).hex()


def draft_seal(key: str) -> bytes:
    """The 32 bytes that the draft of this key is sealed with."""
    return _hmac("draft seal", key.encode())


def urn_seal(round_id: int) -> bytes:
    """The 32 bytes that the ballots of a round are sealed with."""
    return _hmac("urn seal", str(round_id).encode())


def read_link_code(text: str) -> str | None:
    """The code of an invitation in what was typed; None for what cannot be one."""
    return codes.read_code(text, LINK_LENGTH)


def read_key(text: str) -> str | None:
    """The key of a draft in what was typed; None for what cannot be one."""
    return codes.read_code(text, KEY_LENGTH)


def printed(code: str) -> str:
    """A code in groups of four, as it is written down and typed."""
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def _hmac(purpose: str, value: bytes) -> bytes:
    return salted_hmac(f"needs_survey.{purpose}", value, algorithm="sha256").digest()
