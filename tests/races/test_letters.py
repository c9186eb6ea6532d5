"""Two workers at once."""

from __future__ import annotations

import pytest
from django.core import mail

from centar.outbox import kinds, operations
from centar.outbox.models import Letter
from tests.races import crowds

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def letters(monkeypatch):
    """Forty letters. Whoever writes the first one waits until a second one is written too."""
    compose = crowds.met(2, lambda letter: kinds.Message(f"Писмо {letter.object_id}", "Добар дан."))
    monkeypatch.setitem(kinds._kinds, "tests.race", kinds.Kind("tests.race", "трка", compose))
    for number in range(40):
        operations.queue("tests.race", object_id=number, recipient="ana@example.org", version="1")


def subjects():
    return sorted(message.subject for message in mail.outbox)


def test_two_workers_send_each_letter_once(letters):
    sent = crowds.at_once([operations.deliver_due] * 2)

    assert sum(sent) == 40
    assert min(sent) > 0
    assert subjects() == sorted(f"Писмо {number}" for number in range(40))
    assert set(Letter.objects.values_list("state", "attempts")) == {(Letter.State.SENT, 1)}


def test_two_workers_that_only_read_what_is_due_send_a_letter_twice(letters, monkeypatch):
    """The control: the same two workers without the taking."""
    Letter.objects.exclude(object_id=7).delete()
    monkeypatch.setattr(operations, "_take_next", lambda now: Letter.objects.due(now).first())

    crowds.at_once([operations.deliver_due] * 2)

    assert subjects() == ["Писмо 7", "Писмо 7"]
