"""The codes that teachers hold, and what the database knows of them.

All of it is computed with the portal's secret. From the database alone no code can be found, not
even by trying them all, and what is kept of a code for one purpose does not lead to what is kept
of it for another.

A secret that was replaced goes on opening what was made with it while it is among Django's
SECRET_KEY_FALLBACKS: what is looked for comes in as many variants as there are secrets, the
present one's first, and what is made is made with the first.
"""

from __future__ import annotations

import secrets
from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac

from centar.documents import codes
from centar.documents.models import CODE_ALPHABET

LINK_LENGTH = 16
"""Nearly 80 bits: nobody finds an invitation by trying."""
KEY_LENGTH = 12
"""Nearly 60 bits, to be written down by hand; of use only together with the invitation."""
_GROUP = 4


def link_code(invitation_id: UUID, door: UUID) -> str:
    """The code in the link of the invitation with this door, always the same; it is written
    nowhere.

    Where the secret that it was made with is lost, a code that opens nothing.
    """
    codes = [_letters(digest) for digest in _every("link", invitation_id.bytes)]
    return next((code for code in codes if door in doors(code)), codes[0])


def new_door(invitation_id: UUID) -> UUID:
    """What an invitation will be found by: without the secret it does not lead back to its code."""
    return doors(_letters(_every("link", invitation_id.bytes)[0]))[0]


def doors(link_code: str) -> list[UUID]:
    """What the invitation with this code may be found by."""
    return [UUID(bytes=digest[:16]) for digest in _every("door", link_code.encode())]


def new_key() -> str:
    """A key for a draft, which only the respondent will hold."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(KEY_LENGTH))


def draft_digests(key: str) -> list[str]:
    """Under what the draft of this key may be kept."""
    return [digest.hex() for digest in _every("draft", key.encode())]


def claims(key: str) -> list[str]:
    """What an invitation may hold while the answer of this key is being sent."""
    return [digest.hex() for digest in _every("claim", key.encode())]


def draft_seals(key: str) -> list[bytes]:
    """The 32 bytes that the draft of this key may be sealed with."""
    return _every("draft seal", key.encode())


def urn_seals(round_id: int) -> list[bytes]:
    """The 32 bytes that the ballots of a round may be sealed with."""
    return _every("urn seal", str(round_id).encode())


def read_link_code(text: str) -> str | None:
    """The code of an invitation in what was typed; None for what cannot be one."""
    return codes.read_code(text, LINK_LENGTH)


def read_key(text: str) -> str | None:
    """The key of a draft in what was typed; None for what cannot be one."""
    return codes.read_code(text, KEY_LENGTH)


def printed(code: str) -> str:
    """A code in groups of four, as it is written down and typed."""
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def _letters(digest: bytes) -> str:
    number = int.from_bytes(digest)
    letters = []
    for _ in range(LINK_LENGTH):
        number, letter = divmod(number, len(CODE_ALPHABET))
        letters.append(CODE_ALPHABET[letter])
    return "".join(letters)


def _every(purpose: str, value: bytes) -> list[bytes]:
    """The digest by the present secret, and by each one before it."""
    return [
        salted_hmac(f"needs_survey.{purpose}", value, secret=secret, algorithm="sha256").digest()
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]
