import django.db.models.deletion
from django.db import migrations, models

import centar.script.expressions
import centar.script.fields
from centar.audit.triggers import count_changes, count_revisions


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_stamps_in_turn"),
        ("events", "0004_applications"),
        ("library", "0006_finding"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReadingList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "title",
                    centar.script.fields.MendedCharField(max_length=200, verbose_name="title"),
                ),
                (
                    "introduction",
                    centar.script.fields.MendedTextField(blank=True, verbose_name="introduction"),
                ),
                ("is_published", models.BooleanField(default=False, verbose_name="is published")),
                (
                    "sort_azbuka",
                    models.GeneratedField(
                        db_persist=True,
                        expression=centar.script.expressions.AzbukaKey("title"),
                        output_field=models.TextField(db_collation="C"),
                    ),
                ),
                (
                    "sort_abeceda",
                    models.GeneratedField(
                        db_persist=True,
                        expression=centar.script.expressions.AbecedaKey("title"),
                        output_field=models.TextField(db_collation="C"),
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        help_text="The list is shown on its page.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reading_lists",
                        to="events.event",
                        verbose_name="event",
                    ),
                ),
            ],
            options={
                "verbose_name": "reading list",
                "verbose_name_plural": "reading lists",
                "ordering": ("sort_azbuka", "pk"),
            },
        ),
        migrations.CreateModel(
            name="ReadingListEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=1, verbose_name="order")),
                ("note", centar.script.fields.MendedTextField(blank=True, verbose_name="note")),
                (
                    "reading_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="library.readinglist",
                        verbose_name="reading list",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="list_entries",
                        to="library.record",
                        verbose_name="record",
                    ),
                ),
            ],
            options={
                "verbose_name": "record of the list",
                "verbose_name_plural": "records of the list",
                "ordering": ("reading_list", "order", "pk"),
            },
        ),
        migrations.AddConstraint(
            model_name="readinglist",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="library_list_has_a_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="readinglistentry",
            constraint=models.UniqueConstraint(
                fields=("reading_list", "record"), name="library_record_once_in_a_list"
            ),
        ),
        count_revisions("library_readinglist"),
        # Pages of seminars show the lists, and are kept while nothing has changed.
        count_changes("library_readinglist"),
    ]
