from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from centar.audit.models import OneRow, Revised
from centar.schools.models import Municipality, School
from centar.script.fields import MendedCharField, MendedTextField
from needs_survey.models.rounds import Round
from trainings.models import Programme, Seminar

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def _weight(label: _StrPromise, default: int) -> models.PositiveSmallIntegerField[int, int]:
    return models.PositiveSmallIntegerField(
        label, default=default, help_text=_("Zero leaves it out of the score.")
    )


class PlanRules(OneRow):
    """What the staff decide about all plans: one row, or none for the defaults.

    Without `centre` no seminar is proposed there only because schools want it there.
    """

    begins_at = models.TimeField(
        _("seminars begin at"),
        default=time(9),
        help_text=_("The hour of the drafts; each can be moved."),
    )
    afternoon_begins_at = models.TimeField(
        _("in the afternoon they begin at"),
        default=time(14),
        help_text=_("For groups whose schools want working days in the afternoon."),
    )
    centre = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("municipality of the Centre"),
        help_text=_("Proposed to schools that want to come to the Centre; it has a room there."),
    )
    head_start_days = models.PositiveSmallIntegerField(
        _("days for the schools that asked"),
        default=7,
        help_text=_(
            "So long after publication only the schools that asked can apply; zero for no days."
        ),
    )

    class Meta:
        verbose_name = _("rules of planning")
        verbose_name_plural = _("rules of planning")
        constraints = (
            models.CheckConstraint(condition=Q(pk=1), name="needs_survey_one_rules_of_planning"),
        )


class SchoolBreak(Revised):
    """Days without lessons: seminars are held in them for those who want this, or not at all."""

    name = MendedCharField(_("name"), max_length=100)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    has_seminars = models.BooleanField(
        _("seminars are held"),
        default=True,
        help_text=_("For schools that want them in school holidays; not on public holidays."),
    )

    class Meta:
        verbose_name = _("school or public holiday")
        verbose_name_plural = _("school and public holidays")
        ordering = ("-starts_on", "name")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="needs_survey_break_ends_after_it_begins",
                violation_error_message=_("The last day is before the first."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Plan(Revised):
    """A proposal of the next term's seminars, from what a round asked for.

    The scores of a programme, of the place and of the time of its groups are sums of parts, each
    a share of the largest of its kind times the weight, so that staff can read and change them.

    `before` holds the plan as it was before the last computation, until something is changed by
    hand: so long the computation can be undone.
    """

    title = MendedCharField(_("title"), max_length=200)
    round = models.ForeignKey(Round, models.PROTECT, related_name="plans", verbose_name=_("round"))
    starts_on = models.DateField(_("term from"))
    ends_on = models.DateField(_("term until"))
    weight_teachers = _weight(_("weight of interested teachers"), 4)
    weight_schools = _weight(_("weight of schools"), 3)
    weight_municipalities = _weight(_("weight of municipalities"), 2)
    weight_priority = _weight(_("weight of priority areas"), 1)
    weight_near = _weight(_("place: weight of teachers who are from there"), 4)
    weight_wanted = _weight(_("place: weight of teachers who want it there"), 3)
    weight_room = _weight(_("place: weight of a room offered there"), 2)
    weight_suits = _weight(_("time: weight of teachers whom it suits"), 4)
    weight_quiet = _weight(_("time: weight of a week with few seminars"), 2)
    most_seminars = models.PositiveSmallIntegerField(
        _("seminars at most"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("The first by score are chosen to be held; empty for all."),
    )
    computed_at = models.DateTimeField(_("computed at"), null=True, editable=False)
    before = models.JSONField(
        _("before the computation"), null=True, editable=False, encoder=DjangoJSONEncoder
    )

    class Meta:
        verbose_name = _("plan of seminars")
        verbose_name_plural = _("plans of seminars")
        ordering = ("-starts_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="needs_survey_term_ends_after_it_begins",
                violation_error_message=_("The term ends before it begins."),
            ),
        )

    def __str__(self) -> str:
        return self.title


class PlannedSeminar(Revised):
    """One group of a programme in the plan; `seminar` is the draft that was made from it.

    `by_hand` names the fields that the staff have changed: a new computation leaves them alone,
    and never takes such a row away.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="seminars", verbose_name=_("plan"))
    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="planned", verbose_name=_("programme")
    )
    number = models.PositiveSmallIntegerField(_("group"), default=1, editable=False)
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="planned_seminars",
        verbose_name=_("municipality"),
        help_text=_("Empty for an online seminar."),
    )
    is_online = models.BooleanField(_("online"), default=False)
    on = models.DateField(_("first day"), null=True, blank=True)
    begins_at = models.TimeField(
        _("begins at"), null=True, blank=True, help_text=_("Empty for the usual hour.")
    )
    people = models.PositiveSmallIntegerField(
        _("expected people"), validators=[MinValueValidator(1)]
    )
    score = models.DecimalField(
        _("score"), max_digits=6, decimal_places=2, default=0, editable=False
    )
    parts = models.JSONField(_("parts of the scores"), default=dict, editable=False)
    is_chosen = models.BooleanField(_("to be held"), default=True)
    note = MendedTextField(_("note"), blank=True)
    by_hand = models.JSONField(_("changed by hand"), default=list, editable=False)
    seminar = models.OneToOneField(
        Seminar,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="planned",
        verbose_name=_("seminar"),
    )

    class Meta:
        verbose_name = _("planned seminar")
        verbose_name_plural = _("planned seminars")
        ordering = ("-score", "programme", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "programme", "number"), name="needs_survey_one_group_of_a_number"
            ),
            models.CheckConstraint(
                condition=Q(is_online=False) | Q(municipality=None),
                name="needs_survey_online_is_in_no_municipality",
                violation_error_message=_("A seminar online has no municipality."),
            ),
        )

    def __str__(self) -> str:
        return str(self.programme)


class Wish(models.Model):
    """How many teachers of a school asked for a programme, and their group in the plan.

    Those who are in no group say why. A programme that is no longer in the catalogue's tables
    keeps its title alone. Teachers of one school may be in two groups: two rows. `room` is what
    the school said about hosting.
    """

    class Room(models.TextChoices):
        OFFERED = "offered", _("offers a room")
        BY_AGREEMENT = "agreement", _("offers a room by agreement")

    class LeftOut(models.TextChoices):
        TOO_FEW = "too_few", _("fewer than the smallest group asked for it")
        NO_ROOM = "no_room", _("the groups are full, and too few are left for another")
        WITHDRAWN = "withdrawn", _("the programme is withdrawn from the catalogue")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="wishes", verbose_name=_("plan"))
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, related_name="wishes", verbose_name=_("programme")
    )
    title = models.CharField(_("title"), max_length=300)
    school = models.ForeignKey(
        School, models.PROTECT, related_name="wishes", verbose_name=_("school")
    )
    teachers = models.PositiveIntegerField(_("teachers"))
    planned = models.ForeignKey(
        PlannedSeminar,
        models.CASCADE,
        null=True,
        related_name="wishes",
        verbose_name=_("planned seminar"),
    )
    room = models.CharField(_("room"), max_length=10, choices=Room, blank=True)
    left_out = models.CharField(_("why in no group"), max_length=10, choices=LeftOut, blank=True)

    class Meta:
        verbose_name = _("wish of a school")
        verbose_name_plural = _("wishes of schools")
        constraints = (
            models.CheckConstraint(
                condition=Q(planned=None, left_out__gt="") | Q(planned__isnull=False, left_out=""),
                name="needs_survey_in_a_group_or_left_out",
            ),
        )

    def __str__(self) -> str:
        return f"{self.school}: {self.title}"
