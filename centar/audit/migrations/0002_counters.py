"""The functions behind audit.triggers."""

from django.db import migrations

REVISION = """
CREATE FUNCTION audit_raise_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.revision := OLD.revision + 1;
    RETURN NEW;
END $$
"""

STAMP = """
CREATE FUNCTION audit_raise_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit_stamp VALUES (TG_TABLE_NAME, 1)
    ON CONFLICT ("table") DO UPDATE SET changes = audit_stamp.changes + 1;
    RETURN NULL;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(REVISION, "DROP FUNCTION audit_raise_revision()"),
        migrations.RunSQL(STAMP, "DROP FUNCTION audit_raise_stamp()"),
    ]
