"""Bytes without a row: what a rollback leaves, and the job that throws them away."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from centar.files import jobs
from centar.files.models import FOLDER, PrivateFile
from tests.factories import files
from tests.races import crowds


def age(path, **how_long):
    """Let the bytes be as old as that."""
    moment = (timezone.now() - timedelta(**how_long)).timestamp()
    os.utime(default_storage.path(path), (moment, moment))


def rolled_back():
    """The path of a file whose row a failure has taken back."""
    with transaction.atomic():
        path = files.stored().path
        transaction.set_rollback(True)
    return path


@pytest.mark.django_db
def test_what_a_rollback_leaves_is_swept_after_a_day():
    path = rolled_back()
    assert (PrivateFile.objects.count(), default_storage.exists(path)) == (0, True)

    assert jobs.sweep() == 0
    assert default_storage.exists(path)

    age(path, days=1, minutes=1)
    assert jobs.sweep() == 1
    assert not default_storage.exists(path)


@pytest.mark.django_db
def test_what_a_row_names_stays_however_old_it_is():
    file = files.stored()
    age(file.path, days=3650)

    assert jobs.sweep() == 0
    assert files.bytes_of(file) == files.pdf()


@pytest.mark.django_db(transaction=True)
def test_a_file_that_is_being_handed_in_now_is_not_swept():
    with transaction.atomic():
        file = files.stored()
        # On its own connection the worker sees the bytes, and no row yet.
        assert crowds.at_once([PrivateFile.objects.count]) == [0]
        assert default_storage.listdir(FOLDER)[1] == [file.path.removeprefix(f"{FOLDER}/")]
        assert crowds.at_once([jobs.sweep]) == [0]

    assert files.bytes_of(file) == files.pdf()


@pytest.mark.django_db
def test_nothing_was_ever_handed_in():
    assert jobs.sweep() == 0
