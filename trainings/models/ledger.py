from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from centar.audit.models import Revised
from centar.documents.models import Document
from centar.files.models import PrivateFile
from centar.people.models import Coordination, Person, User
from centar.script.fields import MendedCharField, MendedTextField


class SchoolYear(Revised):
    """The day on which a school year begins; one row, which the staff edit."""

    first_month = models.PositiveSmallIntegerField(_("month"), default=9)
    first_day = models.PositiveSmallIntegerField(_("day"), default=1)

    class Meta:
        verbose_name = _("beginning of the school year")
        verbose_name_plural = _("beginning of the school year")
        constraints = (
            models.CheckConstraint(condition=Q(pk=1), name="trainings_one_school_year"),
            # The 29th of February is not there every year.
            models.CheckConstraint(
                condition=Q(first_month__range=(1, 12), first_day__range=(1, 28)),
                name="trainings_school_year_begins_every_year",
                violation_error_message=_("Choose a day from 1 to 28 and a month from 1 to 12."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.first_day}.{self.first_month}."

    @classmethod
    def current(cls) -> SchoolYear:
        """The row, or the first of September where nobody has set another day."""
        return cls.objects.first() or cls(pk=1)

    def of(self, day: date) -> int:
        """The calendar year in which the school year of this day began."""
        return day.year - ((day.month, day.day) < (self.first_month, self.first_day))

    def begins(self, year: int) -> date:
        """The first day of the school year that begins in this calendar year."""
        return date(year, self.first_month, self.first_day)


class LedgerEntryQuerySet(models.QuerySet["LedgerEntry"]):
    """The vocabulary of ledger entries."""

    def of(self, user: Any) -> LedgerEntryQuerySet:
        """The user's own entries."""
        return self.filter(person__user=user)

    def confirmable_by(self, user: Any) -> LedgerEntryQuerySet:
        """Other people's entries of the schools that the user coordinates."""
        schools = Coordination.objects.filter(person__user=user, ended_at=None)
        rows = self.filter(person__school__in=schools.values("school"))
        return rows.exclude(person__user=user).select_related("person__school")

    def visible_to(self, user: Any) -> LedgerEntryQuerySet:
        """One's own, those one may confirm, and to the staff all."""
        if user.has_perm("trainings.change_ledgerentry"):
            return self
        schools = Coordination.objects.filter(person__user=user, ended_at=None)
        own, of_school = Q(person__user=user), Q(person__school__in=schools.values("school"))
        return self.filter(own | of_school)

    def counted(self) -> LedgerEntryQuerySet:
        """What counts: confirmed entries, those that take back included."""
        return self.filter(state=LedgerEntry.State.CONFIRMED)

    def waiting(self) -> LedgerEntryQuerySet:
        """What waits for somebody's confirmation."""
        return self.filter(state=LedgerEntry.State.PENDING)


class LedgerEntry(Revised):
    """Hours and points that a person has earned, with what proves them.

    Once confirmed, an entry is never changed or deleted, which the database itself refuses: a
    mistake is taken back by a second entry with the amounts below zero. What its owner entered
    may be mended until somebody has confirmed it.
    """

    class Kind(models.TextChoices):
        PROGRAMME = "programme", _("accredited programme")
        MEETING = "meeting", _("professional meeting")
        IN_HOUSE = "in_house", _("activity in the institution")
        OTHER = "other", _("other proof")

    class State(models.TextChoices):
        PENDING = "pending", _("waits for confirmation")
        CONFIRMED = "confirmed", _("confirmed")
        RETURNED = "returned", _("returned")
        WITHDRAWN = "withdrawn", pgettext_lazy("a ledger entry", "withdrawn")

    OUTSIDE = (Kind.PROGRAMME, Kind.MEETING, Kind.OTHER)
    """Kinds earned outside one's own institution."""
    OPEN = (State.PENDING, State.RETURNED)
    """States in which its owner may still change it."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="ledger", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    title = MendedCharField(_("title"), max_length=250)
    activity = MendedCharField(
        _("kind of activity"),
        max_length=120,
        blank=True,
        help_text=_("In the institution: a model lesson, a lecture, research …"),
    )
    part = MendedCharField(
        _("way of taking part"),
        max_length=120,
        blank=True,
        help_text=_("In the institution: leader, listener, member of a team …"),
    )
    number = models.CharField(
        _("number"),
        max_length=60,
        blank=True,
        help_text=_("Of the catalogue, of the approval decision or of the register."),
    )
    earned_on = models.DateField(_("earned on"))
    school_year = models.PositiveSmallIntegerField(
        _("school year"), help_text=_("The calendar year in which it began.")
    )
    hours = models.DecimalField(_("hours"), max_digits=6, decimal_places=1)
    points = models.DecimalField(_("points"), max_digits=6, decimal_places=1)
    competences = ArrayField(
        models.CharField(max_length=10), verbose_name=_("competences"), default=list, blank=True
    )
    priority = MendedCharField(_("priority area"), max_length=300, blank=True)
    rules = models.CharField(
        _("rules"),
        max_length=200,
        blank=True,
        help_text=_("The rulebook in force on the day it was earned."),
    )
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="ledger_entries",
        verbose_name=_("issued document"),
    )
    proof = models.OneToOneField(
        PrivateFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="ledger_entry",
        verbose_name=_("proof"),
    )
    reverses = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reversed_by",
        verbose_name=_("takes back"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PENDING)
    reason = MendedTextField(
        _("reason"), blank=True, help_text=_("Why it was returned, or why it takes back.")
    )
    created_at = models.DateTimeField(_("entered"), default=timezone.now)
    created_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("entered by")
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("confirmed by")
    )

    objects = LedgerEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ("-earned_on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("document",),
                condition=Q(reverses=None, document__isnull=False),
                name="trainings_one_entry_of_a_document",
            ),
            models.CheckConstraint(
                condition=Q(reverses=None, hours__gte=0, points__gte=0)
                | Q(reverses__isnull=False, hours__lte=0, points__lte=0),
                name="trainings_only_taking_back_is_negative",
            ),
            models.CheckConstraint(
                condition=Q(state="confirmed", confirmed_at__isnull=False)
                | (~Q(state="confirmed") & Q(confirmed_at=None)),
                name="trainings_confirmed_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") | Q(~Q(state="returned"), reverses=None),
                name="trainings_returned_has_its_reason",
            ),
        )
        indexes = (
            models.Index(fields=("person", "school_year"), name="trainings_ledger_by_year"),
            models.Index(
                fields=("person",),
                condition=Q(state="pending"),
                name="trainings_ledger_pending",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether its owner may still change or withdraw it."""
        return self.state in self.OPEN

    @property
    def amount(self) -> Decimal:
        """What the yearly forms call „бодови/сати“: the points, or the hours in the institution."""
        return self.hours if self.kind == self.Kind.IN_HOUSE else self.points
