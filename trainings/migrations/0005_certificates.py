"""Certificates, their particulars, and the batches in which the worker issues them."""

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import centar.script.fields
from centar.audit.triggers import count_revisions


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_signatures"),
        ("events", "0003_presence_and_payer"),
        ("trainings", "0004_ledger"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BatchEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason of the refusal")),
                ("done_at", models.DateTimeField(null=True, verbose_name="done")),
            ],
            options={
                "verbose_name": "participant of a batch",
                "verbose_name_plural": "participants of a batch",
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("hours", models.PositiveSmallIntegerField(verbose_name="hours")),
                (
                    "points",
                    models.DecimalField(
                        decimal_places=1,
                        max_digits=5,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="points",
                    ),
                ),
                (
                    "ended_at",
                    models.DateTimeField(
                        editable=False,
                        help_text="Revoked or replaced.",
                        null=True,
                        verbose_name="invalid since",
                    ),
                ),
            ],
            options={
                "verbose_name": "certificate",
                "verbose_name_plural": "certificates",
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="CertificateBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "waiting for the worker"),
                            ("running", "being issued"),
                            ("printing", "being printed"),
                            ("done", "done"),
                        ],
                        default="queued",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("total", models.PositiveIntegerField(editable=False, verbose_name="participants")),
                (
                    "issued",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="issued"),
                ),
                (
                    "refused",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="refused"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="ordered"
                    ),
                ),
                (
                    "moved_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="last moved"
                    ),
                ),
                (
                    "finished_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="finished"),
                ),
                ("print", models.BinaryField(null=True)),
            ],
            options={
                "verbose_name": "batch of certificates",
                "verbose_name_plural": "batches of certificates",
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="IssuingSettings",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("valid_from", models.DateField(unique=True, verbose_name="valid from")),
                (
                    "organiser",
                    centar.script.fields.MendedCharField(
                        help_text="The institution's full name, as in its seal.",
                        max_length=250,
                        verbose_name="organiser",
                    ),
                ),
                (
                    "seat",
                    centar.script.fields.MendedCharField(
                        help_text="The place of issue.", max_length=100, verbose_name="seat"
                    ),
                ),
                (
                    "authorised_person",
                    centar.script.fields.MendedCharField(
                        max_length=150, verbose_name="authorised person"
                    ),
                ),
                (
                    "authorised_title",
                    centar.script.fields.MendedCharField(
                        max_length=100, verbose_name="title of the authorised person"
                    ),
                ),
            ],
            options={
                "verbose_name": "particulars of certificates",
                "verbose_name_plural": "particulars of certificates",
                "ordering": ("-valid_from",),
            },
        ),
        migrations.AddField(
            model_name="programme",
            name="least_attendance",
            field=models.PositiveSmallIntegerField(
                default=80,
                help_text="The least share of its hours that a participant must have been there.",
                validators=[django.core.validators.MaxValueValidator(100)],
                verbose_name="attendance for a certificate (%)",
            ),
        ),
        migrations.AddField(
            model_name="programme",
            name="needs_evaluation",
            field=models.BooleanField(
                default=False,
                help_text="Whoever has not filled in the evaluation gets no certificate.",
                verbose_name="certificate only after the evaluation",
            ),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.CheckConstraint(
                condition=models.Q(("least_attendance__lte", 100)),
                name="trainings_attendance_is_a_share",
            ),
        ),
        migrations.AddField(
            model_name="batchentry",
            name="booking",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="events.booking",
                verbose_name="booking",
            ),
        ),
        migrations.AddField(
            model_name="certificate",
            name="booking",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="certificates",
                to="events.booking",
                verbose_name="booking",
            ),
        ),
        migrations.AddField(
            model_name="certificate",
            name="document",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="certificate",
                to="documents.document",
                verbose_name="document",
            ),
        ),
        migrations.AddField(
            model_name="batchentry",
            name="certificate",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="trainings.certificate",
                verbose_name="certificate",
            ),
        ),
        migrations.AddField(
            model_name="certificatebatch",
            name="created_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="ordered by",
            ),
        ),
        migrations.AddField(
            model_name="certificatebatch",
            name="seminar",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="certificate_batches",
                to="trainings.seminar",
                verbose_name="seminar",
            ),
        ),
        migrations.AddField(
            model_name="batchentry",
            name="batch",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="entries",
                to="trainings.certificatebatch",
                verbose_name="batch",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("booking",),
                name="trainings_one_valid_certificate",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(("points__gte", 0)), name="trainings_certificate_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="certificatebatch",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "done"), _negated=True),
                fields=("seminar",),
                name="trainings_one_batch_at_work",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificatebatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finished_at__isnull", False), ("state", "done")),
                    models.Q(models.Q(("state", "done"), _negated=True), ("finished_at", None)),
                    _connector="OR",
                ),
                name="trainings_done_batch_has_its_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificatebatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "total__gte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("issued"), "+", models.F("refused")
                        ),
                    )
                ),
                name="trainings_batch_counts_add_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="batchentry",
            constraint=models.UniqueConstraint(
                fields=("batch", "booking"), name="trainings_once_in_a_batch"
            ),
        ),
        migrations.AddConstraint(
            model_name="batchentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("certificate", None), ("done_at", None), ("reason", "")),
                    models.Q(
                        ("certificate__isnull", False), ("done_at__isnull", False), ("reason", "")
                    ),
                    models.Q(
                        ("certificate", None),
                        ("done_at__isnull", False),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="trainings_entry_is_issued_or_refused",
            ),
        ),
        count_revisions("trainings_issuingsettings"),
    ]
