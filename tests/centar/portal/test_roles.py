from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission

from centar.portal import roles

pytestmark = pytest.mark.django_db


def test_the_group_is_made_once() -> None:
    group = roles.seminar_staff()

    assert roles.seminar_staff() == group
    assert list(Group.objects.values_list("name", flat=True)) == ["Особље семинара"]


def test_the_group_has_exactly_what_is_written() -> None:
    given = roles.seminar_staff().permissions.values_list(
        "content_type__app_label", "content_type__model", "codename"
    )

    assert {(f"{app}.{model}", codename) for app, model, codename in given} == {
        (label, f"{action}_{label.split('.')[1]}")
        for label, actions in roles.SEMINAR_STAFF_MAY.items()
        for action in actions
    }


def test_what_an_administrator_added_stays() -> None:
    group = roles.seminar_staff()
    group.permissions.add(Permission.objects.get(codename="view_entry"))

    roles.seminar_staff()

    assert group.permissions.filter(codename="view_entry").exists()
