"""Who adds to the catalogue."""

from __future__ import annotations

from centar.access import Verdict
from centar.people import permissions as people

ADD = "trainings.add_programme"


def may_add(by: object) -> Verdict:
    """Whether this user adds programmes to the catalogue."""
    return people.works_on(by, ADD)
