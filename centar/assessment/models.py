"""What is assessed, by whom, and what they said; the apps say what the things are.

An app composes: its own row points to an `Item`, and gives the item its parties (whose it is),
a neutral code and a topic. Nothing here knows a title, a name of an author or a file.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centar.audit.models import Revised
from centar.people.models import Person
from centar.schools.models import School
from centar.script.fields import MendedCharField, MendedTextField


class Rules(Revised):
    """What the staff decide about all assessments: one row, or none for the defaults."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    days_before = models.PositiveSmallIntegerField(
        _("days before the last day"),
        default=7,
        help_text=_("When an assessor who has not sent is reminded for the first time."),
    )
    days_after = models.PositiveSmallIntegerField(
        _("days after the last day"),
        default=3,
        help_text=_("When an assessor who has not sent is reminded again."),
    )
    most_reminders = models.PositiveSmallIntegerField(
        _("reminders at most"), default=2, help_text=_("For one assignment.")
    )
    digest_weekday = models.PositiveSmallIntegerField(
        _("day of the weekly letter"),
        default=0,
        choices=list(
            enumerate(
                (
                    _("Monday"),
                    _("Tuesday"),
                    _("Wednesday"),
                    _("Thursday"),
                    _("Friday"),
                    _("Saturday"),
                    _("Sunday"),
                )
            )
        ),
        help_text=_("When assessors read what waits for them."),
    )

    class Meta:
        verbose_name = _("rules of assessment")
        verbose_name_plural = _("rules of assessment")
        constraints = (
            models.CheckConstraint(condition=Q(pk=1), name="assessment_one_rules"),
            models.CheckConstraint(
                condition=Q(digest_weekday__lte=6), name="assessment_digest_is_on_a_weekday"
            ),
        )

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def current(cls) -> Rules:
        """The rules in force."""
        return cls.objects.first() or cls()


class Panel(Revised):
    """Those who assess the things of one phase or contest, by one set of criteria.

    Single blindness: authors do not learn who assesses. Double: assessors do not learn whose the
    things are either. It cannot be changed once somebody is assigned.
    """

    class Blindness(models.TextChoices):
        OPEN = "open", _("everybody knows everybody")
        SINGLE = "single", _("authors do not know the assessors")
        DOUBLE = "double", _("neither side knows the other")

    title = MendedCharField(_("title"), max_length=200)
    guidance = MendedTextField(
        _("guidance"), blank=True, help_text=_("What every assessor reads first.")
    )
    blindness = models.CharField(
        _("who knows whom"), max_length=6, choices=Blindness, default=Blindness.DOUBLE
    )
    due_on = models.DateField(_("last day"), help_text=_("For assessors, until midnight."))
    assessors_each = models.PositiveSmallIntegerField(
        _("assessors for each"), default=3, validators=[MinValueValidator(1)]
    )
    most_each = models.PositiveSmallIntegerField(
        _("assignments of one assessor at most"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty for any number."),
    )
    asks_recommendation = models.BooleanField(_("asks for a recommendation"), default=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, editable=False)

    class Meta:
        verbose_name = _("panel of assessors")
        verbose_name_plural = _("panels of assessors")
        ordering = ("-due_on", "-pk")

    def __str__(self) -> str:
        return self.title

    @property
    def hides_authors(self) -> bool:
        """Whether assessors do not learn whose the things are."""
        return self.blindness == self.Blindness.DOUBLE

    @property
    def hides_assessors(self) -> bool:
        """Whether authors do not learn who assesses."""
        return self.blindness != self.Blindness.OPEN


class Criterion(Revised):
    """What is looked at, with its weight and the most points; what the points mean is guidance."""

    panel = models.ForeignKey(
        Panel, models.CASCADE, related_name="criteria", verbose_name=_("panel of assessors")
    )
    order = models.PositiveSmallIntegerField(_("number"), default=0)
    title = MendedCharField(_("title"), max_length=200)
    guidance = MendedTextField(_("guidance"), blank=True)
    most = models.PositiveSmallIntegerField(
        _("points at most"), default=5, validators=[MinValueValidator(1)]
    )
    weight = models.DecimalField(
        _("weight"), max_digits=4, decimal_places=2, default=1, validators=[MinValueValidator(0)]
    )
    needs_comment = models.BooleanField(_("must be explained in words"), default=False)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ("order", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(most__gt=0, weight__gte=0), name="assessment_criterion_can_be_met"
            ),
        )

    def __str__(self) -> str:
        return self.title


class Seat(Revised):
    """Somebody who assesses in a panel, or leads it; `topics` are codes of what they know."""

    class Role(models.TextChoices):
        ASSESSOR = "assessor", _("assessor")
        CHAIR = "chair", _("chair")

    panel = models.ForeignKey(
        Panel, models.CASCADE, related_name="seats", verbose_name=_("panel of assessors")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="seats", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.ASSESSOR)
    topics = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        verbose_name=_("knows"),
        help_text=_("Empty for everything."),
    )
    left_at = models.DateTimeField(_("left at"), null=True, editable=False)

    class Meta:
        verbose_name = _("seat in a panel")
        verbose_name_plural = _("seats in panels")
        ordering = ("panel", "role", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("panel", "person"),
                name="assessment_one_seat_of_a_person",
                violation_error_message=_("This person sits in the panel already."),
            ),
        )

    def __str__(self) -> str:
        return str(self.person)


class Item(Revised):
    """A thing that is assessed once by a panel. `code` is all that assessors see of its name."""

    panel = models.ForeignKey(
        Panel, models.PROTECT, related_name="items", verbose_name=_("panel of assessors")
    )
    code = models.CharField(_("code"), max_length=20)
    topic = models.CharField(_("topic"), max_length=40, blank=True)
    follows = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name=_("follows"),
        help_text=_("What the same assessors saw before it was revised."),
    )
    added_at = models.DateTimeField(_("added at"), default=timezone.now)
    closed_at = models.DateTimeField(
        _("closed at"),
        null=True,
        editable=False,
        help_text=_("From then on no assessment of it is sent or changed."),
    )

    class Meta:
        verbose_name = _("assessed thing")
        verbose_name_plural = _("assessed things")
        ordering = ("code", "pk")
        constraints = (
            models.UniqueConstraint(fields=("panel", "code"), name="assessment_one_item_of_a_code"),
        )

    def __str__(self) -> str:
        return self.code


class Party(models.Model):
    """Whose the thing is: an author or mentor, with the school they had at that time.

    Nobody assesses what is their own or of their own school; `email` finds an author who has no
    account yet.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="parties", verbose_name=_("thing"))
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("person")
    )
    email = models.EmailField(_("e-mail"), blank=True)
    school = models.ForeignKey(
        School, models.PROTECT, null=True, related_name="+", verbose_name=_("school")
    )

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = (
            models.UniqueConstraint(
                fields=("item", "person"), name="assessment_one_party_of_a_person"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(email="") | Q(school__isnull=False),
                name="assessment_party_is_somebody",
            ),
        )

    def __str__(self) -> str:
        return str(self.person or self.email or self.school)


class DeclaredConflict(models.Model):
    """That somebody says, or staff say of them, that they are not impartial about a thing.

    Own things and those of one's own school need no row: `queries.conflicts` finds them.
    """

    item = models.ForeignKey(
        Item, models.CASCADE, related_name="declared_conflicts", verbose_name=_("thing")
    )
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="declared_conflicts", verbose_name=_("person")
    )
    reason = MendedTextField(_("reason"), blank=True)
    declared_at = models.DateTimeField(_("declared at"), default=timezone.now)

    class Meta:
        verbose_name = _("declared conflict of interest")
        verbose_name_plural = _("declared conflicts of interest")
        constraints = (
            models.UniqueConstraint(
                fields=("item", "person"), name="assessment_one_conflict_of_a_person"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.item}"


class Assignment(Revised):
    """That somebody assesses a thing, what they wrote so far, and whether it is sent."""

    class State(models.TextChoices):
        ASKED = "asked", _("waits")
        SENT = "sent", _("sent")
        DECLINED = "declined", _("declined")
        ENDED = "ended", _("taken away")

    class Recommendation(models.TextChoices):
        ACCEPT = "accept", _("accept")
        REVISE = "revise", _("ask for changes")
        REFUSE = "refuse", _("refuse")

    item = models.ForeignKey(
        Item, models.PROTECT, related_name="assignments", verbose_name=_("thing")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="assignments", verbose_name=_("assessor")
    )
    state = models.CharField(
        _("state"), max_length=8, choices=State, default=State.ASKED, editable=False
    )
    due_on = models.DateField(_("last day"))
    assigned_at = models.DateTimeField(_("assigned at"), default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, editable=False)
    recommendation = models.CharField(
        _("recommendation"), max_length=6, choices=Recommendation, blank=True
    )
    for_author = MendedTextField(_("comment for the author"), blank=True)
    for_chair = MendedTextField(_("comment for the chair only"), blank=True)
    declined_because = MendedTextField(_("declined because"), blank=True, editable=False)
    reminders = models.PositiveSmallIntegerField(_("reminders sent"), default=0, editable=False)
    reminded_on = models.DateField(_("reminded on"), null=True, editable=False)

    class Meta:
        verbose_name = _("assignment of an assessor")
        verbose_name_plural = _("assignments of assessors")
        ordering = ("item", "assigned_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("item", "person"), name="assessment_one_assignment_of_a_person"
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at=None)),
                name="assessment_sent_has_its_moment",
            ),
        )
        indexes = (
            models.Index(fields=("person", "state", "due_on"), name="assessment_work_of_a_person"),
        )

    def __str__(self) -> str:
        return f"{self.item}: {self.person}"


class Score(models.Model):
    """Points of one assessor by one criterion, with the words for it."""

    assignment = models.ForeignKey(
        Assignment, models.CASCADE, related_name="scores", verbose_name=_("assignment")
    )
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, related_name="scores", verbose_name=_("criterion")
    )
    points = models.PositiveSmallIntegerField(_("points"), null=True)
    comment = MendedTextField(_("in words"), blank=True)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = (
            models.UniqueConstraint(
                fields=("assignment", "criterion"), name="assessment_one_score_of_a_criterion"
            ),
        )

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"
