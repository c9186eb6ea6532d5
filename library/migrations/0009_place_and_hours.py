from django.db import migrations

import centar.script.fields


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0008_imports_in_batches"),
    ]

    operations = [
        migrations.AddField(
            model_name="lendingterms",
            name="place_and_hours",
            field=centar.script.fields.MendedTextField(
                blank=True,
                help_text="Stands on the page of the library and in letters to readers.",
                max_length=500,
                verbose_name="where the library is and when it is open",
            ),
        ),
    ]
