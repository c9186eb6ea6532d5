import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# What was counted until now was counted as a whole: each row pays for one invoice or for none.
ASSIGN = """
    UPDATE trainings_statementrow AS r SET assigned = p.amount
      FROM trainings_payment AS p WHERE p.row_id = r.id AND p.undone_at IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("trainings", "0008_materials"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="payment",
            name="trainings_one_live_payment_of_a_row",
        ),
        migrations.RemoveIndex(
            model_name="statementrow",
            name="trainings_rows_unknown",
        ),
        migrations.AddField(
            model_name="statementrow",
            name="account",
            field=models.CharField(
                blank=True, max_length=40, verbose_name="account that it came to"
            ),
        ),
        migrations.AddField(
            model_name="statementrow",
            name="alike",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="repetitions",
                to="trainings.statementrow",
                verbose_name="looks the same as",
            ),
        ),
        migrations.AddField(
            model_name="statementrow",
            name="assigned",
            field=models.DecimalField(
                decimal_places=2, default=0, max_digits=15, verbose_name="paid for something (RSD)"
            ),
        ),
        migrations.AddField(
            model_name="statementrow",
            name="bank_reference",
            field=models.CharField(blank=True, max_length=80, verbose_name="the bank's number"),
        ),
        migrations.AlterField(
            model_name="statementrow",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("matched", "matched"),
                    ("partly", "partly paid"),
                    ("overpaid", "overpaid"),
                    ("unknown", "unknown"),
                    ("held", "perhaps counted before"),
                    ("repeated", "counted before"),
                ],
                max_length=10,
                verbose_name="outcome",
            ),
        ),
        migrations.RunSQL(ASSIGN, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="statementrow",
            index=models.Index(
                condition=models.Q(("outcome__in", ("unknown", "held"))),
                fields=["booked_on"],
                name="trainings_rows_to_settle",
            ),
        ),
        migrations.AddIndex(
            model_name="statementrow",
            index=models.Index(fields=["booked_on", "amount"], name="trainings_rows_of_a_day"),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at", None)),
                fields=("row", "proforma"),
                name="trainings_one_live_part_for_an_invoice",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="trainings_payment_over_zero"
            ),
        ),
        migrations.AddConstraint(
            model_name="statementrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("assigned__gte", 0),
                        ("assigned__lt", models.F("amount")),
                        ("outcome", "unknown"),
                    ),
                    models.Q(
                        ("alike__isnull", False),
                        ("assigned", 0),
                        ("outcome__in", ("held", "repeated")),
                    ),
                    models.Q(
                        ("assigned", models.F("amount")),
                        ("outcome__in", ("matched", "partly", "overpaid")),
                    ),
                    _connector="OR",
                ),
                name="trainings_statement_row_fits_its_outcome",
            ),
        ),
    ]
