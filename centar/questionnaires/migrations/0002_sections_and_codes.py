import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import centar.script.fields

# Rows from before: by their order, from 1.
CODES = """
UPDATE questionnaires_question AS one SET code = 'q' || row.number
FROM (SELECT id, row_number() OVER (PARTITION BY questionnaire_id ORDER BY "order", id) AS number
      FROM questionnaires_question) AS row
WHERE row.id = one.id;
UPDATE questionnaires_option AS one SET code = row.number
FROM (SELECT id, row_number() OVER (PARTITION BY question_id ORDER BY "order", id) AS number
      FROM questionnaires_option) AS row
WHERE row.id = one.id;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("questionnaires", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Section",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="number")),
                (
                    "title",
                    centar.script.fields.MendedCharField(max_length=200, verbose_name="title"),
                ),
                ("help", centar.script.fields.MendedTextField(blank=True, verbose_name="help")),
            ],
            options={
                "verbose_name": "section",
                "verbose_name_plural": "sections",
                "ordering": ("order", "pk"),
            },
        ),
        migrations.RemoveConstraint(
            model_name="answer",
            name="questionnaires_one_answer",
        ),
        migrations.AddField(
            model_name="answer",
            name="item",
            field=models.PositiveBigIntegerField(null=True, verbose_name="thing of a list"),
        ),
        migrations.AddField(
            model_name="option",
            name="code",
            field=models.CharField(default="", max_length=32, verbose_name="code"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="question",
            name="adds_up_to",
            field=models.ForeignKey(
                blank=True,
                help_text="A sum that differs has to be confirmed.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="parts",
                to="questionnaires.question",
                verbose_name="adds up to the number in",
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="code",
            field=models.CharField(
                default="",
                help_text="Short and in Latin letters; the same question keeps it from year to year.",
                max_length=32,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[a-z][a-z0-9_]*\\Z", "Latin letters, digits and _ only."
                    )
                ],
                verbose_name="code",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="question",
            name="most",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="How many may be chosen; empty for any number.",
                null=True,
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="at most",
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="shown_when",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="questions_shown",
                to="questionnaires.option",
                verbose_name="asked only after the answer",
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="source",
            field=models.CharField(
                blank=True, help_text="What is chosen from.", max_length=30, verbose_name="list"
            ),
        ),
        migrations.AlterField(
            model_name="question",
            name="kind",
            field=models.CharField(
                choices=[
                    ("scale", "scale from 1 to 5"),
                    ("single", "one answer of several"),
                    ("multiple", "several answers"),
                    ("number", "number"),
                    ("short", "short text"),
                    ("long", "long text"),
                    ("matrix", "statements, each on a scale from 1 to 5"),
                    ("ranking", "answers put in order"),
                    ("numbers", "a number for each of several"),
                    ("listed", "things chosen from a list, each with a number of people"),
                ],
                default="scale",
                max_length=10,
                verbose_name="kind",
            ),
        ),
        migrations.RunSQL(CODES, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("item", None), ("option", None)),
                fields=("response", "question"),
                name="questionnaires_one_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(
                fields=("response", "question", "item"), name="questionnaires_one_answer_of_a_thing"
            ),
        ),
        migrations.AddConstraint(
            model_name="option",
            constraint=models.UniqueConstraint(
                fields=("question", "code"), name="questionnaires_one_option_of_a_code"
            ),
        ),
        migrations.AddField(
            model_name="section",
            name="questionnaire",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="sections",
                to="questionnaires.questionnaire",
                verbose_name="questionnaire",
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="section",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="questions",
                to="questionnaires.section",
                verbose_name="section",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.UniqueConstraint(
                fields=("questionnaire", "code"),
                name="questionnaires_one_question_of_a_code",
                violation_error_message="Another question has this code.",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("source", ""), _negated=True),
                    models.Q(("kind", "listed"), _negated=True),
                    _connector="OR",
                ),
                name="questionnaires_listed_has_a_list",
                violation_error_message="Choose the list that things are chosen from.",
            ),
        ),
    ]
