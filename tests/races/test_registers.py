"""Two members of the staff issue papers at the same moment."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import IntegrityError
from django.db.models import QuerySet

from centar.access import Refusal
from centar.documents import operations, papers
from centar.documents.models import Document, Register, SignedPaper
from tests.factories import documents, keys
from tests.factories.certificates import (
    ISSUES,
    HeldSeminarFactory,
    IssuingSettingsFactory,
    participant,
)
from tests.factories.people import StaffFactory
from tests.races import crowds
from trainings.models import Certificate, CertificateBatch, LedgerEntry
from trainings.operations import certificate_batches as batches
from trainings.operations import certificates
from trainings.queries import certificates as queries

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def confirmation():
    with documents.registered():
        yield


@pytest.fixture
def issuer(transactional_db):
    return StaffFactory(permissions=ISSUES)


@pytest.fixture
def seminar(transactional_db):
    IssuingSettingsFactory()
    return HeldSeminarFactory()


def numbers():
    return sorted(Document.objects.values_list("number", flat=True))


def kinds_of(outcomes):
    return sorted(type(outcome).__name__ for outcome in outcomes)


@pytest.mark.usefixtures("confirmation")
def test_papers_issued_at_once_get_numbers_without_gaps():
    """The first of a year included, for which there is no register yet."""
    outcomes = crowds.at_once([documents.issued] * 12)

    assert kinds_of(outcomes) == ["Document"] * 12
    assert numbers() == list(range(1, 13))


@pytest.mark.usefixtures("confirmation")
def test_one_that_fails_leaves_no_gap_behind(monkeypatch):
    real = operations.trail.record

    def fails_for_some(action, target, **facts):
        if target.content["name"] == "нико":
            raise LookupError
        return real(action, target, **facts)

    monkeypatch.setattr(operations.trail, "record", fails_for_some)
    nobody = partial(documents.issued, content={"name": "нико"})

    outcomes = crowds.at_once([documents.issued, nobody] * 6)

    assert kinds_of(outcomes) == ["Document"] * 6 + ["LookupError"] * 6
    assert numbers() == list(range(1, 7))


@pytest.mark.usefixtures("confirmation")
def test_without_the_lock_two_want_the_same_number(monkeypatch):
    """The control: both read the register before either writes."""
    documents.issued()
    unlocked = crowds.met(2, lambda kind, year: Register.objects.get(kind=kind, year=year))
    monkeypatch.setattr(operations, "lock_register", unlocked)

    outcomes = crowds.at_once([documents.issued] * 2)

    assert kinds_of(outcomes) == ["Document", IntegrityError.__name__]


def test_two_who_certify_the_same_participant_at_once_issue_one(seminar, issuer):
    booking = participant(seminar)
    deed = partial(certificates.issue, booking_id=booking.pk, by=issuer)

    outcomes = crowds.at_once([deed] * 6)

    assert kinds_of(outcomes) == ["Certificate"] + ["Refusal"] * 5
    assert numbers() == [1]
    assert LedgerEntry.objects.count() == 1


def test_without_the_lock_the_database_is_the_second_belt(seminar, issuer, monkeypatch):
    """The control: both find no certificate before either writes."""
    booking = participant(seminar)
    monkeypatch.setattr(certificates, "_lock_booking", lambda pk: type(booking).objects.get(pk=pk))
    monkeypatch.setattr(
        certificates.queries, "standings", crowds.met(2, certificates.queries.standings)
    )
    deed = partial(certificates.issue, booking_id=booking.pk, by=issuer)

    outcomes = crowds.at_once([deed] * 2)

    assert kinds_of(outcomes) == ["Certificate", IntegrityError.__name__]
    assert numbers() == [1]


def test_two_workers_share_a_batch_and_double_nothing(seminar, issuer):
    for _ in range(12):
        participant(seminar)
    batch = batches.order(seminar_id=seminar.pk, by=issuer)

    crowds.at_once([partial(batches.work_off, batch.pk)] * 2)
    batches.work_off(batch.pk)

    batch.refresh_from_db()
    assert (batch.state, batch.issued, batch.refused) == (CertificateBatch.State.DONE, 12, 0)
    assert numbers() == list(range(1, 13))


def test_a_batch_ordered_twice_at_once_is_one(seminar, issuer):
    participant(seminar)

    outcomes = crowds.at_once([partial(batches.order, seminar_id=seminar.pk, by=issuer)] * 4)

    assert kinds_of(outcomes) == ["CertificateBatch"] + [Refusal.__name__] * 3


def test_without_the_lock_the_second_order_fails(seminar, issuer, monkeypatch):
    """The control: both find none at work before either writes; the database keeps one."""
    participant(seminar)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **options: rows)
    monkeypatch.setattr(batches.queries, "participants", crowds.met(2, queries.participants))

    outcomes = crowds.at_once([partial(batches.order, seminar_id=seminar.pk, by=issuer)] * 2)

    assert kinds_of(outcomes) == ["CertificateBatch", IntegrityError.__name__]


def test_a_certificate_revoked_and_replaced_at_once_ends_once(seminar, issuer):
    for _ in range(3):
        booking = participant(seminar)
        old = certificates.issue(booking_id=booking.pk, by=issuer)
        booking.person.last_name = "Марић"
        booking.person.save()
        facts = {"certificate_id": old.pk, "by": issuer, "reason": "Зато."}

        outcomes = crowds.at_once(
            [partial(certificates.revoke, **facts), partial(certificates.replace, **facts)]
        )

        assert kinds_of(outcomes) == ["Certificate", "Refusal"]
        valid = Certificate.objects.filter(booking=booking, ended_at=None).count()
        assert valid == int(isinstance(outcomes[1], Certificate))


@pytest.mark.usefixtures("confirmation")
def test_a_paper_asked_for_twice_at_once_is_signed_once(tmp_path, settings):
    settings.SIGNING_KEY = keys.made_in(tmp_path)
    settings.SIGNING_PASSPHRASE = keys.PASSPHRASE
    document = documents.issued()

    first, *others = crowds.at_once([partial(papers.pdf_of, document)] * 4)

    assert others == [first] * 3
    assert SignedPaper.objects.count() == 1
