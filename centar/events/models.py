from __future__ import annotations

import secrets
import uuid
from datetime import datetime

from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from centar.audit.models import Revised
from centar.events import kinds
from centar.people.models import Person, User
from centar.script.expressions import Fold
from centar.script.fields import MendedCharField, MendedTextField


class EventQuerySet(models.QuerySet["Event"]):
    """The vocabulary of events."""

    def published(self) -> EventQuerySet:
        """Everything the public may see, cancelled events included."""
        return self.exclude(state=Event.State.DRAFT)

    def visible_to(self, user: object) -> EventQuerySet:
        """Published events; drafts too for those who may change events."""
        if isinstance(user, User) and user.has_perm("events.view_event"):
            return self
        return self.published()

    def coming(self, now: datetime) -> EventQuerySet:
        """Events that have not ended."""
        return self.filter(ends_at__gt=now)

    def with_seats(self) -> EventQuerySet:
        """Events whose `held` and `waiting` are counted, in SQL."""
        return self.annotate(
            held_count=Count("bookings", filter=Q(bookings__state__in=Booking.HOLDING)),
            waiting_count=Count("bookings", filter=Q(bookings__state=Booking.State.WAITING)),
        )


class Event(Revised):
    """Something with days, places and a queue. A domain app gives it its meaning."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        OPEN = "open", _("published")
        CLOSED = "closed", _("registration closed")
        CANCELLED = "cancelled", _("cancelled")

    uid = models.UUIDField(_("calendar identity"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=30, editable=False)
    title = MendedCharField(_("title"), max_length=250)
    state = models.CharField(
        _("state"), max_length=12, choices=State, default=State.DRAFT, editable=False
    )
    place = MendedCharField(_("place"), max_length=200, blank=True)
    address = MendedCharField(
        _("address"), max_length=200, blank=True, help_text=_("For the link to a map.")
    )
    online_link = models.URLField(
        _("link for taking part online"),
        blank=True,
        help_text=_("Shown only to those who have a place."),
    )
    capacity = models.PositiveIntegerField(
        _("places"), null=True, blank=True, help_text=_("Empty when there is no limit.")
    )
    minimum = models.PositiveIntegerField(
        _("smallest group"), default=0, help_text=_("Staff are warned while there are fewer.")
    )
    registration_opens_at = models.DateTimeField(
        _("registration opens"),
        null=True,
        blank=True,
        help_text=_("Empty to open at publication."),
    )
    registration_closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)
    withdraw_until = models.DateTimeField(
        _("withdrawing is possible until"),
        null=True,
        blank=True,
        help_text=_("Empty for the moment when registration closes."),
    )
    offer_hours = models.PositiveSmallIntegerField(
        _("hours to answer an offer"),
        default=48,
        help_text=_("How long a freed place is held for the next person in the queue."),
    )
    max_overtakes = models.PositiveSmallIntegerField(
        _("how many times a group may be overtaken"),
        default=3,
        help_text=_("A group that wants to come together lets smaller ones pass this many times."),
    )
    reminder_days = models.PositiveSmallIntegerField(_("days before for the reminder"), default=2)
    asks_birth = models.BooleanField(
        _("ask for date and place of birth"),
        default=False,
        help_text=_("Only when a certificate will need them."),
    )
    folded = models.GeneratedField(
        expression=Fold("title"), output_field=models.TextField(), db_persist=True
    )
    # First and last meeting, kept by operations.schedule so that lists need no join.
    starts_at = models.DateTimeField(_("starts"), null=True, editable=False)
    ends_at = models.DateTimeField(_("ends"), null=True, editable=False)
    # SEQUENCE of RFC 5545: raised when subscribers' calendars must change.
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(_("last change for calendars"), default=timezone.now)
    # Raised by the database whenever a booking is made or changes its state; caches read it.
    seats_changes = models.PositiveIntegerField(default=0, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed that it runs"), null=True, editable=False)
    confirmed_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", editable=False
    )
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, editable=False)
    cancelled_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", editable=False
    )
    cancel_reason = MendedTextField(_("reason for cancelling"), blank=True, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("starts_at", "pk")
        indexes = (
            models.Index(fields=("kind", "state", "starts_at"), name="events_by_kind_and_day"),
            models.Index(fields=("ends_at",), name="events_by_end"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(starts_at=None, ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="events_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled", cancelled_at__isnull=False)
                | (~Q(state="cancelled") & Q(cancelled_at=None, cancel_reason="")),
                name="events_cancelled_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(starts_at__isnull=False),
                name="events_published_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(registration_opens_at=None)
                | Q(registration_closes_at=None)
                | Q(registration_closes_at__gt=F("registration_opens_at")),
                name="events_registration_closes_after_opening",
                violation_error_message=_("Registration must close after it opens."),
            ),
            models.CheckConstraint(
                condition=Q(offer_hours__gt=0), name="events_offer_lasts_some_time"
            ),
        )

    def __str__(self) -> str:
        if self.starts_at is None:
            return self.title
        return f"{self.title}, {timezone.localtime(self.starts_at):%d.%m.%Y.}"

    def get_absolute_url(self) -> str:
        """The public page of the domain object behind this event."""
        return kinds.get(self.kind).page(self)

    @property
    def held(self) -> int:
        """Places taken: placed, or offered and not yet answered. Needs `with_seats()`."""
        count: int = self.held_count  # type: ignore[attr-defined]
        return count

    @property
    def waiting(self) -> int:
        """How many people wait. Needs `with_seats()`."""
        count: int = self.waiting_count  # type: ignore[attr-defined]
        return count

    @property
    def is_full(self) -> bool:
        """Whether a newcomer would have to wait. Needs `with_seats()`."""
        return self.capacity is not None and (self.held >= self.capacity or self.waiting > 0)

    @property
    def withdrawable_until(self) -> datetime | None:
        """Until when a person may withdraw without asking the staff."""
        return self.withdraw_until or self.registration_closes_at or self.starts_at

    @cached_property
    def days(self) -> list[Meeting]:
        """Its meetings in order."""
        return list(self.meetings.all())


class Meeting(models.Model):
    """One day, or part of a day, of an event."""

    event = models.ForeignKey(
        Event, models.CASCADE, related_name="meetings", verbose_name=_("event")
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    place = MendedCharField(
        _("place"), max_length=200, blank=True, help_text=_("Only when it differs.")
    )

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ("starts_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="events_meeting_ends_after_start",
                violation_error_message=_("A meeting must end after it starts."),
            ),
        )

    def __str__(self) -> str:
        return f"{timezone.localtime(self.starts_at):%d.%m.%Y. %H:%M}"


class BookingGroup(models.Model):
    """People applied for together. The policy is chosen before they are booked."""

    class Policy(models.TextChoices):
        TOGETHER = "together", _("all together or nobody")
        SPLIT = "split", _("each alone")

    event = models.ForeignKey(Event, models.PROTECT, related_name="groups", verbose_name=_("event"))
    policy = models.CharField(_("policy"), max_length=10, choices=Policy)
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

    class State(models.TextChoices):
        PLACED = "placed", _("has a place")
        WAITING = "waiting", _("on the waiting list")
        OFFERED = "offered", _("offered a place")
        WITHDRAWN = "withdrawn", _("withdrawn")
        DECLINED = "declined", _("declined the offer")
        EXPIRED = "expired", _("offer expired")
        CANCELLED = "cancelled", _("event cancelled")

    LIVE = (State.PLACED, State.WAITING, State.OFFERED)
    HOLDING = (State.PLACED, State.OFFERED)
    ENDED = (State.WITHDRAWN, State.DECLINED, State.EXPIRED, State.CANCELLED)

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


def new_token() -> str:
    """A secret for an address that nobody can guess: 32 random bytes."""
    return secrets.token_urlsafe(32)


class CalendarToken(models.Model):
    """The secret in the address of a person's own calendar feed."""

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="calendar_tokens", verbose_name=_("person")
    )
    token = models.CharField(_("token"), max_length=64, unique=True, default=new_token)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        constraints = (
            models.UniqueConstraint(
                fields=("person",),
                condition=Q(revoked_at=None),
                name="events_one_live_calendar_address",
            ),
        )

    def __str__(self) -> str:
        return str(self.person)
