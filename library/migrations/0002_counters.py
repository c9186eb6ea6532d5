from django.db import migrations

from centar.audit.triggers import count_revisions

# Harvesters ask for what has changed since a moment, so the moment is the database's.
KEEP_CHANGED = """
CREATE FUNCTION library_keep_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.revision := OLD.revision + 1;
    NEW.changed_at := now();
    RETURN NEW;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_counters"), ("library", "0001_records_and_copies")]

    operations = [
        migrations.RunSQL(KEEP_CHANGED, "DROP FUNCTION library_keep_changed()"),
        count_revisions("library_record", function="library_keep_changed"),
        count_revisions("library_contribution"),
        count_revisions("library_journalissue"),
        count_revisions("library_kitpart"),
        count_revisions("library_copy"),
    ]
