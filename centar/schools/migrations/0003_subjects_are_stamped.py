"""Names of subjects stand on public pages, which are kept until one changes."""

from django.db import migrations

from centar.audit.triggers import count_changes


class Migration(migrations.Migration):
    dependencies = [("schools", "0002_counters")]

    operations = [count_changes("schools_subject")]
