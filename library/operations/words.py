"""Keeping the words of the catalogue, with which mistyped ones are compared."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection, transaction

LEARN_OF = timedelta(minutes=10)
"""Every minute the words of what has changed in these last minutes are added."""

# Words as they are written are far fewer than their places, so only they are folded.
OF_RECORDS = """
    SELECT script_fold(word) AS word, (array_agg(word ORDER BY ndoc DESC))[1] AS written,
           least(sum(ndoc), 2147483647)::int AS records
      FROM ts_stat($of$
           SELECT to_tsvector('simple', concat_ws(' ', title, subtitle, names, subjects))
             FROM library_record
            WHERE withdrawn_at IS NULL {since} $of$)
     WHERE word ~ '^[[:alpha:]]{{3,}}$'
     GROUP BY 1
"""
ADD = f"""
    INSERT INTO library_word (word, written, records) {OF_RECORDS}
        ON CONFLICT (word) DO NOTHING
"""
COUNTED = f"CREATE TEMPORARY TABLE counted AS {OF_RECORDS.format(since='')}"
GONE = """
    DELETE FROM library_word WHERE word NOT IN (SELECT word FROM counted WHERE word IS NOT NULL)
"""
TAKE_OVER = """
    INSERT INTO library_word (word, written, records) SELECT * FROM counted
        ON CONFLICT (word) DO UPDATE SET written = excluded.written, records = excluded.records
     WHERE (library_word.written, library_word.records) <> (excluded.written, excluded.records)
"""


@transaction.atomic
def learn() -> int:
    """Add the words of the records that have just changed; gives how many are new.

    Their numbers are right after the next counting.
    """
    minutes = int(LEARN_OF.total_seconds() // 60)
    since = f"AND changed_at > now() - interval '{minutes} minutes'"
    with connection.cursor() as cursor:
        cursor.execute(ADD.format(since=since))
        return int(cursor.rowcount)


@transaction.atomic
def count() -> int:
    """Count the words of the whole catalogue anew; those that stand nowhere any more go.

    Gives how many have changed.
    """
    with connection.cursor() as cursor:
        cursor.execute(COUNTED)
        cursor.execute(GONE)
        changed = int(cursor.rowcount)
        cursor.execute(TAKE_OVER)
        changed += int(cursor.rowcount)
        cursor.execute("DROP TABLE counted")
    return changed
