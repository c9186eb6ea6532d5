from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from centar.documents.models import Document
from centar.events.models import Booking, BookingGroup
from centar.people.models import Person, User
from centar.schools.models import School


class ProformaQuerySet(models.QuerySet["Proforma"]):
    """The vocabulary of pro-forma invoices."""

    def live(self) -> ProformaQuerySet:
        """Those that still ask for money."""
        return self.filter(ended_at=None)

    def unpaid(self) -> ProformaQuerySet:
        """Those still asking, of which something is open."""
        return self.live().filter(paid__lt=F("amount"))

    def overdue(self, today: date) -> ProformaQuerySet:
        """Unpaid after their last day."""
        return self.unpaid().filter(due_on__lt=today)

    def overpaid(self) -> ProformaQuerySet:
        """Those with more money than is owed, ended ones included."""
        return self.filter(paid__gt=F("amount"))

    def visible_to(self, user: object) -> ProformaQuerySet:
        """Those for one's own bookings, and for the schools that one coordinates."""
        if not isinstance(user, User):
            return self.none()
        coordinated = School.objects.filter(
            coordinations__person__user=user, coordinations__ended_at=None
        )
        return self.filter(Q(booking__person__user=user) | Q(school__in=coordinated))


class Proforma(models.Model):
    """A sum asked for by a paper: of one booking, or of all whom a school pays for in a group.

    `document` is the paper that counts now; when people change before anything is paid, it is
    replaced, while the reference stays: whoever pays by the older slip is found all the same.
    `amount` is what is owed now and `paid` what has come, in dinars; both are kept by operations.
    """

    class Standing(models.TextChoices):
        UNPAID = "unpaid", _("not paid")
        PARTLY = "partly", _("partly paid")
        PAID = "paid", _("paid")
        OVERPAID = "overpaid", _("overpaid")
        ENDED = "ended", _("no longer owed")

    document = models.OneToOneField(
        Document, models.PROTECT, related_name="proforma", verbose_name=_("document")
    )
    booking = models.ForeignKey(
        Booking,
        models.PROTECT,
        null=True,
        related_name="proformas",
        verbose_name=_("booking"),
    )
    group = models.ForeignKey(
        BookingGroup,
        models.PROTECT,
        null=True,
        related_name="proformas",
        verbose_name=_("application of a school"),
    )
    school = models.ForeignKey(
        School,
        models.PROTECT,
        null=True,
        related_name="proformas",
        verbose_name=_("school that pays"),
    )
    payer = models.CharField(_("payer"), max_length=310)
    payer_folded = models.CharField(max_length=310, editable=False)
    reference = models.CharField(_("reference (model 97)"), max_length=25, unique=True)
    reference_key = models.CharField(max_length=25, unique=True, editable=False)
    amount = models.DecimalField(_("owed (RSD)"), max_digits=12, decimal_places=2)
    paid = models.DecimalField(_("paid (RSD)"), max_digits=12, decimal_places=2, default=0)
    due_on = models.DateField(_("to be paid by"))
    invoice_number = models.CharField(
        _("number in the e-invoice system"),
        max_length=60,
        blank=True,
        help_text=_("For schools; written here when the invoice is sent there."),
    )
    reminded_at = models.DateTimeField(_("reminded"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)

    objects = ProformaQuerySet.as_manager()

    class Meta:
        verbose_name = _("pro-forma invoice")
        verbose_name_plural = _("pro-forma invoices")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(booking=None, group__isnull=False)
                | Q(booking__isnull=False, group=None),
                name="trainings_proforma_for_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0, paid__gte=0), name="trainings_proforma_not_negative"
            ),
            models.UniqueConstraint(
                fields=("booking",),
                condition=Q(ended_at=None),
                name="trainings_one_live_proforma_of_a_booking",
            ),
            models.UniqueConstraint(
                fields=("group",),
                condition=Q(ended_at=None),
                name="trainings_one_live_proforma_of_a_group",
            ),
        )
        indexes = (
            models.Index(
                fields=("due_on",), condition=Q(ended_at=None), name="trainings_proforma_due"
            ),
        )

    def __str__(self) -> str:
        return f"{self.document.register_number}, {self.payer}"

    @property
    def standing(self) -> Proforma.Standing:
        """Where it stands, from what is owed and what has come."""
        if self.paid > self.amount:
            return self.Standing.OVERPAID
        if self.ended_at is not None:
            return self.Standing.ENDED
        if self.paid == self.amount:
            return self.Standing.PAID
        return self.Standing.PARTLY if self.paid else self.Standing.UNPAID

    @property
    def open(self) -> Decimal:
        """What is still to be paid, in dinars; nothing once it has ended or is paid in full."""
        if self.ended_at is not None:
            return Decimal(0)
        return max(self.amount - self.paid, Decimal(0))


class Charge(models.Model):
    """What one booking owes, as it was when the pro-forma invoice was issued.

    Until then the fee is counted from the seminar and the exceptions of the day on which the
    person got the place. It is frozen with the paper and not with the place, because only the
    paper is a promise to anybody: staff who correct a fee before that correct it for everybody.
    Nothing to pay has no row. When somebody takes the place over, the charge goes with it.
    """

    booking = models.OneToOneField(
        Booking, models.PROTECT, related_name="charge", verbose_name=_("booking")
    )
    proforma = models.ForeignKey(
        Proforma, models.PROTECT, related_name="charges", verbose_name=_("pro-forma invoice")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="charges", verbose_name=_("asked for")
    )
    amount = models.DecimalField(_("owed (RSD)"), max_digits=10, decimal_places=2)
    full_fee = models.DecimalField(_("full fee (RSD)"), max_digits=10, decimal_places=2)
    reason = models.CharField(_("why it differs"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("charge")
        verbose_name_plural = _("charges")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="trainings_charge_over_zero"),
        )

    def __str__(self) -> str:
        return f"{self.booking}: {self.amount}"
