from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from centar.audit.models import Revised
from centar.events import kinds
from centar.events.models.booking_states import HOLDING, BookingState
from centar.people.models import User
from centar.script import columns
from centar.script.fields import MendedCharField, MendedTextField


class Booked(models.Func):
    """How many bookings of an event are in one of these states, for queries of events.

    A count of its own instead of a join: nothing has to be grouped by every column shown.
    """

    template = (
        "(SELECT count(*) FROM events_booking AS booked"
        " WHERE booked.event_id = %(expressions)s AND booked.state IN (%(states)s))"
    )
    output_field = models.IntegerField()

    def __init__(self, key: str, *, states: Iterable[str]) -> None:
        super().__init__(key, states=", ".join(f"'{state}'" for state in states))


MEETINGS = "SELECT * FROM events_meeting WHERE event_id = %s ORDER BY starts_at, id"
DAYS: models.Prefetch[str] = models.Prefetch("meetings", to_attr="days")


class EventQuerySet(models.QuerySet["Event"]):
    """The vocabulary of events."""

    def published(self) -> EventQuerySet:
        """Everything the public may see, cancelled events included."""
        return self.exclude(state=Event.State.DRAFT)

    def visible_to(self, user: object) -> EventQuerySet:
        """Published events; drafts too for those who may change events."""
        # Only the back office's people are asked about permissions: it costs two queries.
        if isinstance(user, User) and user.is_staff and user.has_perm("events.view_event"):
            return self
        return self.published()

    def coming(self, now: datetime) -> EventQuerySet:
        """Events that have not ended."""
        return self.filter(ends_at__gt=now)

    def with_seats(self) -> EventQuerySet:
        """Events whose `held` and `waiting` are counted, in SQL."""
        return self.annotate(
            held_count=Booked("pk", states=HOLDING),
            waiting_count=Booked("pk", states=[BookingState.WAITING]),
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
    place = MendedCharField(
        _("town"), max_length=200, blank=True, help_text=_("Empty for an event that is online.")
    )
    address = MendedCharField(
        _("building and street"),
        max_length=200,
        blank=True,
        help_text=_("Without the town; it also serves the link to a map."),
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
    folded = columns.folded("title")
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
                condition=Q(starts_at=None, ends_at=None)
                | Q(starts_at__isnull=False, ends_at__isnull=False, ends_at__gt=F("starts_at")),
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
    def whole_address(self) -> str:
        """Building, street and town in one line; empty for an event that is online."""
        return ", ".join(part for part in (self.address, self.place) if part)

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
        """Its meetings in order; queries of many events fetch them all with DAYS."""
        # By hand, since every page of an event asks for it: a third of what a queryset takes.
        return list(Meeting.objects.raw(MEETINGS, [self.pk]))


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

    @property
    def minutes(self) -> int:
        """How long it lasts, in whole minutes, at least one."""
        return max(1, int((self.ends_at - self.starts_at).total_seconds()) // 60)
