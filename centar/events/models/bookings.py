from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centar.audit.models import Revised
from centar.events.models.booking_states import ENDED, HOLDING, LIVE, BookingState
from centar.events.models.events import Event
from centar.people.models import Person, User
from centar.schools.models import School
from centar.script.fields import MendedTextField


class BookingGroup(models.Model):
    """People applied for together. The policy is chosen before they are booked."""

    class Policy(models.TextChoices):
        TOGETHER = "together", _("all together or nobody")
        SPLIT = "split", _("each alone")

    event = models.ForeignKey(Event, models.PROTECT, related_name="groups", verbose_name=_("event"))
    policy = models.CharField(_("policy"), max_length=10, choices=Policy)
    school = models.ForeignKey(
        School,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="booking_groups",
        verbose_name=_("school"),
        help_text=_("The school whose coordinator applied for its people."),
    )
    overtaken = models.PositiveSmallIntegerField(_("overtaken so many times"), default=0)
    created_at = models.DateTimeField(_("applied"), default=timezone.now)
    created_by = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        related_name="booking_groups",
        verbose_name=_("applied by"),
    )

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")

    def __str__(self) -> str:
        return f"{self.event}: {self.get_policy_display()}"


class BookingQuerySet(models.QuerySet["Booking"]):
    """The vocabulary of bookings."""

    def live(self) -> BookingQuerySet:
        """Placed, waiting or offered."""
        return self.filter(state__in=Booking.LIVE)

    def holding(self) -> BookingQuerySet:
        """Those that hold a seat: placed, or offered and not yet answered."""
        return self.filter(state__in=Booking.HOLDING)

    def queue(self) -> BookingQuerySet:
        """The waiting list in its order."""
        return self.filter(state=Booking.State.WAITING).order_by("queued_at", "pk")

    def of(self, user: object) -> BookingQuerySet:
        """The bookings of this user's own person."""
        return self.filter(person__user=user) if isinstance(user, User) else self.none()


class Booking(Revised):
    """One person's place, turn or offer at one event. Ended bookings stay as history."""

    State = BookingState
    LIVE = LIVE
    HOLDING = HOLDING
    ENDED = ENDED

    class Payer(models.TextChoices):
        PERSON = "person", _("the participant")
        SCHOOL = "school", _("the school")

    event = models.ForeignKey(
        Event, models.PROTECT, related_name="bookings", verbose_name=_("event")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="bookings", verbose_name=_("person")
    )
    group = models.ForeignKey(
        BookingGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bookings",
        verbose_name=_("group"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, editable=False)
    created_at = models.DateTimeField(_("registered"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("registered by"),
    )
    # The turn in the queue; equals created_at unless staff moved the booking with a reason.
    queued_at = models.DateTimeField(_("turn in the queue"), editable=False)
    offered_at = models.DateTimeField(_("offered"), null=True, editable=False)
    offered_until = models.DateTimeField(_("offer lasts until"), null=True, editable=False)
    placed_at = models.DateTimeField(_("placed"), null=True, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)
    ended_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", editable=False)
    payer = models.CharField(
        _("who pays"), max_length=10, choices=Payer, default=Payer.PERSON, editable=False
    )
    note = MendedTextField(
        _("note to the Centre"), blank=True, max_length=500, help_text=_("Optional.")
    )

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ("-created_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("event", "person"),
                condition=Q(state__in=("placed", "waiting", "offered")),
                name="events_one_live_booking",
            ),
            models.CheckConstraint(
                condition=Q(state="offered", offered_until__isnull=False)
                | (~Q(state="offered") & Q(offered_until=None)),
                name="events_offer_has_its_end",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=("withdrawn", "declined", "expired", "cancelled"),
                    ended_at__isnull=False,
                )
                | (Q(state__in=("placed", "waiting", "offered")) & Q(ended_at=None, ended_by=None)),
                name="events_ended_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="placed") | Q(placed_at__isnull=False),
                name="events_placed_has_its_moment",
            ),
        )
        indexes = (
            models.Index(fields=("event", "state", "queued_at"), name="events_queue"),
            models.Index(
                fields=("offered_until",), condition=Q(state="offered"), name="events_offers"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} – {self.event}"

    @property
    def is_live(self) -> bool:
        """Whether it still holds a place, a turn or an offer."""
        return self.state in self.LIVE
