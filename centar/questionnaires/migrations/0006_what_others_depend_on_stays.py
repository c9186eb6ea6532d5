import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("questionnaires", "0005_answers_are_counted_fast"),
    ]

    operations = [
        migrations.AlterField(
            model_name="question",
            name="adds_up_to",
            field=models.ForeignKey(
                blank=True,
                help_text="A sum that differs has to be confirmed.",
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="parts",
                to="questionnaires.question",
                verbose_name="adds up to the number in",
            ),
        ),
        migrations.AlterField(
            model_name="question",
            name="shown_when",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="questions_shown",
                to="questionnaires.option",
                verbose_name="asked only after the answer",
            ),
        ),
    ]
