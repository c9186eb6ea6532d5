import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SignedPaper",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="signed_paper",
                        serialize=False,
                        to="documents.document",
                        verbose_name="document",
                    ),
                ),
                ("pdf", models.BinaryField()),
                (
                    "signed_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="signed"),
                ),
            ],
            options={
                "verbose_name": "signed paper",
                "verbose_name_plural": "signed papers",
            },
        ),
        migrations.AddField(
            model_name="document",
            name="proof",
            field=models.CharField(
                choices=[
                    ("register", "entry in the register"),
                    ("own_key", "signature by a key that the Centre made itself"),
                    ("certified_key", "signature by a key that an authority certified"),
                ],
                default="register",
                max_length=15,
                verbose_name="proof of being genuine",
            ),
        ),
    ]
