"""Certificates of a whole seminar, as the worker makes them."""

from __future__ import annotations

from datetime import timedelta

import pymupdf
import pytest
import time_machine
from django.utils import timezone
from django_q.models import OrmQ

from centar.access import Refusal
from centar.outbox.models import Letter
from tests.factories.certificates import HeldSeminarFactory, participant
from tests.factories.people import StaffFactory
from tests.factories.trainings import SeminarFactory
from trainings.jobs import certificates as jobs
from trainings.models import BatchEntry, Certificate, CertificateBatch, IssuingSettings
from trainings.operations import certificate_batches as batches
from trainings.operations import certificates

pytestmark = pytest.mark.django_db
State = CertificateBatch.State


def order(seminar, by):
    return batches.order(seminar_id=seminar.pk, by=by)


def counts(batch):
    batch.refresh_from_db()
    return batch.state, batch.total, batch.issued, batch.refused


def reasons(batch):
    return list(batch.entries.exclude(reason="").values_list("reason", flat=True).order_by("pk"))


def test_everybody_who_earned_one_gets_one_and_the_others_a_reason(staff, seminar):
    participant(seminar, last_name="Аћимовић")
    participant(seminar, last_name="Бабић", minutes=120)
    participant(seminar, last_name="Вучић", birth_date=None)
    participant(seminar, last_name="Гајић")

    batch = batches.work_off(order(seminar, staff).pk)

    assert counts(batch) == (State.DONE, 4, 2, 2)
    assert reasons(batch) == [
        "Присуство: 2 сата од укупно 6 сати; потребно је 80 %.",
        "Нису познати датум и место рођења.",
    ]
    assert Letter.objects.filter(kind="trainings.certificate_ready").count() == 2
    assert [str(one) for one in Certificate.objects.order_by("pk")] == ["У-1/2026", "У-2/2026"]


def test_all_come_in_one_file_in_the_order_of_names(staff, seminar):
    for last_name in ("Љубић", "Аћимовић", "Ђокић"):
        participant(seminar, first_name="Ана", last_name=last_name)

    batch = batches.work_off(order(seminar, staff).pk)

    sheets = pymupdf.open(stream=bytes(batch.print))
    names = ("Ана Аћимовић", "Ана Ђокић", "Ана Љубић")
    assert [name in sheet.get_text() for name, sheet in zip(names, sheets, strict=True)] == (
        [True] * 3
    )


def test_whoever_had_one_before_is_printed_too_but_gets_no_second(staff, seminar):
    booking = participant(seminar)
    certificates.issue(booking_id=booking.pk, by=staff)
    participant(seminar)

    batch = batches.work_off(order(seminar, staff).pk)

    assert counts(batch) == (State.DONE, 2, 1, 1)
    assert reasons(batch) == ["Већ има уверење са овог семинара."]
    assert len(pymupdf.open(stream=bytes(batch.print))) == 2


def test_where_nobody_earned_one_there_is_nothing_to_print(staff, seminar):
    participant(seminar, minutes=None)

    batch = batches.work_off(order(seminar, staff).pk)

    assert (counts(batch), batch.print) == ((State.DONE, 1, 0, 1), None)


def test_a_batch_goes_on_where_its_worker_died(staff, seminar, monkeypatch):
    for _ in range(4):
        participant(seminar)
    batch = order(seminar, staff)
    real = certificates.issue
    done = []

    def dies_at_the_third(**kwargs):
        if len(done) == 2:
            raise SystemExit
        done.append(kwargs["booking_id"])
        return real(**kwargs)

    monkeypatch.setattr(certificates, "issue", dies_at_the_third)
    with pytest.raises(SystemExit):
        batches.work_off(batch.pk)
    assert counts(batch) == (State.RUNNING, 4, 2, 0)
    monkeypatch.setattr(certificates, "issue", real)

    batches.work_off(batch.pk)

    assert counts(batch) == (State.DONE, 4, 4, 0)
    assert Certificate.objects.count() == 4
    assert Letter.objects.count() == 4


def test_a_lost_batch_is_taken_up_after_some_minutes(staff, seminar):
    participant(seminar)
    batch = order(seminar, staff)

    assert jobs.continue_certificates() == 0
    with time_machine.travel(timezone.now() + batches.LOST_AFTER + timedelta(seconds=1)):
        assert jobs.continue_certificates() == 1

    assert counts(batch) == (State.DONE, 1, 1, 0)
    assert jobs.continue_certificates() == 0


def test_a_finished_batch_does_nothing_again(staff, seminar):
    participant(seminar)
    batch = batches.work_off(order(seminar, staff).pk)
    finished_at = batch.finished_at

    again = batches.work_off(batch.pk)

    assert again.finished_at == finished_at
    assert Certificate.objects.count() == 1


def test_one_in_trouble_does_not_stop_the_others(staff, seminar, monkeypatch):
    first, second = participant(seminar), participant(seminar)
    real = certificates.issue

    def fails_for_the_first(**kwargs):
        if kwargs["booking_id"] == first.pk:
            raise LookupError
        return real(**kwargs)

    monkeypatch.setattr(certificates, "issue", fails_for_the_first)

    batch = batches.work_off(order(seminar, staff).pk)

    assert counts(batch) == (State.DONE, 2, 1, 1)
    assert Certificate.objects.get().booking == second
    assert reasons(batch) == [
        "Грешка портала, записана је у дневнику. Издајте ово уверење појединачно."
    ]


def test_what_changed_since_the_order_is_the_reason(staff, seminar):
    participant(seminar)
    batch = order(seminar, staff)
    IssuingSettings.objects.all().delete()

    batches.work_off(batch.pk)

    assert counts(batch) == (State.DONE, 1, 0, 1)
    assert reasons(batch)[0].startswith("Најпре унесите податке за уверења")


def test_whoever_lost_the_right_meanwhile_issues_nothing(staff, seminar):
    participant(seminar)
    batch = order(seminar, staff)
    staff.user_permissions.clear()

    batches.work_off(batch.pk)

    assert counts(batch) == (State.DONE, 1, 0, 1)
    assert Certificate.objects.count() == 0


def test_the_worker_is_told(staff, seminar, django_capture_on_commit_callbacks):
    participant(seminar)

    with django_capture_on_commit_callbacks(execute=True):
        batch = order(seminar, staff)

    (task,) = OrmQ.objects.all()
    assert (task.func(), task.task["args"]) == (
        "trainings.jobs.certificates.issue_certificates",
        (batch.pk,),
    )


def test_a_second_batch_replaces_the_file_of_the_first(staff, seminar):
    participant(seminar)
    first = batches.work_off(order(seminar, staff).pk)
    second = batches.work_off(order(seminar, staff).pk)

    first.refresh_from_db()
    assert (first.print, second.print is not None) == (None, True)


@pytest.mark.parametrize(
    ("case", "sentence"),
    [
        ("nobody", "there is nobody to certify"),
        ("coming", "The seminar is not over yet"),
        ("twice", "are being issued already"),
        ("stranger", "Only the Centre's staff may do this"),
    ],
)
def test_what_cannot_be_ordered_is_refused(staff, seminar, case, sentence):
    who = StaffFactory() if case == "stranger" else staff
    asked = {"nobody": HeldSeminarFactory, "coming": SeminarFactory}.get(case, lambda: seminar)()
    if case != "nobody":
        participant(asked)
    if case == "twice":
        order(seminar, staff)
    before = BatchEntry.objects.count()

    with pytest.raises(Refusal, match=sentence):
        order(asked, who)

    assert BatchEntry.objects.count() == before
