from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centar.audit.models import Revised
from library.models.copies import Copy
from library.models.members import Member, MemberKind
from library.models.records import JournalIssue, Record


class LoanQuerySet(models.QuerySet["Loan"]):
    """The vocabulary of loans."""

    def open(self) -> LoanQuerySet:
        """What is lent at this moment."""
        return self.filter(returned_at=None)


class Loan(Revised):
    """A copy taken home. Once it is back, the person is forgotten unless they asked otherwise."""

    class Ending(models.TextChoices):
        RETURNED = "returned", _("returned")
        LOST = "lost", _("lost")

    copy = models.ForeignKey(Copy, models.PROTECT, related_name="loans", verbose_name=_("copy"))
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, related_name="loans", verbose_name=_("member")
    )
    # What statistics need to know of the member, who is cut off.
    member_kind = models.CharField(_("kind of member"), max_length=10, choices=MemberKind)
    lent_at = models.DateTimeField(_("lent"), default=timezone.now)
    due_on = models.DateField(_("to be returned on"))
    renewals = models.PositiveSmallIntegerField(_("renewals"), default=0)
    returned_at = models.DateTimeField(_("returned"), null=True)
    ending = models.CharField(_("end"), max_length=10, choices=Ending, blank=True)
    noticed_for = models.DateField(_("day of return that a letter told"), null=True)
    overdue_letters = models.PositiveSmallIntegerField(_("letters about being late"), default=0)

    objects = LoanQuerySet.as_manager()

    class Meta:
        verbose_name = _("loan")
        verbose_name_plural = _("loans")
        ordering = ("due_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("copy",), condition=Q(returned_at=None), name="library_one_open_loan"
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=False) | Q(member__isnull=False),
                name="library_open_loan_has_a_member",
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None, ending="")
                | (Q(returned_at__isnull=False) & ~Q(ending="")),
                name="library_ended_loan_says_how",
            ),
        )
        indexes = (
            models.Index(
                fields=("due_on",), condition=Q(returned_at=None), name="library_loan_due"
            ),
        )

    def __str__(self) -> str:
        return f"{self.copy} – {self.due_on}"

    def days_late(self, today: date) -> int:
        """How many days after its day it is; 0 for one in time."""
        return max((today - self.due_on).days, 0)


class ReservationQuerySet(models.QuerySet["Reservation"]):
    """The vocabulary of reservations."""

    def live(self) -> ReservationQuerySet:
        """Those that wait or have a copy put aside."""
        return self.filter(state__in=(Reservation.State.WAITING, Reservation.State.READY))

    def queue(self) -> ReservationQuerySet:
        """Those that wait, in their order, the suspended ones at their place."""
        return self.filter(state=Reservation.State.WAITING).order_by("queued_at", "pk")


class Reservation(Revised):
    """A turn for the next copy that is free. Whoever is ready has a copy put aside."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits")
        READY = "ready", _("ready to be fetched")
        FETCHED = "fetched", _("fetched")
        EXPIRED = "expired", _("not fetched in time")
        CANCELLED = "cancelled", _("cancelled")

    record = models.ForeignKey(
        Record, models.PROTECT, related_name="reservations", verbose_name=_("record")
    )
    issue = models.ForeignKey(
        JournalIssue,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reservations",
        verbose_name=_("issue"),
        help_text=_("Empty where any copy of the record will do."),
    )
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, related_name="reservations", verbose_name=_("member")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    created_at = models.DateTimeField(_("reserved"), default=timezone.now)
    # Equals created_at unless staff moved it, with a reason.
    queued_at = models.DateTimeField(_("turn in the queue"), default=timezone.now)
    suspended_until = models.DateField(
        _("suspended until"), null=True, help_text=_("The place is kept, others are served.")
    )
    copy = models.ForeignKey(
        Copy,
        models.PROTECT,
        null=True,
        related_name="reservations",
        verbose_name=_("copy put aside"),
    )
    ready_at = models.DateTimeField(_("put aside"), null=True)
    pickup_until = models.DateField(_("to be fetched until"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)

    objects = ReservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("reservation")
        verbose_name_plural = _("reservations")
        ordering = ("queued_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("record", "issue", "member"),
                condition=Q(state__in=("waiting", "ready")),
                nulls_distinct=False,
                name="library_one_live_reservation",
            ),
            models.UniqueConstraint(
                fields=("copy",), condition=Q(state="ready"), name="library_aside_for_one"
            ),
            models.CheckConstraint(
                condition=Q(
                    state="ready",
                    copy__isnull=False,
                    ready_at__isnull=False,
                    pickup_until__isnull=False,
                )
                | (~Q(state="ready") & Q(copy=None, pickup_until=None)),
                name="library_ready_has_a_copy",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "ready"), ended_at=None, member__isnull=False)
                | (~Q(state__in=("waiting", "ready")) & Q(ended_at__isnull=False)),
                name="library_reservation_ends_once",
            ),
        )
        indexes = (
            models.Index(
                F("record"),
                F("queued_at"),
                condition=Q(state="waiting"),
                name="library_reservation_queue",
            ),
            models.Index(
                fields=("pickup_until",), condition=Q(state="ready"), name="library_pickup"
            ),
        )

    def __str__(self) -> str:
        return f"{self.record} – {self.created_at:%Y-%m-%d}"

    @property
    def title(self) -> str:
        """What is reserved: the title of the record, with the issue where it is one."""
        return self.record.titled(self.issue)

    @property
    def is_live(self) -> bool:
        """Whether it still has a turn or a copy."""
        return self.state in (self.State.WAITING, self.State.READY)
