"""The private link by which a colleague without an account fills in some sections."""

from __future__ import annotations

from centar.outbox import secret_links
from needs_survey.models import Contributor


def contributor_of(token: str) -> Contributor | None:
    """The colleague with this link; None when it is unknown or was ended."""
    rows = Contributor.objects.select_related(
        "answer__invitation__round", "answer__invitation__school"
    )
    return rows.filter(digest=secret_links.digest_of(token), ended_at=None).first()
