"""Who may import the catalogue."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from centar.access import YES, Verdict, no
from centar.people.models import User

# An import may make and change all of these.
NEEDED = ("trainings.add_programme", "trainings.change_programme")


def may_import(by: User) -> Verdict:
    """Those who may both add and change programmes."""
    if by.has_perms(NEEDED):
        return YES
    return no(gettext_lazy("Only staff who add and change programmes may import the catalogue."))
