import uuid

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import centar.script.fields
from centar.audit.triggers import count_changes, count_revisions


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("audit", "0002_counters"),
        ("people", "0003_coordination_requests"),
        ("questionnaires", "0002_sections_and_codes"),
        ("schools", "0002_counters"),
        ("trainings", "0008_materials"),
    ]

    operations = [
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "title",
                    centar.script.fields.MendedCharField(max_length=200, verbose_name="title"),
                ),
                ("starts_on", models.DateField(verbose_name="term from")),
                ("ends_on", models.DateField(verbose_name="term until")),
                (
                    "weight_teachers",
                    models.PositiveSmallIntegerField(
                        default=4,
                        help_text="Zero leaves it out of the score.",
                        verbose_name="weight of interested teachers",
                    ),
                ),
                (
                    "weight_schools",
                    models.PositiveSmallIntegerField(
                        default=3,
                        help_text="Zero leaves it out of the score.",
                        verbose_name="weight of schools",
                    ),
                ),
                (
                    "weight_municipalities",
                    models.PositiveSmallIntegerField(
                        default=2,
                        help_text="Zero leaves it out of the score.",
                        verbose_name="weight of municipalities",
                    ),
                ),
                (
                    "weight_priority",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="Zero leaves it out of the score.",
                        verbose_name="weight of priority areas",
                    ),
                ),
            ],
            options={
                "verbose_name": "plan of seminars",
                "verbose_name_plural": "plans of seminars",
                "ordering": ("-starts_on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="PlannedSeminar",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("on", models.DateField(blank=True, null=True, verbose_name="on")),
                (
                    "people",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="expected people",
                    ),
                ),
                (
                    "score",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        editable=False,
                        max_digits=6,
                        verbose_name="score",
                    ),
                ),
                (
                    "parts",
                    models.JSONField(
                        default=dict, editable=False, verbose_name="parts of the score"
                    ),
                ),
                ("is_chosen", models.BooleanField(default=True, verbose_name="to be held")),
                ("note", centar.script.fields.MendedTextField(blank=True, verbose_name="note")),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        help_text="The nearest to those who asked; empty for an online seminar.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned_seminars",
                        to="schools.municipality",
                        verbose_name="municipality",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seminars",
                        to="needs_survey.plan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned",
                        to="trainings.programme",
                        verbose_name="programme",
                    ),
                ),
                (
                    "seminar",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="planned",
                        to="trainings.seminar",
                        verbose_name="seminar",
                    ),
                ),
            ],
            options={
                "verbose_name": "planned seminar",
                "verbose_name_plural": "planned seminars",
                "ordering": ("-score", "programme", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "title",
                    centar.script.fields.MendedCharField(max_length=200, verbose_name="title"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("schools", "one answer of each school"),
                            ("teachers", "anonymous answers of teachers"),
                        ],
                        default="schools",
                        max_length=10,
                        verbose_name="who answers",
                    ),
                ),
                ("opens_on", models.DateField(verbose_name="from")),
                (
                    "closes_on",
                    models.DateField(
                        help_text="The last day, until midnight.", verbose_name="until"
                    ),
                ),
                (
                    "may_be_changed",
                    models.BooleanField(
                        default=True,
                        help_text="Until the last day; then it is locked in any case.",
                        verbose_name="a sent answer may be changed",
                    ),
                ),
                (
                    "message",
                    centar.script.fields.MendedTextField(
                        blank=True,
                        help_text="Stands in the letter.",
                        verbose_name="message to those invited",
                    ),
                ),
                (
                    "most_reminders",
                    models.PositiveSmallIntegerField(
                        default=2,
                        help_text="For one school or teacher.",
                        verbose_name="reminders at most",
                    ),
                ),
                (
                    "opened_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="opened at"),
                ),
                (
                    "done",
                    centar.script.fields.MendedTextField(
                        blank=True,
                        help_text="Stands in the public summary.",
                        verbose_name="what we did",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="summary published at"
                    ),
                ),
                (
                    "compared_with",
                    models.ForeignKey(
                        blank=True,
                        help_text="Questions with the same codes are shown side by side.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="compared_by",
                        to="needs_survey.round",
                        verbose_name="compared with the round",
                    ),
                ),
                (
                    "questionnaire",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="questionnaires.questionnaire",
                        verbose_name="questionnaire",
                    ),
                ),
            ],
            options={
                "verbose_name": "survey round",
                "verbose_name_plural": "survey rounds",
                "ordering": ("-opens_on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="on")),
                (
                    "sent_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="sent at"),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="needs_survey.round",
                        verbose_name="round",
                    ),
                ),
            ],
            options={
                "verbose_name": "day of reminding",
                "verbose_name_plural": "days of reminding",
                "ordering": ("on",),
            },
        ),
        migrations.AddField(
            model_name="plan",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="plans",
                to="needs_survey.round",
                verbose_name="round",
            ),
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("invited_at", models.DateTimeField(auto_now_add=True, verbose_name="invited at")),
                (
                    "reminders",
                    models.PositiveSmallIntegerField(default=0, verbose_name="reminders sent"),
                ),
                ("reminded_on", models.DateField(null=True, verbose_name="reminded on")),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="survey_invitations",
                        to="schools.school",
                        verbose_name="school",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="needs_survey.round",
                        verbose_name="round",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation of a school",
                "verbose_name_plural": "invitations of schools",
            },
        ),
        migrations.CreateModel(
            name="Ballot",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "school_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("preschool", "preschool institution"),
                            ("primary", "primary school"),
                            ("art_music", "music or art school"),
                            ("grammar", "grammar school"),
                            ("secondary", "secondary school"),
                            ("secondary_vocational", "secondary vocational school"),
                            ("special", "school for pupils with disabilities"),
                            ("other", "other institution"),
                        ],
                        max_length=30,
                        verbose_name="kind of school",
                    ),
                ),
                ("values", models.JSONField(verbose_name="values")),
                (
                    "municipality",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="schools.municipality",
                        verbose_name="municipality",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="schools.subject",
                        verbose_name="subject",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ballots",
                        to="needs_survey.round",
                        verbose_name="round",
                    ),
                ),
            ],
            options={
                "verbose_name": "ballot",
                "verbose_name_plural": "ballots",
            },
        ),
        migrations.CreateModel(
            name="RoundResponse",
            fields=[
                (
                    "response",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="of_round",
                        serialize=False,
                        to="questionnaires.response",
                        verbose_name="response",
                    ),
                ),
                (
                    "school_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("preschool", "preschool institution"),
                            ("primary", "primary school"),
                            ("art_music", "music or art school"),
                            ("grammar", "grammar school"),
                            ("secondary", "secondary school"),
                            ("secondary_vocational", "secondary vocational school"),
                            ("special", "school for pupils with disabilities"),
                            ("other", "other institution"),
                        ],
                        max_length=30,
                        verbose_name="kind of school",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="survey_responses",
                        to="schools.municipality",
                        verbose_name="municipality",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responses",
                        to="needs_survey.round",
                        verbose_name="round",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="survey_responses",
                        to="schools.school",
                        verbose_name="school",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="survey_responses",
                        to="schools.subject",
                        verbose_name="subject",
                    ),
                ),
            ],
            options={
                "verbose_name": "response to a round",
                "verbose_name_plural": "responses to rounds",
            },
        ),
        migrations.CreateModel(
            name="SchoolAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "sent_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="sent at"),
                ),
                (
                    "signed_as",
                    centar.script.fields.MendedCharField(
                        blank=True,
                        editable=False,
                        help_text="Name and post of whoever signed it.",
                        max_length=200,
                        verbose_name="signed as",
                    ),
                ),
                (
                    "confirmed",
                    models.JSONField(
                        default=list,
                        editable=False,
                        help_text="Codes of questions.",
                        verbose_name="confirmed warnings",
                    ),
                ),
                (
                    "invitation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer",
                        to="needs_survey.invitation",
                        verbose_name="invitation",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="survey_answers",
                        to="people.person",
                        verbose_name="sent by",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer of a school",
                "verbose_name_plural": "answers of schools",
            },
        ),
        migrations.CreateModel(
            name="Contributor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", centar.script.fields.MendedCharField(max_length=160, verbose_name="name")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("invited_at", models.DateTimeField(auto_now_add=True, verbose_name="invited at")),
                (
                    "ended_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="ended at"),
                ),
                (
                    "sections",
                    models.ManyToManyField(
                        related_name="contributors",
                        to="questionnaires.section",
                        verbose_name="sections",
                    ),
                ),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contributors",
                        to="needs_survey.schoolanswer",
                        verbose_name="answer",
                    ),
                ),
            ],
            options={
                "verbose_name": "contributor",
                "verbose_name_plural": "contributors",
            },
        ),
        migrations.CreateModel(
            name="SectionDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("values", models.JSONField(default=dict, verbose_name="values")),
                ("is_done", models.BooleanField(default=False, verbose_name="filled in")),
                ("saved_at", models.DateTimeField(auto_now=True, verbose_name="saved at")),
                (
                    "saved_by",
                    centar.script.fields.MendedCharField(max_length=200, verbose_name="saved by"),
                ),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="needs_survey.schoolanswer",
                        verbose_name="answer",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="questionnaires.section",
                        verbose_name="section",
                    ),
                ),
            ],
            options={
                "verbose_name": "draft of a section",
                "verbose_name_plural": "drafts of sections",
            },
        ),
        migrations.CreateModel(
            name="TeacherDraft",
            fields=[
                (
                    "digest",
                    models.CharField(
                        editable=False, max_length=64, primary_key=True, serialize=False
                    ),
                ),
                ("values", models.JSONField(default=dict, verbose_name="values")),
                ("on", models.DateField(auto_now=True, verbose_name="saved on")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="teacher_drafts",
                        to="needs_survey.round",
                        verbose_name="round",
                    ),
                ),
            ],
            options={
                "verbose_name": "draft of a teacher",
                "verbose_name_plural": "drafts of teachers",
            },
        ),
        migrations.CreateModel(
            name="TeacherInvitation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("is_used", models.BooleanField(default=False, verbose_name="answered")),
                (
                    "reminders",
                    models.PositiveSmallIntegerField(default=0, verbose_name="reminders sent"),
                ),
                ("reminded_on", models.DateField(null=True, verbose_name="reminded on")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="teacher_invitations",
                        to="needs_survey.round",
                        verbose_name="round",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="teacher_invitations",
                        to="schools.school",
                        verbose_name="school",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation of a teacher",
                "verbose_name_plural": "invitations of teachers",
            },
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_on__gte", models.F("opens_on"))),
                name="needs_survey_round_ends_after_it_begins",
                violation_error_message="The last day is before the first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_at", None), ("opened_at__isnull", False), _connector="OR"
                ),
                name="needs_survey_only_an_opened_round_has_a_summary",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(
                fields=("round", "on"), name="needs_survey_one_reminder_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="needs_survey_term_ends_after_it_begins",
                violation_error_message="The term ends before it begins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                fields=("round", "school"), name="needs_survey_one_invitation_of_a_school"
            ),
        ),
        migrations.AddConstraint(
            model_name="roundresponse",
            constraint=models.UniqueConstraint(
                fields=("round", "school"), name="needs_survey_one_response_of_a_school"
            ),
        ),
        migrations.AddConstraint(
            model_name="schoolanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sent_at", None), models.Q(("signed_as", ""), _negated=True), _connector="OR"
                ),
                name="needs_survey_a_sent_answer_is_signed",
            ),
        ),
        migrations.AddConstraint(
            model_name="contributor",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("answer", "email"),
                name="needs_survey_one_link_of_a_contributor",
            ),
        ),
        migrations.AddConstraint(
            model_name="sectiondraft",
            constraint=models.UniqueConstraint(
                fields=("answer", "section"), name="needs_survey_one_draft_of_a_section"
            ),
        ),
        migrations.AddConstraint(
            model_name="teacherinvitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("email", ""), _negated=True),
                fields=("round", "email"),
                name="needs_survey_one_invitation_of_a_teacher",
            ),
        ),
        count_revisions("needs_survey_round"),
        count_revisions("needs_survey_schoolanswer"),
        count_revisions("needs_survey_sectiondraft"),
        count_revisions("needs_survey_plan"),
        count_revisions("needs_survey_plannedseminar"),
        count_changes("needs_survey_round"),
    ]
