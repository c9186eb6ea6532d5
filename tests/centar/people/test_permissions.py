"""Who may do what with people, and what else the staff may."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from centar.people import permissions
from tests.factories.people import PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db


def test_what_needs_the_staff_is_done_by_staff_with_the_permission() -> None:
    needed = "people.change_coordination"
    assert permissions.works_on(StaffFactory(permissions=[needed]), needed)

    outsider = StaffFactory(permissions=[needed], is_staff=False)
    for by in (StaffFactory(), outsider, PersonFactory().user, AnonymousUser(), None):
        verdict = permissions.works_on(by, needed)
        assert (bool(verdict), str(verdict.reason)) == (
            False,
            "То могу само запослени у Центру.",
        )
