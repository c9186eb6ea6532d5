"""Every view says who may enter it."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from django.contrib import admin
from django.test import Client

from centar import access
from tests.architecture import addresses
from tests.factories.people import UserFactory


def test_nobody_forgot_to_say_who_may_enter():
    own = [address for address in addresses.every() if address.is_own]

    assert [address.route for address in own if address.entrance is None] == []
    assert {address.entrance for address in own} == set(get_args(access.Entrance))


def test_each_library_view_belongs_to_a_library_that_was_chosen():
    """Neither the portal nor a library we know: somebody opened a door by accident."""
    modules = {
        address.view.__module__.partition(".")[0]
        for address in addresses.every()
        if not address.is_admin
    }

    assert modules == {
        "accreditation",
        "allauth",
        "centar",
        "library",
        "needs_survey",
        "science_club",
        "trainings",
    }


@pytest.mark.django_db
def test_where_one_signs_in_the_stranger_is_sent_to_sign_in(client):
    """The mark is not a word only."""
    for address in addresses.every():
        if address.entrance != "signed_in":
            continue
        path = "/" + re.sub(r"<int:\w+>", "1", address.route)
        answer = client.get(path)
        assert (answer.status_code, answer.headers.get("Location")) == (
            302,
            f"/nalog/login/?next={path}",
        )


@pytest.mark.django_db
@pytest.mark.parametrize("account", ["nobody", "teacher"])
def test_the_back_office_is_closed_to_others(account):
    client = Client()
    if account == "teacher":
        client.force_login(UserFactory())
    closed = []
    for model in admin.site._registry:
        path = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        answer = client.get(path)
        closed.append(
            (answer.status_code, answer.headers["Location"]) == (302, f"/admin/login/?next={path}")
        )

    assert closed == [True] * len(closed)
    assert len(closed) > 10
