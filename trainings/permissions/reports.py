"""Who reads the lists and reports of seminars, and the sentence of a "no"."""

from __future__ import annotations

from centar.access import Verdict
from centar.people import permissions as people

VIEW_SEMINAR = "trainings.view_seminar"


def may_read_reports(user: object) -> Verdict:
    """Whether this user reads who took part in seminars, and the year in numbers."""
    return people.works_on(user, VIEW_SEMINAR)
