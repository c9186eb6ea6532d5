"""The private link by which a colleague without an account fills in some sections."""

from __future__ import annotations

import hashlib
import secrets

from needs_survey.models import Contributor


def new_token() -> str:
    """Something that nobody guesses, for one link."""
    return secrets.token_urlsafe(24)


def digest_of(token: str) -> str:
    """What is kept of a link; the link cannot be found from it."""
    return hashlib.sha256(token.encode()).hexdigest()


def contributor_of(token: str) -> Contributor | None:
    """The colleague with this link; None when it is unknown or was ended."""
    rows = Contributor.objects.select_related(
        "answer__invitation__round", "answer__invitation__school"
    )
    return rows.filter(digest=digest_of(token), ended_at=None).first()
