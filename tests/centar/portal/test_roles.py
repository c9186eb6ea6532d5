from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from centar.portal import roles
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_the_group_is_made_once() -> None:
    group = roles.seminar_staff()

    assert roles.seminar_staff() == group
    assert list(Group.objects.values_list("name", flat=True)) == ["Особље семинара"]


@pytest.mark.parametrize(
    ("group", "may"),
    [
        (roles.seminar_staff, roles.SEMINAR_STAFF_MAY),
        (roles.librarians, roles.LIBRARIANS_MAY),
    ],
)
def test_the_group_has_exactly_what_is_written(
    group: Callable[[], Group], may: Mapping[str, Sequence[str]]
) -> None:
    given = group().permissions.values_list(
        "content_type__app_label", "content_type__model", "codename"
    )

    assert {(f"{app}.{model}", codename) for app, model, codename in given} == {
        (label, f"{action}_{label.split('.')[1]}")
        for label, actions in may.items()
        for action in actions
    }


@pytest.mark.parametrize(
    ("group", "works"), [(roles.librarians, True), (roles.seminar_staff, False)]
)
def test_librarians_and_nobody_else_work_at_the_desk_of_the_library(
    client: Client, group: Callable[[], Group], works: bool
) -> None:
    user = UserFactory(is_staff=True)
    user.groups.add(group())
    client.force_login(user)

    desk = reverse("library:desk")
    front = client.get(reverse("admin:index")).content.decode()
    lists = client.get(reverse("admin:library_readinglist_add")).status_code
    assert (f'href="{desk}"' in front, client.get(desk).status_code, lists) == (
        (True, 200, 200) if works else (False, 404, 403)
    )


def test_what_an_administrator_added_stays() -> None:
    group = roles.seminar_staff()
    group.permissions.add(Permission.objects.get(codename="view_entry"))

    roles.seminar_staff()

    assert group.permissions.filter(codename="view_entry").exists()
