"""The way of the database: complete, named, and walked both ways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from centar.settings import BASE_DIR


def own_labels() -> set[str]:
    """The labels of the portal's apps that have migrations."""
    return {
        config.label
        for config in apps.get_app_configs()
        if BASE_DIR in Path(config.path).parents
        and ".venv" not in Path(config.path).parts
        and (Path(config.path) / "migrations").exists()
    }


def own_migrations() -> list[tuple[str, str]]:
    graph = MigrationLoader(None).graph
    return sorted(node for node in graph.nodes if node[0] in own_labels())


@pytest.mark.django_db
def test_the_models_are_what_the_migrations_make():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_migration_has_a_name_that_says_something():
    names = [name for _, name in own_migrations()]

    assert [name for name in names if not re.fullmatch(r"\d{4}_[a-z][a-z_]+", name)] == []
    assert [name for name in names if "auto" in name] == []


def test_no_app_has_two_last_migrations():
    graph = MigrationLoader(None).graph

    assert {label: len(graph.leaf_nodes(label)) for label in own_labels()} == dict.fromkeys(
        own_labels(), 1
    )


@pytest.fixture
def copy(transactional_db: None) -> Iterator[None]:
    """The tests' database, copied: what is taken back there need not be made again."""
    own, others = str(connection.settings_dict["NAME"]), connection.creation
    with connection.cursor() as cursor:
        # A database is copied only while nobody else is in it, such as a server of tests before.
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    others.clone_test_db("taken_back", verbosity=0)
    clone = others.get_test_db_clone_settings("taken_back")["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = clone
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own
        others.destroy_test_db(verbosity=0, suffix="taken_back")


def test_every_migration_can_be_taken_back(copy: None) -> None:
    """All of the portal's own, to nothing: what is left is what the packages have made."""
    assert left_of_our_own() != set()

    executor = MigrationExecutor(connection)
    executor.migrate([(label, None) for label in sorted(own_labels())])

    assert left_of_our_own() == set()
    assert {app for app, _ in MigrationRecorder(connection).applied_migrations()}.isdisjoint(
        own_labels()
    )


def tables_of_packages() -> list[str]:
    """Those of the packages' models, and those that Django keeps without a model."""
    models = apps.get_models(include_auto_created=True)
    theirs = [one._meta.db_table for one in models if one._meta.app_label not in own_labels()]
    return [*theirs, "django_migrations", "django_cache"]


def left_of_our_own() -> set[str]:
    """What stands in the database's own schema and belongs to no package's table or extension."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT classid::regclass || ': ' || pg_describe_object(classid, objid, 0)
              FROM (SELECT 'pg_class'::regclass AS classid, oid AS objid, relname AS name
                      FROM pg_class
                     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm')
                    UNION ALL
                    SELECT 'pg_proc'::regclass, oid, '' FROM pg_proc
                     WHERE pronamespace = 'public'::regnamespace
                    UNION ALL
                    SELECT 'pg_ts_config'::regclass, oid, '' FROM pg_ts_config
                     WHERE cfgnamespace = 'public'::regnamespace
                    UNION ALL
                    SELECT 'pg_trigger'::regclass, oid, '' FROM pg_trigger WHERE NOT tgisinternal
                   ) AS made
             WHERE name <> ALL (%s) AND NOT EXISTS (
                   SELECT 1 FROM pg_depend AS d
                    WHERE d.classid = made.classid AND d.objid = made.objid AND d.deptype = 'e')
            """,
            [tables_of_packages()],
        )
        return {found for (found,) in cursor.fetchall()}
