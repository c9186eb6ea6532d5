"""Changes of the network of centres are counted by the database."""

from django.db import migrations

from centar.audit.triggers import count_changes, count_revisions


class Migration(migrations.Migration):
    dependencies = [("pages", "0001_initial"), ("audit", "0002_counters")]

    operations = [
        count_revisions("pages_centre"),
        count_changes("pages_centre"),
    ]
