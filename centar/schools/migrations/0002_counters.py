"""Changes of schools are counted by the database."""

from django.db import migrations

from centar.audit.triggers import count_changes, count_revisions


class Migration(migrations.Migration):
    dependencies = [("schools", "0001_initial"), ("audit", "0002_counters")]

    operations = [
        count_revisions("schools_subject"),
        count_revisions("schools_school"),
        count_changes("schools_school"),
        count_changes("schools_municipality"),
    ]
