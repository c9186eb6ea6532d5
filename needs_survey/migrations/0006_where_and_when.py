"""Hosting, the way and the time that schools want, and days without lessons, in planning."""

import datetime

import django.db.models.deletion
from django.db import migrations, models

import centar.script.fields
from centar.audit.triggers import count_revisions


class Migration(migrations.Migration):
    dependencies = [
        ("needs_survey", "0005_confirmed_numbers"),
        ("schools", "0002_counters"),
    ]

    operations = [
        migrations.AddField(
            model_name="plan",
            name="weight_near",
            field=models.PositiveSmallIntegerField(
                default=4,
                help_text="Zero leaves it out of the score.",
                verbose_name="place: weight of teachers who are from there",
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="weight_quiet",
            field=models.PositiveSmallIntegerField(
                default=2,
                help_text="Zero leaves it out of the score.",
                verbose_name="time: weight of a week with few seminars",
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="weight_room",
            field=models.PositiveSmallIntegerField(
                default=2,
                help_text="Zero leaves it out of the score.",
                verbose_name="place: weight of a room offered there",
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="weight_suits",
            field=models.PositiveSmallIntegerField(
                default=4,
                help_text="Zero leaves it out of the score.",
                verbose_name="time: weight of teachers whom it suits",
            ),
        ),
        migrations.AddField(
            model_name="plan",
            name="weight_wanted",
            field=models.PositiveSmallIntegerField(
                default=3,
                help_text="Zero leaves it out of the score.",
                verbose_name="place: weight of teachers who want it there",
            ),
        ),
        migrations.AddField(
            model_name="plannedseminar",
            name="begins_at",
            field=models.TimeField(
                blank=True,
                help_text="Empty for the usual hour.",
                null=True,
                verbose_name="begins at",
            ),
        ),
        migrations.AddField(
            model_name="planrules",
            name="afternoon_begins_at",
            field=models.TimeField(
                default=datetime.time(14, 0),
                help_text="For groups whose schools want working days in the afternoon.",
                verbose_name="in the afternoon they begin at",
            ),
        ),
        migrations.AddField(
            model_name="planrules",
            name="centre",
            field=models.ForeignKey(
                blank=True,
                help_text="Proposed to schools that want to come to the Centre; it has a room there.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="schools.municipality",
                verbose_name="municipality of the Centre",
            ),
        ),
        migrations.AddField(
            model_name="wish",
            name="room",
            field=models.CharField(
                blank=True,
                choices=[("offered", "offers a room"), ("agreement", "offers a room by agreement")],
                max_length=10,
                verbose_name="room",
            ),
        ),
        migrations.AlterField(
            model_name="plannedseminar",
            name="municipality",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty for an online seminar.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="planned_seminars",
                to="schools.municipality",
                verbose_name="municipality",
            ),
        ),
        migrations.AlterField(
            model_name="plannedseminar",
            name="parts",
            field=models.JSONField(
                default=dict, editable=False, verbose_name="parts of the scores"
            ),
        ),
        migrations.CreateModel(
            name="SchoolBreak",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("name", centar.script.fields.MendedCharField(max_length=100, verbose_name="name")),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(verbose_name="last day")),
                (
                    "has_seminars",
                    models.BooleanField(
                        default=True,
                        help_text="For schools that want them in school holidays; not on public holidays.",
                        verbose_name="seminars are held",
                    ),
                ),
            ],
            options={
                "verbose_name": "school or public holiday",
                "verbose_name_plural": "school and public holidays",
                "ordering": ("-starts_on", "name"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="needs_survey_break_ends_after_it_begins",
                        violation_error_message="The last day is before the first.",
                    )
                ],
            },
        ),
        count_revisions("needs_survey_schoolbreak"),
    ]
