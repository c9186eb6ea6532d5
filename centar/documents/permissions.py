"""Who may do what with issued papers, and the sentence of a "no"."""

from __future__ import annotations

from centar.access import Verdict
from centar.people import permissions as people
from centar.people.models import User

CHANGE = "documents.change_document"


def may_revoke(by: User) -> Verdict:
    """Whether `by` ends the validity of papers."""
    return people.works_on(by, CHANGE)
