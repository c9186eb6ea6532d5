import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import centar.script.fields


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0003_imports"),
        ("people", "0003_coordination_requests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LendingRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "member_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("teacher", "teacher"),
                            ("pupil", "pupil"),
                            ("staff", "employee of the Centre"),
                            ("other", "other"),
                        ],
                        help_text="Empty for all.",
                        max_length=10,
                        verbose_name="kind of member",
                    ),
                ),
                (
                    "record_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("book", "book"),
                            ("journal", "journal"),
                            ("material", "didactic material"),
                            ("kit", "kit"),
                            ("audio", "audio recording"),
                            ("video", "video recording"),
                            ("electronic", "electronic publication"),
                        ],
                        help_text="Empty for all.",
                        max_length=12,
                        verbose_name="kind of material",
                    ),
                ),
                (
                    "items",
                    models.PositiveSmallIntegerField(
                        default=3,
                        help_text="Of this kind of material, or of all together where it is for all.",
                        verbose_name="items at once",
                    ),
                ),
                ("days", models.PositiveSmallIntegerField(default=21, verbose_name="days")),
                (
                    "renewals",
                    models.PositiveSmallIntegerField(
                        default=1, help_text="While nobody waits for it.", verbose_name="renewals"
                    ),
                ),
            ],
            options={
                "verbose_name": "rule of lending",
                "verbose_name_plural": "rules of lending",
                "ordering": ("member_kind", "record_kind"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("member_kind", "record_kind"),
                        name="library_one_rule_of_lending",
                        violation_error_message="There is already a rule for these kinds.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("days__gt", 0), ("days__lte", 3650)),
                        name="library_lending_has_days",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LendingTerms",
            fields=[
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "id",
                    models.PositiveSmallIntegerField(
                        default=1, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "pickup_days",
                    models.PositiveSmallIntegerField(
                        default=5,
                        help_text="Counted from the day on which a copy is put aside.",
                        verbose_name="days to fetch what is reserved",
                    ),
                ),
                (
                    "notice_days",
                    models.PositiveSmallIntegerField(
                        default=3,
                        help_text="So many days before the day of return.",
                        verbose_name="days of notice",
                    ),
                ),
                (
                    "overdue_every",
                    models.PositiveSmallIntegerField(
                        default=7, verbose_name="days between letters about what is late"
                    ),
                ),
                (
                    "overdue_letters",
                    models.PositiveSmallIntegerField(
                        default=3,
                        help_text="So many, and then no more.",
                        verbose_name="letters about what is late",
                    ),
                ),
            ],
            options={
                "verbose_name": "terms of lending",
                "verbose_name_plural": "terms of lending",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="library_one_row_of_terms"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("overdue_every__gt", 0), ("pickup_days__gt", 0)),
                        name="library_terms_have_days",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("teacher", "teacher"),
                            ("pupil", "pupil"),
                            ("staff", "employee of the Centre"),
                            ("other", "other"),
                        ],
                        default="teacher",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("card", models.CharField(max_length=40, unique=True, verbose_name="card number")),
                (
                    "guardian_name",
                    centar.script.fields.MendedCharField(
                        blank=True, max_length=160, verbose_name="parent or guardian"
                    ),
                ),
                (
                    "guardian_email",
                    models.EmailField(
                        blank=True, max_length=254, verbose_name="e-mail of the parent or guardian"
                    ),
                ),
                (
                    "consent_on",
                    models.DateField(
                        blank=True,
                        help_text="Of the parent or the responsible teacher, for a pupil.",
                        null=True,
                        verbose_name="consent given on",
                    ),
                ),
                (
                    "blocked_reason",
                    centar.script.fields.MendedTextField(
                        blank=True, max_length=500, verbose_name="why not lent to"
                    ),
                ),
                (
                    "blocked_until",
                    models.DateField(
                        blank=True,
                        help_text="Empty: until further notice.",
                        null=True,
                        verbose_name="not lent to until",
                    ),
                ),
                (
                    "keeps_history",
                    models.BooleanField(default=False, verbose_name="wants a history of loans"),
                ),
                (
                    "note",
                    centar.script.fields.MendedTextField(
                        blank=True, max_length=500, verbose_name="note"
                    ),
                ),
                (
                    "joined_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="member since",
                    ),
                ),
                (
                    "written_on",
                    models.DateField(editable=False, null=True, verbose_name="last reminded"),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="library_member",
                        to="people.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "teacher",
                    models.ForeignKey(
                        blank=True,
                        help_text="For a pupil who borrows through a teacher.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                        verbose_name="responsible teacher",
                    ),
                ),
            ],
            options={
                "verbose_name": "member",
                "verbose_name_plural": "members",
                "ordering": ("person__sort_azbuka", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Loan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "member_kind",
                    models.CharField(
                        choices=[
                            ("teacher", "teacher"),
                            ("pupil", "pupil"),
                            ("staff", "employee of the Centre"),
                            ("other", "other"),
                        ],
                        max_length=10,
                        verbose_name="kind of member",
                    ),
                ),
                (
                    "lent_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="lent"),
                ),
                ("due_on", models.DateField(verbose_name="to be returned on")),
                ("renewals", models.PositiveSmallIntegerField(default=0, verbose_name="renewals")),
                ("returned_at", models.DateTimeField(null=True, verbose_name="returned")),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[("returned", "returned"), ("lost", "lost")],
                        max_length=10,
                        verbose_name="end",
                    ),
                ),
                (
                    "noticed_for",
                    models.DateField(null=True, verbose_name="day of return that a letter told"),
                ),
                (
                    "overdue_letters",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="letters about being late"
                    ),
                ),
                (
                    "copy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="loans",
                        to="library.copy",
                        verbose_name="copy",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="loans",
                        to="library.member",
                        verbose_name="member",
                    ),
                ),
            ],
            options={
                "verbose_name": "loan",
                "verbose_name_plural": "loans",
                "ordering": ("due_on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Reservation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits"),
                            ("ready", "ready to be fetched"),
                            ("fetched", "fetched"),
                            ("expired", "not fetched in time"),
                            ("cancelled", "cancelled"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="reserved"
                    ),
                ),
                (
                    "queued_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="turn in the queue"
                    ),
                ),
                (
                    "suspended_until",
                    models.DateField(
                        help_text="The place is kept, others are served.",
                        null=True,
                        verbose_name="suspended until",
                    ),
                ),
                ("ready_at", models.DateTimeField(null=True, verbose_name="put aside")),
                ("pickup_until", models.DateField(null=True, verbose_name="to be fetched until")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended")),
                (
                    "copy",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reservations",
                        to="library.copy",
                        verbose_name="copy put aside",
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty where any copy of the record will do.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reservations",
                        to="library.journalissue",
                        verbose_name="issue",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reservations",
                        to="library.member",
                        verbose_name="member",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reservations",
                        to="library.record",
                        verbose_name="record",
                    ),
                ),
            ],
            options={
                "verbose_name": "reservation",
                "verbose_name_plural": "reservations",
                "ordering": ("queued_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="StockTaking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "shelf_from",
                    centar.script.fields.MendedCharField(
                        blank=True,
                        help_text="Empty for the first.",
                        max_length=60,
                        verbose_name="from shelf mark",
                    ),
                ),
                (
                    "shelf_to",
                    centar.script.fields.MendedCharField(
                        blank=True,
                        help_text="Empty for the last.",
                        max_length=60,
                        verbose_name="to shelf mark",
                    ),
                ),
                (
                    "began_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="begun"),
                ),
                ("ended_at", models.DateTimeField(null=True, verbose_name="finished")),
                (
                    "began_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="begun by",
                    ),
                ),
            ],
            options={
                "verbose_name": "stock-taking",
                "verbose_name_plural": "stock-takings",
                "ordering": ("-began_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Sighting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=60, verbose_name="bar code")),
                (
                    "at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="scanned"),
                ),
                (
                    "copy",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sightings",
                        to="library.copy",
                    ),
                ),
                (
                    "stocktaking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sightings",
                        to="library.stocktaking",
                    ),
                ),
            ],
            options={
                "verbose_name": "sighting",
                "verbose_name_plural": "sightings",
                "ordering": ("-at", "-pk"),
            },
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(("card", ""), _negated=True), name="library_card_has_a_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("blocked_until", None),
                    models.Q(("blocked_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="library_block_has_a_reason",
                violation_error_message="Write why nothing is lent to this member.",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("consent_on", None),
                    ("teacher__isnull", False),
                    models.Q(
                        models.Q(("guardian_name", ""), _negated=True),
                        models.Q(("guardian_email", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="library_consent_is_somebodys",
                violation_error_message="Say whose consent it is: the responsible teacher's or the parent's, with an e-mail address.",
            ),
        ),
        migrations.AddIndex(
            model_name="loan",
            index=models.Index(
                condition=models.Q(("returned_at", None)),
                fields=["due_on"],
                name="library_loan_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="loan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("returned_at", None)),
                fields=("copy",),
                name="library_one_open_loan",
            ),
        ),
        migrations.AddConstraint(
            model_name="loan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("returned_at__isnull", False), ("member__isnull", False), _connector="OR"
                ),
                name="library_open_loan_has_a_member",
            ),
        ),
        migrations.AddConstraint(
            model_name="loan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ending", ""), ("returned_at", None)),
                    models.Q(
                        ("returned_at__isnull", False), models.Q(("ending", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="library_ended_loan_says_how",
            ),
        ),
        migrations.AddIndex(
            model_name="reservation",
            index=models.Index(
                models.F("record"),
                models.F("queued_at"),
                condition=models.Q(("state", "waiting")),
                name="library_reservation_queue",
            ),
        ),
        migrations.AddIndex(
            model_name="reservation",
            index=models.Index(
                condition=models.Q(("state", "ready")),
                fields=["pickup_until"],
                name="library_pickup",
            ),
        ),
        migrations.AddConstraint(
            model_name="reservation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("waiting", "ready"))),
                fields=("record", "issue", "member"),
                name="library_one_live_reservation",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="reservation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "ready")),
                fields=("copy",),
                name="library_aside_for_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="reservation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("copy__isnull", False),
                        ("pickup_until__isnull", False),
                        ("ready_at__isnull", False),
                        ("state", "ready"),
                    ),
                    models.Q(
                        models.Q(("state", "ready"), _negated=True),
                        ("copy", None),
                        ("pickup_until", None),
                    ),
                    _connector="OR",
                ),
                name="library_ready_has_a_copy",
            ),
        ),
        migrations.AddConstraint(
            model_name="reservation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at", None),
                        ("member__isnull", False),
                        ("state__in", ("waiting", "ready")),
                    ),
                    models.Q(
                        models.Q(("state__in", ("waiting", "ready")), _negated=True),
                        ("ended_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="library_reservation_ends_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="sighting",
            constraint=models.UniqueConstraint(
                fields=("stocktaking", "code"), name="library_seen_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="sighting",
            constraint=models.CheckConstraint(
                condition=models.Q(("code", ""), _negated=True), name="library_seen_has_a_code"
            ),
        ),
    ]
