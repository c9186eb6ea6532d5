"""The back office as the tests enter it: somebody's desk, and what is said there."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.models import Permission
from django.http import HttpResponse
from django.test import Client
from django.utils import translation

from centar.people.models import User
from centar.portal import roles
from tests.factories.people import UserFactory


def colleague() -> User:
    """Somebody with exactly the rights that the portal gives those who run seminars."""
    user: User = UserFactory(is_staff=True)
    user.groups.add(roles.seminar_staff())
    return user


def onlooker() -> User:
    """Somebody who may read all that a colleague may, and change nothing."""
    user: User = UserFactory(is_staff=True)
    seen = Permission.objects.filter(group=roles.seminar_staff(), codename__startswith="view_")
    user.user_permissions.add(*seen)
    return user


def desk_of(user: User) -> Client:
    """The browser of somebody who is signed in."""
    client = Client()
    client.force_login(user)
    return client


def serbian(sentence: str) -> str:
    """A sentence of the code as the back office says it."""
    with translation.override("sr"):
        return translation.gettext(sentence)


def errors(response: HttpResponse) -> list[str]:
    """Every sentence beside a field or over the form of an admin's page."""
    found: list[str] = []
    for part in response.context["errors"]:
        found += [str(part)] if isinstance(part, str) else [str(sentence) for sentence in part]
    return found


def messages(response: HttpResponse) -> list[str]:
    """What the page says about what was done."""
    return [str(message) for message in response.context["messages"]]


def day(number: int, moment: datetime) -> dict[str, str]:
    """A day of six hours, typed into the number-th row of a seminar's days."""
    ends = moment + timedelta(hours=6)
    row = f"meetings-{number}"
    return {
        f"{row}-starts_at_0": f"{moment:%d.%m.%Y.}",
        f"{row}-starts_at_1": f"{moment:%H:%M}",
        f"{row}-ends_at_0": f"{ends:%d.%m.%Y.}",
        f"{row}-ends_at_1": f"{ends:%H:%M}",
    }
