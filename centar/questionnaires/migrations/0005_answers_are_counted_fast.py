import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0004_questions_count_revisions")]

    operations = [
        migrations.AlterField(
            model_name="answer",
            name="question",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="questionnaires.question",
                verbose_name="question",
            ),
        ),
        migrations.AddIndex(
            model_name="answer",
            index=models.Index(fields=["question", "response"], name="questionnaires_who_answered"),
        ),
        # The planner takes question, option and number for independent, expects a hundred times
        # as many groups as there are, and so lets one process count instead of several.
        migrations.RunSQL(
            sql="CREATE STATISTICS questionnaires_answer_groups (ndistinct) "
            "ON question_id, option_id, item, number FROM questionnaires_answer",
            reverse_sql="DROP STATISTICS questionnaires_answer_groups",
        ),
    ]
