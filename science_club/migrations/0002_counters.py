"""Changes of the network of clubs are counted by the database."""

from django.db import migrations

from centar.audit.triggers import count_changes, count_revisions


class Migration(migrations.Migration):
    dependencies = [("science_club", "0001_initial"), ("audit", "0002_counters")]

    operations = [
        count_revisions("science_club_club"),
        count_changes("science_club_club"),
    ]
