"""Changes of the catalogue and of the seminars are counted by the database."""

from django.db import migrations

from centar.audit.triggers import count_changes, count_revisions


class Migration(migrations.Migration):
    dependencies = [("trainings", "0001_initial"), ("audit", "0002_counters")]

    operations = [
        count_revisions("trainings_area"),
        count_revisions("trainings_competence"),
        count_revisions("trainings_cycle"),
        count_revisions("trainings_priorityarea"),
        count_revisions("trainings_programme"),
        count_revisions("trainings_trainer"),
        count_revisions("trainings_seminar"),
        count_changes("trainings_area"),
        count_changes("trainings_competence"),
        count_changes("trainings_cycle"),
        count_changes("trainings_priorityarea"),
        count_changes("trainings_programme"),
        count_changes("trainings_trainer"),
        count_changes("trainings_seminar"),
        count_changes("trainings_programme_competences"),
        count_changes("trainings_programme_priority_areas"),
        count_changes("trainings_programme_trainers"),
        count_changes("trainings_seminar_trainers"),
    ]
