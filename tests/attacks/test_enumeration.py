"""Nobody learns from the pages of accounts who has one."""

from __future__ import annotations

import pytest
from django.contrib.auth import hashers
from django.test import Client

from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

WORDS = "три речи и месец"


class CountingHasher(hashers.MD5PasswordHasher):
    """Counts how often a hash is made, which is what takes time."""

    algorithm = "counting"
    made = 0

    def encode(self, password, salt):
        type(self).made += 1
        return super().encode(password, salt)


@pytest.fixture
def counting(settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    CountingHasher.made = 0
    return CountingHasher


def sign_up(address):
    typed = {"first_name": "Ана", "last_name": "Анић", "email": address, "password1": WORDS}
    return Client().post("/nalog/signup/", typed)


def test_signing_up_takes_the_same_work_with_a_known_address_and_a_new_one(counting):
    known = UserFactory(confirmed=True)
    work = []
    for address in (known.email, "nova@example.org"):
        counting.made = 0
        sign_up(address)
        work.append(counting.made)

    assert work == [1, 1]


def test_signing_in_takes_the_same_work_with_a_known_address_and_an_unknown_one(counting):
    known = UserFactory(confirmed=True)
    work = []
    for address in (known.email, "nepoznata@example.org"):
        counting.made = 0
        Client().post("/nalog/login/", {"login": address, "password": "pogrešna reč"})
        work.append(counting.made)

    assert work == [1, 1]
