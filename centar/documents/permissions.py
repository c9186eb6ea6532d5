"""Who may do what with issued papers, and the sentence of a "no"."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from centar.access import YES, Verdict, no
from centar.people.models import User

CHANGE = "documents.change_document"


def may_revoke(by: User) -> Verdict:
    """Whether `by` ends the validity of papers."""
    if by.is_staff and by.has_perm(CHANGE):
        return YES
    return no(_("Only the Centre's staff may do this."))
