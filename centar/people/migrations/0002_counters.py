"""Changes of people are counted by the database."""

from django.db import migrations

from centar.audit.triggers import count_revisions


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("audit", "0002_counters")]

    operations = [
        count_revisions("people_person"),
        count_revisions("people_coordination"),
    ]
