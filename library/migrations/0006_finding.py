import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

import library.models.facets

# Bound to what it calls, so it works under any search_path.
FACETS = """
CREATE FUNCTION library_facets(kind text, udc text, language text, year integer) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN array_remove(ARRAY[
    'kind:' || kind,
    CASE WHEN udc ~ '^[0-9]' THEN 'udc:' || left(udc, 1) END,
    CASE WHEN language <> '' THEN 'language:' || language END,
    'decade:' || (year / 10)::text,
    'year:' || year::text
], NULL)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0005_free_copies"),
    ]

    operations = [
        migrations.RunSQL(FACETS, "DROP FUNCTION library_facets(text, text, text, integer)"),
        migrations.RemoveIndex(
            model_name="record",
            name="library_record_search",
        ),
        migrations.AddField(
            model_name="record",
            name="facets",
            field=models.GeneratedField(
                db_persist=True,
                expression=library.models.facets.Facets("kind", "udc", "language", "year"),
                output_field=django.contrib.postgres.fields.ArrayField(
                    base_field=models.TextField(), size=None
                ),
            ),
        ),
        migrations.AddField(
            model_name="word",
            name="written",
            field=models.TextField(default="", verbose_name="as it is written"),
        ),
        migrations.AddIndex(
            model_name="record",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search", "facets"], name="library_record_found"
            ),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(
                django.contrib.postgres.indexes.OpClass("folded", "text_pattern_ops"),
                name="library_record_beginning",
            ),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(
                django.contrib.postgres.indexes.OpClass("udc", "text_pattern_ops"),
                name="library_record_notation",
            ),
        ),
        migrations.AddIndex(
            model_name="word",
            index=models.Index(
                django.contrib.postgres.indexes.OpClass("word", "text_pattern_ops"),
                name="library_word_beginning",
            ),
        ),
    ]
