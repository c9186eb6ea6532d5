from django.db import migrations

from centar.audit.triggers import count_revisions

# Harvesters ask for what has changed since a moment, so the moment is the database's. What is said
# of the publication is the same, however many of its copies are lent.
KEEP_CHANGED = """
CREATE FUNCTION library_keep_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.free_copies <> OLD.free_copies THEN
        RETURN NEW;
    END IF;
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
