"""The way of the database: complete, named, and walked both ways."""

from __future__ import annotations

import re
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


@pytest.mark.django_db(transaction=True)
def test_every_migration_can_be_taken_back():
    """All of the portal's own, to nothing and up again: the tables end as they began."""
    before = described()
    try:
        executor = MigrationExecutor(connection)
        executor.migrate([(label, None) for label in sorted(own_labels())])
        assert left_of_our_own() == set()
        assert {app for app, _ in MigrationRecorder(connection).applied_migrations()}.isdisjoint(
            own_labels()
        )
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())

    assert described() == before


def described() -> list[tuple[object, ...]]:
    """Every column, constraint, index, trigger and function of the database's own schema."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT 'column', table_name, column_name, data_type, is_nullable,
                   coalesce(generation_expression, '')
              FROM information_schema.columns WHERE table_schema = 'public'
            UNION ALL
            SELECT 'constraint', conrelid::regclass::text, conname,
                   pg_get_constraintdef(oid), '', ''
              FROM pg_constraint
             WHERE connamespace = 'public'::regnamespace
            UNION ALL
            SELECT 'index', tablename, indexname, indexdef, '', ''
              FROM pg_indexes WHERE schemaname = 'public'
            UNION ALL
            SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), '', ''
              FROM pg_trigger WHERE NOT tgisinternal
            UNION ALL
            SELECT 'function', proname, pg_get_function_arguments(oid), prosrc, '', ''
              FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prolang <>
                   (SELECT oid FROM pg_language WHERE lanname = 'c')
             ORDER BY 1, 2, 3, 4, 5, 6
            """
        )
        return cursor.fetchall()


def left_of_our_own() -> set[str]:
    """Tables and functions of the portal's apps that are still there."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace "
            "AND proname ~ '^(audit|events|script)_'"
        )
        functions = {name for (name,) in cursor.fetchall()}
    own = tuple(f"{label}_" for label in own_labels())
    return {table for table in tables if table.startswith(own)} | functions
