from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("needs_survey", "0004_planning"),
    ]

    operations = [
        migrations.AlterField(
            model_name="schoolanswer",
            name="confirmed",
            field=models.JSONField(
                default=list,
                editable=False,
                help_text="Numbers that do not add up and are right all the same.",
                verbose_name="confirmed doubts",
            ),
        ),
    ]
