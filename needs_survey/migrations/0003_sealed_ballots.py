"""Drafts and ballots are sealed. No row stands in these tables yet: nothing could be sent."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("needs_survey", "0002_saved_from")]

    operations = [
        migrations.RemoveField("ballot", "municipality"),
        migrations.RemoveField("ballot", "school_kind"),
        migrations.RemoveField("ballot", "subject"),
        migrations.RemoveField("ballot", "values"),
        migrations.RemoveField("teacherdraft", "values"),
        migrations.AddField(
            "ballot",
            "sealed",
            models.BinaryField(default=b"", verbose_name="sealed answers"),
            preserve_default=False,
        ),
        migrations.AddField(
            "teacherdraft",
            "sealed",
            models.BinaryField(default=b"", verbose_name="sealed values"),
            preserve_default=False,
        ),
        migrations.AddField(
            "teacherinvitation",
            "claim",
            models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            "teacherinvitation",
            "door",
            models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
    ]
