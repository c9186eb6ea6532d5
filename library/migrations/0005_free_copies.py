from django.db import migrations

from centar.audit.triggers import count_revisions

# A statement takes the records' rows in the order of their keys before it counts, so whoever
# changes another copy of one of them waits, and counts again afterwards with what is there then.
COUNT = """
CREATE FUNCTION library_count_free(touched bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM library_record WHERE id = ANY (touched) ORDER BY id FOR NO KEY UPDATE;
    UPDATE library_record AS record
       SET free_copies = counted.free
      FROM (
            SELECT one.id, count(piece.id) AS free
              FROM unnest(touched) AS one (id)
              LEFT JOIN library_copy AS piece
                ON piece.record_id = one.id AND piece.state = 'held' AND NOT piece.only_here
               AND NOT EXISTS (
                       SELECT FROM library_loan
                        WHERE copy_id = piece.id AND returned_at IS NULL)
               AND NOT EXISTS (
                       SELECT FROM library_reservation
                        WHERE copy_id = piece.id AND state = 'ready')
             GROUP BY one.id
           ) AS counted
     WHERE record.id = counted.id AND record.free_copies <> counted.free;
END $$
"""

COPIES_CAME_OR_WENT = """
CREATE FUNCTION library_copies_came_or_went() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM library_count_free(ARRAY(SELECT DISTINCT record_id FROM touched));
    RETURN NULL;
END $$
"""

COPIES_CHANGED = """
CREATE FUNCTION library_copies_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM library_count_free(ARRAY(
        SELECT DISTINCT either.record_id
          FROM touched
          JOIN was USING (id)
         CROSS JOIN LATERAL (VALUES (touched.record_id), (was.record_id)) AS either (record_id)
         WHERE (touched.record_id, touched.state, touched.only_here)
               IS DISTINCT FROM (was.record_id, was.state, was.only_here)));
    RETURN NULL;
END $$
"""

HOLDERS_CAME_OR_WENT = """
CREATE FUNCTION library_holders_came_or_went() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM library_count_free(ARRAY(
        SELECT DISTINCT record_id FROM library_copy WHERE id IN (SELECT copy_id FROM touched)));
    RETURN NULL;
END $$
"""

# What else changes on a loan, such as a letter being sent, must not wait for the record's row.
LOANS_CHANGED = """
CREATE FUNCTION library_loans_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM library_count_free(ARRAY(
        SELECT DISTINCT piece.record_id
          FROM touched
          JOIN was USING (id)
          JOIN library_copy AS piece ON piece.id IN (touched.copy_id, was.copy_id)
         WHERE touched.copy_id <> was.copy_id
            OR (touched.returned_at IS NULL) <> (was.returned_at IS NULL)));
    RETURN NULL;
END $$
"""

RESERVATIONS_CHANGED = """
CREATE FUNCTION library_reservations_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM library_count_free(ARRAY(
        SELECT DISTINCT piece.record_id
          FROM touched
          JOIN was USING (id)
          JOIN library_copy AS piece ON piece.id IN (touched.copy_id, was.copy_id)
         WHERE (touched.copy_id, touched.state) IS DISTINCT FROM (was.copy_id, was.state)));
    RETURN NULL;
END $$
"""


def counted(table: str, *, came_or_went: str, changed: str) -> list[migrations.RunSQL]:
    """Every statement that changes the table counts the free copies of the records it touches."""
    whens = {
        "insert": ("NEW TABLE AS touched", came_or_went),
        "delete": ("OLD TABLE AS touched", came_or_went),
        "update": ("OLD TABLE AS was NEW TABLE AS touched", changed),
    }
    return [
        migrations.RunSQL(
            f"CREATE TRIGGER {table}_free_{event} AFTER {event} ON {table} REFERENCING {tables} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()",
            f"DROP TRIGGER {table}_free_{event} ON {table}",
        )
        for event, (tables, function) in whens.items()
    ]


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_counters"), ("library", "0004_lending")]

    operations = [
        migrations.RunSQL(COUNT, "DROP FUNCTION library_count_free(bigint[])"),
        migrations.RunSQL(COPIES_CAME_OR_WENT, "DROP FUNCTION library_copies_came_or_went()"),
        migrations.RunSQL(COPIES_CHANGED, "DROP FUNCTION library_copies_changed()"),
        migrations.RunSQL(HOLDERS_CAME_OR_WENT, "DROP FUNCTION library_holders_came_or_went()"),
        migrations.RunSQL(LOANS_CHANGED, "DROP FUNCTION library_loans_changed()"),
        migrations.RunSQL(RESERVATIONS_CHANGED, "DROP FUNCTION library_reservations_changed()"),
        *counted(
            "library_copy",
            came_or_went="library_copies_came_or_went",
            changed="library_copies_changed",
        ),
        *counted(
            "library_loan",
            came_or_went="library_holders_came_or_went",
            changed="library_loans_changed",
        ),
        *counted(
            "library_reservation",
            came_or_went="library_holders_came_or_went",
            changed="library_reservations_changed",
        ),
        # What was catalogued before the counting began.
        migrations.RunSQL(
            "SELECT library_count_free(ARRAY(SELECT DISTINCT record_id FROM library_copy))",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            "INSERT INTO library_lendingrule"
            " (revision, member_kind, record_kind, items, days, renewals)"
            " VALUES (1, '', '', 3, 21, 1)",
            migrations.RunSQL.noop,
        ),
        count_revisions("library_lendingrule"),
        count_revisions("library_lendingterms"),
        count_revisions("library_member"),
        count_revisions("library_loan"),
        count_revisions("library_reservation"),
    ]
