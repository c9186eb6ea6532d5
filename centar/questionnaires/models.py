from __future__ import annotations

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from centar.audit.models import OneRow, Revised
from centar.questionnaires import in_use
from centar.script.fields import MendedCharField, MendedTextField

SCALE = range(1, 6)
"""The grades of a scale, from the lowest to the highest."""
LONGEST = 50_000
"""Characters that an answer in words may have, whatever its question says."""


class Rules(OneRow):
    """What the staff decide about all questionnaires: one row, or none for the defaults."""

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
        """Whether somebody has answered it, in a response or as an app keeps its own answers."""
        return Questionnaire.objects.filter(in_use.is_answered(), pk=self.pk).exists()


class Section(models.Model):
    """A part of a questionnaire that is filled in at one go. Short questionnaires have none."""

    questionnaire = models.ForeignKey(
        Questionnaire, models.CASCADE, related_name="sections", verbose_name=_("questionnaire")
    )
    order = models.PositiveSmallIntegerField(_("number"), default=0)
    title = MendedCharField(_("title"), max_length=200)
    help = MendedTextField(_("help"), blank=True)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return self.title


class Question(Revised):
    """One question; `options` are what it offers, or the statements of a matrix.

    `code` says which questions of two rounds are the same: a copy keeps it, and an export names
    its columns by it.
    """

    class Kind(models.TextChoices):
        SCALE = "scale", _("scale from 1 to 5")
        SINGLE = "single", _("one answer of several")
        MULTIPLE = "multiple", _("several answers")
        NUMBER = "number", _("number")
        SHORT = "short", _("short text")
        LONG = "long", _("long text")
        MATRIX = "matrix", _("statements, each on a scale from 1 to 5")
        RANKING = "ranking", _("answers put in order")
        NUMBERS = "numbers", _("a number for each of several")
        LISTED = "listed", _("things chosen from a list, each with a number of people")

    WITH_OPTIONS = (Kind.SINGLE, Kind.MULTIPLE, Kind.MATRIX, Kind.RANKING, Kind.NUMBERS)
    ON_SCALE = (Kind.SCALE, Kind.MATRIX)
    IN_WORDS = (Kind.SHORT, Kind.LONG)

    questionnaire = models.ForeignKey(
        Questionnaire, models.CASCADE, related_name="questions", verbose_name=_("questionnaire")
    )
    section = models.ForeignKey(
        Section,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name=_("section"),
    )
    code = models.CharField(
        _("code"),
        max_length=32,
        validators=[RegexValidator(r"^[a-z][a-z0-9_]*\Z", _("Latin letters, digits and _ only."))],
        help_text=_("Short and in Latin letters; the same question keeps it from year to year."),
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
    most = models.PositiveSmallIntegerField(
        _("at most"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("How many may be chosen; empty for any number."),
    )
    longest = models.PositiveIntegerField(
        _("characters at most"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST)],
        help_text=_("Of an answer in words; empty for 300 in a short text, 10,000 in a long one."),
    )
    source = models.CharField(
        _("list"), max_length=30, blank=True, help_text=_("What is chosen from.")
    )
    counts_people = models.BooleanField(
        _("with numbers of people"),
        default=True,
        help_text=_("Of a list: how many people each thing is for; else it counts as one."),
    )
    shown_when = models.ForeignKey(
        "Option",
        models.RESTRICT,  # whatever depends on it would be asked of everybody, unnoticed
        null=True,
        blank=True,
        related_name="questions_shown",
        verbose_name=_("asked only after the answer"),
    )
    adds_up_to = models.ForeignKey(
        "self",
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("adds up to the number in"),
        help_text=_("A sum that differs has to be confirmed."),
    )

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ("order", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("questionnaire", "code"),
                name="questionnaires_one_question_of_a_code",
                violation_error_message=_("Another question has this code."),
            ),
            models.CheckConstraint(
                condition=~Q(source="") | ~Q(kind="listed"),
                name="questionnaires_listed_has_a_list",
                violation_error_message=_("Choose the list that things are chosen from."),
            ),
            models.CheckConstraint(
                condition=Q(is_grade=False) | Q(kind__in=("scale", "matrix")),
                name="questionnaires_grade_is_on_a_scale",
                violation_error_message=_("Only a scale can count in the mean grade."),
            ),
        )

    def __str__(self) -> str:
        return self.text

    def with_part(self, part: str) -> str:
        """The question and one of its offered answers or statements, in one line."""
        return f"{self.text} {part}" if self.text.endswith("?") else f"{self.text}: {part}"


class Option(models.Model):
    """An answer that a question offers, or a statement of a matrix."""

    question = models.ForeignKey(
        Question, models.CASCADE, related_name="options", verbose_name=_("question")
    )
    order = models.PositiveSmallIntegerField(_("number"), default=0)
    code = models.CharField(_("code"), max_length=32)
    text = MendedCharField(_("text"), max_length=200)

    class Meta:
        verbose_name = _("offered answer")
        verbose_name_plural = _("offered answers")
        ordering = ("order", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("question", "code"), name="questionnaires_one_option_of_a_code"
            ),
        )

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

    Several options of one question are several rows. `item` is the key of a thing chosen from a
    list, whose name at that time is the text.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    response = models.ForeignKey(
        Response, models.CASCADE, related_name="answers", verbose_name=_("response")
    )
    question = models.ForeignKey(
        Question,
        models.PROTECT,
        db_index=False,  # the index below begins with it
        related_name="answers",
        verbose_name=_("question"),
    )
    option = models.ForeignKey(
        Option,
        models.PROTECT,
        null=True,
        related_name="answers",
        verbose_name=_("offered answer"),
    )
    item = models.PositiveBigIntegerField(_("thing of a list"), null=True)
    number = models.DecimalField(_("number"), max_digits=12, decimal_places=2, null=True)
    text = MendedTextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = (
            models.UniqueConstraint(
                fields=("response", "question"),
                condition=Q(option=None, item=None),
                name="questionnaires_one_answer",
            ),
            models.UniqueConstraint(
                fields=("response", "question", "item"), name="questionnaires_one_answer_of_a_thing"
            ),
            models.UniqueConstraint(
                fields=("response", "option"), name="questionnaires_one_answer_of_an_option"
            ),
            models.CheckConstraint(
                condition=Q(option__isnull=False) | Q(number__isnull=False) | ~Q(text=""),
                name="questionnaires_answer_says_something",
            ),
        )
        # Who answered a question is counted from the index alone.
        indexes = (
            models.Index(fields=("question", "response"), name="questionnaires_who_answered"),
        )

    def __str__(self) -> str:
        return f"{self.question}: {self.option or self.number or self.text}"
