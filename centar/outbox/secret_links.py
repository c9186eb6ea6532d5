"""A link in a letter that acts for whoever has it; of it only a digest is kept."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """Something that nobody guesses, for one link."""
    return secrets.token_urlsafe(24)


def digest_of(token: str) -> str:
    """What is kept of a link; the link cannot be found from it."""
    return hashlib.sha256(token.encode()).hexdigest()
