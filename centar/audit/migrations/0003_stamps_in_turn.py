"""One transaction at a time raises stamps.

Each stamp is one row, held until its transaction ends: two transactions that change two tables
in opposite order would otherwise wait for each other, and one of them would be broken off.
"""

from importlib import import_module

from django.db import migrations

ONE_BY_ONE = """
CREATE OR REPLACE FUNCTION audit_raise_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('audit_stamp'));
    INSERT INTO audit_stamp VALUES (TG_TABLE_NAME, 1)
    ON CONFLICT ("table") DO UPDATE SET changes = audit_stamp.changes + 1;
    RETURN NULL;
END $$
"""
EACH_ALONE = import_module("centar.audit.migrations.0002_counters").STAMP.replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_counters")]

    operations = [migrations.RunSQL(ONE_BY_ONE, EACH_ALONE)]
