"""Triggers that count changes, for the migrations of other apps."""

from __future__ import annotations

from django.db import migrations


def count_revisions(table: str, *, function: str = "audit_raise_revision") -> migrations.RunSQL:
    """A migration operation: every UPDATE of the table raises its row's `revision` by one.

    A table with more to keep names a function of its own, which must raise it too.
    """
    return migrations.RunSQL(
        sql=f"CREATE TRIGGER {table}_revision BEFORE UPDATE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {function}()",
        reverse_sql=f"DROP TRIGGER {table}_revision ON {table}",
    )


def count_changes(table: str) -> migrations.RunSQL:
    """A migration operation: every statement that changes the table raises its Stamp."""
    return migrations.RunSQL(
        sql=f"CREATE TRIGGER {table}_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_raise_stamp()",
        reverse_sql=f"DROP TRIGGER {table}_stamp ON {table}",
    )
