"""Changes of events and of their seats are counted by the database."""

from django.db import migrations

from centar.audit.triggers import count_changes, count_revisions

SEATS_FUNCTION = """
CREATE FUNCTION events_raise_seats_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE events_event SET seats_changes = seats_changes + 1
     WHERE id IN (SELECT event_id FROM changed);
    RETURN NULL;
END $$
"""

# Only the trigger above (depth 2 here) moves seats_changes, and that is no edit of the event;
# everybody else edits, and cannot write an old count of seats back.
EVENT_FUNCTION = """
CREATE FUNCTION events_keep_counters() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() = 1 THEN
        NEW.seats_changes := OLD.seats_changes;
        NEW.revision := OLD.revision + 1;
    END IF;
    RETURN NEW;
END $$
"""


def on_bookings(what: str, table: str) -> migrations.RunSQL:
    """One trigger for a whole statement, however many bookings it touches."""
    return migrations.RunSQL(
        f"CREATE TRIGGER events_booking_seats_{what.lower()} AFTER {what} ON events_booking "
        f"REFERENCING {table} TABLE AS changed "
        "FOR EACH STATEMENT EXECUTE FUNCTION events_raise_seats_changes()",
        f"DROP TRIGGER events_booking_seats_{what.lower()} ON events_booking",
    )


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial"), ("audit", "0002_counters")]

    operations = [
        migrations.RunSQL(EVENT_FUNCTION, "DROP FUNCTION events_keep_counters()"),
        count_revisions("events_event", function="events_keep_counters"),
        count_revisions("events_booking"),
        count_changes("events_meeting"),
        migrations.RunSQL(SEATS_FUNCTION, "DROP FUNCTION events_raise_seats_changes()"),
        on_bookings("INSERT", "NEW"),
        on_bookings("UPDATE", "NEW"),
        on_bookings("DELETE", "OLD"),
    ]
