"""Who adds to the catalogue."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from centar.access import YES, Verdict, no
from centar.people.models import User

ADD = "trainings.add_programme"


def may_add(by: object) -> Verdict:
    """Whether this user adds programmes to the catalogue."""
    if isinstance(by, User) and by.is_staff and by.has_perm(ADD):
        return YES
    return no(_("Only the Centre's staff may do this."))
