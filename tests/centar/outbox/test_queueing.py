"""Putting letters on their way."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_q.models import OrmQ

from centar.outbox import kinds, operations
from centar.outbox.models import Letter

pytestmark = pytest.mark.django_db


def queue(**changed):
    """Queue one greeting; `changed` says what differs."""
    operations.queue(
        "tests.greeting",
        **{"object_id": 1, "recipient": "ana@example.org", "version": "1", **changed},
    )


def test_the_same_letter_queued_twice_is_one(greeting):
    queue(text="Прво писмо.")
    queue(text="Друго писмо.")

    assert [letter.context for letter in Letter.objects.all()] == [{"text": "Прво писмо."}]


@pytest.mark.parametrize(
    "changed",
    [{"object_id": 2}, {"recipient": "eva@example.org"}, {"version": "2"}],
    ids=lambda changed: next(iter(changed)),
)
def test_another_object_recipient_or_version_is_another_letter(changed, greeting):
    queue()
    queue(**changed)

    assert Letter.objects.count() == 2


def test_only_letters_that_nobody_has_taken_up_are_dropped(greeting):
    queue(place="А")
    queue(place="А", version="2")
    Letter.objects.filter(version="2").update(state=Letter.State.SENDING)
    queue(place="Б", version="3")
    queue(place="А", object_id=2)

    assert operations.drop("tests.greeting", object_id=1, place="А") == 1
    assert [(one.state, one.error) for one in Letter.objects.order_by("pk")] == [
        ("dropped", "What it would say has ceased to be so."),
        ("sending", ""),
        ("queued", ""),
        ("queued", ""),
    ]


def test_another_kind_is_another_letter(greeting, new_kind):
    new_kind("tests.farewell", greeting)
    queue()
    operations.queue("tests.farewell", object_id=1, recipient="ana@example.org", version="1")

    assert Letter.objects.count() == 2


def test_the_database_itself_keeps_a_version_single(greeting):
    queue()
    twin = Letter.objects.get()
    twin.pk = None

    with (
        pytest.raises(IntegrityError, match="outbox_one_letter_of_a_version"),
        transaction.atomic(),
    ):
        twin.save()


def test_a_sent_letter_has_its_moment(greeting):
    queue()

    with pytest.raises(IntegrityError, match="outbox_sent_has_its_moment"), transaction.atomic():
        Letter.objects.update(state=Letter.State.SENT)
    with pytest.raises(IntegrityError, match="outbox_sent_has_its_moment"), transaction.atomic():
        Letter.objects.update(sent_at=timezone.now())


def test_without_an_address_there_is_no_letter(greeting):
    queue(recipient="")

    assert not Letter.objects.exists()


def test_an_unknown_kind_is_a_mistake_of_the_caller():
    with pytest.raises(KeyError):
        queue()


def test_a_kind_is_registered_once(greeting, new_kind):
    with pytest.raises(ValueError, match=r"tests\.greeting is registered already"):
        new_kind("tests.greeting", greeting)


def test_every_kind_is_listed_in_order(greeting):
    codes = [kind.code for kind in kinds.every()]

    assert codes == sorted(codes)
    assert "tests.greeting" in codes


@pytest.mark.django_db(transaction=True)
class TestWakingTheWorker:
    """The worker is woken when the letters are really there, once for a transaction."""

    def test_many_letters_of_one_transaction_wake_it_once(self, greeting):
        with transaction.atomic():
            queue()
            queue(object_id=2)
            assert OrmQ.objects.count() == 0

        assert [task.func() for task in OrmQ.objects.all()] == ["centar.outbox.jobs.deliver_due"]

    def test_undone_letters_wake_nobody(self, greeting):
        with transaction.atomic():
            queue()
            transaction.set_rollback(True)

        assert (Letter.objects.count(), OrmQ.objects.count()) == (0, 0)

    def test_a_letter_after_an_undone_part_still_wakes_it(self, greeting):
        with transaction.atomic():
            with transaction.atomic():
                queue()
                transaction.set_rollback(True)
            queue(object_id=2)

        assert (Letter.objects.count(), OrmQ.objects.count()) == (1, 1)
