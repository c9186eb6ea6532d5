"""Sealing what must not be read in the database.

AES-GCM with a random nonce. Fernet, which is simpler, writes the second into what it seals. The
length is rounded up, since the length of an answer would find it again among the responses.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SMALLEST = 8192
"""Bytes of the smallest sealed content; longer ones are twice as long, and so on."""
_NONCE = 12


class BrokenSeal(Exception):
    """Raised for what was sealed with none of the keys, or changed since."""


def seal(content: Any, key: bytes) -> bytes:
    """The content, anything that JSON can hold, sealed with a key of 32 bytes."""
    text = json.dumps(content, ensure_ascii=False).encode()
    size = max(SMALLEST, 1 << (len(text) - 1).bit_length())
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, text.ljust(size), None)


def unseal(sealed: bytes | memoryview, keys: Sequence[bytes]) -> Any:
    """The content again, by whichever of the keys it was sealed with."""
    whole = bytes(sealed)
    for key in keys:
        try:
            text = AESGCM(key).decrypt(whole[:_NONCE], whole[_NONCE:], None)
        except InvalidTag:
            continue
        return json.loads(text)
    raise BrokenSeal
