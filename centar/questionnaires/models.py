from __future__ import annotations

import uuid

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from centar.audit.models import Revised
from centar.script.fields import MendedCharField, MendedTextField

SCALE = range(1, 6)
"""The grades of a scale, from the lowest to the highest."""


class Rules(Revised):
    """What the staff decide about all questionnaires: one row, or none for the defaults."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    smallest_group = models.PositiveSmallIntegerField(
        _("smallest group shown"),
        default=5,
        validators=[MinValueValidator(3)],
        help_text=_("Results of fewer people are hidden, since they could be recognised."),
    )

    class Meta:
        verbose_name = _("rules of questionnaires")
        verbose_name_plural = _("rules of questionnaires")
        constraints = (models.CheckConstraint(condition=Q(pk=1), name="questionnaires_one_rules"),)

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def current(cls) -> Rules:
        """The rules in force."""
        return cls.objects.first() or cls()


class Questionnaire(Revised):
    """Questions in an order. Once somebody has answered, only its wording may be mended."""

    title = MendedCharField(_("title"), max_length=200)
    intro = MendedTextField(
        _("introduction"), blank=True, help_text=_("What the respondent reads first.")
    )

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering = ("title", "pk")

    def __str__(self) -> str:
        return self.title

    @property
    def is_answered(self) -> bool:
        """Whether somebody has answered it."""
        return self.responses.exists()


class Question(models.Model):
    """One question; `options` are what it offers, or the statements of a matrix."""

    class Kind(models.TextChoices):
        SCALE = "scale", _("scale from 1 to 5")
        SINGLE = "single", _("one answer of several")
        MULTIPLE = "multiple", _("several answers")
        NUMBER = "number", _("number")
        SHORT = "short", _("short text")
        LONG = "long", _("long text")
        MATRIX = "matrix", _("statements, each on a scale from 1 to 5")

    WITH_OPTIONS = (Kind.SINGLE, Kind.MULTIPLE, Kind.MATRIX)
    ON_SCALE = (Kind.SCALE, Kind.MATRIX)
    IN_WORDS = (Kind.SHORT, Kind.LONG)

    questionnaire = models.ForeignKey(
        Questionnaire, models.CASCADE, related_name="questions", verbose_name=_("questionnaire")
    )
    order = models.PositiveSmallIntegerField(_("number"), default=0)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.SCALE)
    text = MendedCharField(_("question"), max_length=300)
    help = MendedCharField(_("help"), max_length=300, blank=True)
    required = models.BooleanField(_("must be answered"), default=False)
    is_grade = models.BooleanField(
        _("counts in the mean grade"),
        default=False,
        help_text=_("For scales on which 5 is the best."),
    )
    low_label = MendedCharField(_("what 1 means"), max_length=60, blank=True)
    high_label = MendedCharField(_("what 5 means"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ("order", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(is_grade=False) | Q(kind__in=("scale", "matrix")),
                name="questionnaires_grade_is_on_a_scale",
                violation_error_message=_("Only a scale can count in the mean grade."),
            ),
        )

    def __str__(self) -> str:
        return self.text


class Option(models.Model):
    """An answer that a question offers, or a statement of a matrix."""

    question = models.ForeignKey(
        Question, models.CASCADE, related_name="options", verbose_name=_("question")
    )
    order = models.PositiveSmallIntegerField(_("number"), default=0)
    text = MendedCharField(_("text"), max_length=200)

    class Meta:
        verbose_name = _("offered answer")
        verbose_name_plural = _("offered answers")
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return self.text


class Response(models.Model):
    """What one person answered, without the person and without the hour.

    The key is random, so the order of the rows tells nothing. What it was about is kept by the
    app that asked, in a table of its own that points here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="responses", verbose_name=_("questionnaire")
    )
    on = models.DateField(_("on"))

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")

    def __str__(self) -> str:
        return f"{self.questionnaire}: {self.on}"


class Answer(models.Model):
    """One answer: a number, an option, words, or a statement of a matrix with its number.

    Several options of one question are several rows.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    response = models.ForeignKey(
        Response, models.CASCADE, related_name="answers", verbose_name=_("response")
    )
    question = models.ForeignKey(
        Question, models.PROTECT, related_name="answers", verbose_name=_("question")
    )
    option = models.ForeignKey(
        Option,
        models.PROTECT,
        null=True,
        related_name="answers",
        verbose_name=_("offered answer"),
    )
    number = models.DecimalField(_("number"), max_digits=12, decimal_places=2, null=True)
    text = MendedTextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = (
            models.UniqueConstraint(
                fields=("response", "question"),
                condition=Q(option=None),
                name="questionnaires_one_answer",
            ),
            models.UniqueConstraint(
                fields=("response", "option"), name="questionnaires_one_answer_of_an_option"
            ),
            models.CheckConstraint(
                condition=Q(option__isnull=False) | Q(number__isnull=False) | ~Q(text=""),
                name="questionnaires_answer_says_something",
            ),
        )

    def __str__(self) -> str:
        return f"{self.question}: {self.option or self.number or self.text}"
