"""The order of the house: who may import and refer to whom. The list itself is pyproject's."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models

ROOT = settings.BASE_DIR
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACT = PYPROJECT["tool"]["importlinter"]["contracts"][0]
CONTRACTED = PYPROJECT["tool"]["importlinter"]["root_packages"]
# The only ways from one domain app to another: through the other's queries and operations.
DECLARED_EDGES = {("needs_survey", "trainings"), ("accreditation", "trainings")}
# Frames that Django keeps and every app may stand on.
FRAMES = {"django.contrib.auth", "django.contrib.contenttypes"}


def floors() -> dict[str, int]:
    """The floor of each app, counted from the ground."""
    levels = reversed(CONTRACT["layers"])
    return {
        name.strip(): number for number, level in enumerate(levels) for name in level.split("|")
    }


def project_models() -> list[type[models.Model]]:
    """The models of the portal, with the rows between two of them that Django makes itself."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_config.name in floors()
    ]


def relations() -> set[tuple[str, str]]:
    """Every app that refers to rows of another, and the other."""
    found = set()
    for model in project_models():
        for field in model._meta.get_fields():
            if field.is_relation and not field.auto_created and field.related_model:
                target = field.related_model._meta.app_config.name
                found.add((model._meta.app_config.name, target))
    return found


def test_imports_go_downwards_only():
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_every_app_of_the_portal_has_its_floor():
    names = {config.name for config in apps.get_app_configs()}

    own = {name for name in names if name.partition(".")[0] in CONTRACTED}

    assert own - set(floors()) == set()


def test_a_row_refers_downwards_only():
    """A foreign key written as a string is no import, so import-linter does not see it."""
    floor = floors()

    upwards = {
        (source, target)
        for source, target in relations()
        if source != target
        and target not in FRAMES
        and (source, target) not in DECLARED_EDGES
        and floor[target] >= floor[source]
    }

    assert upwards == set()


def test_the_walk_sees_relations():
    assert {("trainings", "centar.events"), ("centar.events", "centar.people")} <= relations()


def test_the_audit_outlives_what_it_tells_of():
    """The record keeps keys, not references: nothing stands in the way of erasing a person."""
    entry = apps.get_model("audit", "Entry")

    assert [field.name for field in entry._meta.get_fields() if field.is_relation] == []


@pytest.mark.django_db
def test_the_database_is_reached_through_psycopg2():
    """Django takes psycopg 3 silently as soon as something pulls it in."""
    assert connection.Database.__name__ == "psycopg2"
