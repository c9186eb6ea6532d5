from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from centar.audit.models import Revised
from centar.questionnaires.models import Questionnaire, Response
from centar.schools.models import Municipality, School, Subject
from centar.script.fields import MendedCharField, MendedTextField


class RoundQuerySet(models.QuerySet["Round"]):
    """The vocabulary of rounds."""

    def open_on(self, day: date) -> RoundQuerySet:
        """Rounds that are answered on the day."""
        return self.filter(opened_at__isnull=False, opens_on__lte=day, closes_on__gte=day)

    def with_summary(self) -> RoundQuerySet:
        """Rounds whose summary everybody may read."""
        return self.filter(published_at__isnull=False)


class Round(Revised):
    """One survey: a questionnaire, the days on which it is answered, and who is asked.

    Whether single teachers answer it, anonymously, cannot be changed once somebody is invited.
    """

    class Kind(models.TextChoices):
        SCHOOLS = "schools", _("one answer of each school")
        TEACHERS = "teachers", _("anonymous answers of teachers")

    title = MendedCharField(_("title"), max_length=200)
    kind = models.CharField(_("who answers"), max_length=10, choices=Kind, default=Kind.SCHOOLS)
    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="rounds", verbose_name=_("questionnaire")
    )
    opens_on = models.DateField(_("from"))
    closes_on = models.DateField(_("until"), help_text=_("The last day, until midnight."))
    may_be_changed = models.BooleanField(
        _("a sent answer may be changed"),
        default=True,
        help_text=_("Until the last day; then it is locked in any case."),
    )
    message = MendedTextField(
        _("message to those invited"), blank=True, help_text=_("Stands in the letter.")
    )
    most_reminders = models.PositiveSmallIntegerField(
        _("reminders at most"), default=2, help_text=_("For one school or teacher.")
    )
    compared_with = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="compared_by",
        verbose_name=_("compared with the round"),
        help_text=_("Questions with the same codes are shown side by side."),
    )
    opened_at = models.DateTimeField(_("opened at"), null=True, editable=False)
    done = MendedTextField(
        _("what we did"), blank=True, help_text=_("Stands in the public summary.")
    )
    published_at = models.DateTimeField(_("summary published at"), null=True, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("survey round")
        verbose_name_plural = _("survey rounds")
        ordering = ("-opens_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="needs_survey_round_ends_after_it_begins",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(opened_at__isnull=False),
                name="needs_survey_only_an_opened_round_has_a_summary",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of its results."""
        return reverse("needs_survey:results", args=[self.pk])

    def is_open_on(self, day: date) -> bool:
        """Whether it is answered on the day."""
        return self.opened_at is not None and self.opens_on <= day <= self.closes_on


class Reminder(models.Model):
    """A day on which those who have not answered are reminded, before or after the last day."""

    round = models.ForeignKey(
        Round, models.CASCADE, related_name="reminders", verbose_name=_("round")
    )
    on = models.DateField(_("on"))
    sent_at = models.DateTimeField(_("sent at"), null=True, editable=False)

    class Meta:
        verbose_name = _("day of reminding")
        verbose_name_plural = _("days of reminding")
        ordering = ("on",)
        constraints = (
            models.UniqueConstraint(fields=("round", "on"), name="needs_survey_one_reminder_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.on:%d.%m.%Y.}"


class Invitation(models.Model):
    """That a school is asked for its answer."""

    round = models.ForeignKey(
        Round, models.PROTECT, related_name="invitations", verbose_name=_("round")
    )
    school = models.ForeignKey(
        School, models.PROTECT, related_name="survey_invitations", verbose_name=_("school")
    )
    invited_at = models.DateTimeField(_("invited at"), auto_now_add=True)
    reminders = models.PositiveSmallIntegerField(_("reminders sent"), default=0)
    reminded_on = models.DateField(_("reminded on"), null=True)

    class Meta:
        verbose_name = _("invitation of a school")
        verbose_name_plural = _("invitations of schools")
        constraints = (
            models.UniqueConstraint(
                fields=("round", "school"), name="needs_survey_one_invitation_of_a_school"
            ),
        )

    def __str__(self) -> str:
        return f"{self.school}: {self.round}"


class RoundResponse(models.Model):
    """Of which round a response is, and by what results are narrowed.

    `school` is named only where the school itself answers. Its key is the response's own random
    one, so nothing here grows with the invitations.
    """

    response = models.OneToOneField(
        Response,
        models.PROTECT,
        primary_key=True,
        related_name="of_round",
        verbose_name=_("response"),
    )
    round = models.ForeignKey(
        Round, models.PROTECT, related_name="responses", verbose_name=_("round")
    )
    school = models.ForeignKey(
        School,
        models.PROTECT,
        null=True,
        related_name="survey_responses",
        verbose_name=_("school"),
    )
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        related_name="survey_responses",
        verbose_name=_("municipality"),
    )
    school_kind = models.CharField(
        _("kind of school"), max_length=30, choices=School.Kind, blank=True
    )
    subject = models.ForeignKey(
        Subject,
        models.PROTECT,
        null=True,
        related_name="survey_responses",
        verbose_name=_("subject"),
    )

    class Meta:
        verbose_name = _("response to a round")
        verbose_name_plural = _("responses to rounds")
        constraints = (
            models.UniqueConstraint(
                fields=("round", "school"), name="needs_survey_one_response_of_a_school"
            ),
        )

    def __str__(self) -> str:
        return str(self.round)
