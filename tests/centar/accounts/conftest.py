"""The post office: letters that lie in the outbox are sent and read."""

import re
from dataclasses import dataclass

import pytest
from django.core import mail

from centar.outbox import operations
from centar.outbox.models import Letter


@dataclass(frozen=True)
class Received:
    to: str
    subject: str
    text: str

    @property
    def link(self):
        """The path of the first link, as a person who clicks it would get it."""
        found = re.search(r"http://127\.0\.0\.1:8000(/\S+)", self.text)
        assert found, self.text
        return found[1]


@pytest.fixture
def post():
    """Sends what is due and gives what arrived since the last time."""

    def deliver():
        operations.deliver_due()
        arrived = [Received(letter.to[0], letter.subject, letter.body) for letter in mail.outbox]
        mail.outbox.clear()
        return arrived

    return deliver


@pytest.fixture
def kinds_queued():
    """The kinds of all letters so far, in their order."""
    return lambda: list(Letter.objects.order_by("pk").values_list("kind", flat=True))
