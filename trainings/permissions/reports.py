"""Who reads the lists and reports of seminars, and the sentence of a "no"."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from centar.access import YES, Verdict, no
from centar.people.models import User

VIEW_SEMINAR = "trainings.view_seminar"


def may_read_reports(user: object) -> Verdict:
    """Whether this user reads who took part in seminars, and the year in numbers."""
    if isinstance(user, User) and user.is_staff and user.has_perm(VIEW_SEMINAR):
        return YES
    return no(_("Only the Centre's staff may do this."))
