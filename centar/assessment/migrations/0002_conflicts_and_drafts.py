import django.db.models.deletion
from django.db import migrations, models

# What a conflict of interest is. UNION ALL, so that the planner looks into each part by its own
# index; whoever reads asks whether there is a row, not how many.
VIEW = """
CREATE VIEW assessment_conflict AS
    -- what is their own
    SELECT item_id, person_id FROM assessment_party WHERE person_id IS NOT NULL
    UNION ALL
    -- their own by an address, of an author who has no account or had none
    SELECT party.item_id, person.id
      FROM assessment_party party
      JOIN people_user account ON upper(account.email) = upper(party.email)
      JOIN people_person person ON person.user_id = account.id
    UNION ALL
    SELECT party.item_id, person.id
      FROM assessment_party party
      JOIN people_person person ON upper(person.contact_email) = upper(party.email)
     WHERE party.email <> ''
    UNION ALL
    -- of the school where they work: an author worked there then
    SELECT party.item_id, person.id
      FROM assessment_party party
      JOIN schools_school school ON school.id = party.school_id
      JOIN schools_school near
        ON coalesce(near.parent_id, near.id) = coalesce(school.parent_id, school.id)
      JOIN people_person person ON person.school_id = near.id
    UNION ALL
    -- or an author works there now
    SELECT party.item_id, person.id
      FROM assessment_party party
      JOIN people_person author ON author.id = party.person_id
      JOIN schools_school school ON school.id = author.school_id
      JOIN schools_school near
        ON coalesce(near.parent_id, near.id) = coalesce(school.parent_id, school.id)
      JOIN people_person person ON person.school_id = near.id
    UNION ALL
    -- declared
    SELECT item_id, person_id FROM assessment_declaredconflict
"""


class Migration(migrations.Migration):
    dependencies = [("assessment", "0001_initial")]

    operations = [
        migrations.RunSQL(VIEW, "DROP VIEW assessment_conflict"),
        migrations.CreateModel(
            name="Conflict",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "item_id",
                        "person_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="assessment.item",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={"db_table": "assessment_conflict", "managed": False},
        ),
        migrations.AddField(
            model_name="assignment",
            name="saved_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="saved at"),
        ),
        migrations.AddField(
            model_name="assignment",
            name="saved_from",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="The page it was typed into, which is never told of its own saving.",
                max_length=32,
                verbose_name="saved from",
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="saves",
            field=models.PositiveIntegerField(
                default=0,
                editable=False,
                help_text="Tells two pages with the same draft apart.",
                verbose_name="saved so many times",
            ),
        ),
        migrations.AddField(
            model_name="rules",
            name="days_again",
            field=models.PositiveSmallIntegerField(
                default=14,
                help_text="For those who assessed it before, from the day it comes again.",
                verbose_name="days for a revised thing",
            ),
        ),
    ]
