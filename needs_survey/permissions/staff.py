"""What the Centre's staff may do by the permissions of the back office."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from centar.access import YES, Verdict, no
from centar.people.models import User


def may(by: object, permission: str) -> Verdict:
    """Whether this user is of the staff and has the permission."""
    if isinstance(by, User) and by.is_staff and by.has_perm(permission):
        return YES
    return no(_("Only the Centre's staff may do this."))
