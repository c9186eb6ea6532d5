from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centar.audit.models import Revised
from centar.people.models import User
from trainings.models.proformas import Proforma
from trainings.payments import amounts


class StatementFormat(Revised):
    """Which column of a bank's CSV holds what; known again by the row of headings."""

    name = models.CharField(_("name"), max_length=80)
    header = models.TextField(_("headings"), unique=True, editable=False)
    columns = models.JSONField(
        _("columns"), help_text=_("The number of the column, from 0, for each thing that is read.")
    )

    class Meta:
        verbose_name = _("columns of a bank")
        verbose_name_plural = _("columns of banks")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Statement(models.Model):
    """A bank statement as a file: first only looked at, then counted once it is confirmed."""

    class Kind(models.TextChoices):
        CAMT = "camt", "CAMT.053"
        CSV = "csv", "CSV"

    file_name = models.CharField(_("file"), max_length=200)
    kind = models.CharField(_("format"), max_length=5, choices=Kind)
    # Forgotten when the statement is counted: its rows are then kept one by one.
    content = models.BinaryField(null=True)
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now)
    uploaded_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    confirmed_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("confirmed by")
    )
    repeated = models.PositiveIntegerField(_("rows counted before"), default=0)
    outgoing = models.PositiveIntegerField(_("outgoing payments left out"), default=0)

    class Meta:
        verbose_name = _("bank statement")
        verbose_name_plural = _("bank statements")
        ordering = ("-uploaded_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(confirmed_at=None, content__isnull=False)
                | Q(confirmed_at__isnull=False, content=None),
                name="trainings_statement_waits_or_is_counted",
            ),
        )

    def __str__(self) -> str:
        return self.file_name


class StatementRow(models.Model):
    """One incoming payment of a statement. Its fingerprint lets it be counted only once.

    A row that looks like one that was counted from another file (`alike`) is held: it counts only
    when somebody says that it is another payment. `assigned` is how much of a counted row pays
    for something, in dinars; while anything is left, nobody knows yet what that was for.
    """

    class Outcome(models.TextChoices):
        MATCHED = "matched", _("matched")
        PARTLY = "partly", _("partly paid")
        OVERPAID = "overpaid", _("overpaid")
        UNKNOWN = "unknown", _("unknown")
        HELD = "held", _("perhaps counted before")
        REPEATED = "repeated", _("counted before")

    NOT_COUNTED = (Outcome.HELD, Outcome.REPEATED)

    statement = models.ForeignKey(
        Statement, models.PROTECT, related_name="rows", verbose_name=_("bank statement")
    )
    fingerprint = models.CharField(max_length=64, unique=True, editable=False)
    booked_on = models.DateField(_("day"))
    amount = models.DecimalField(_("amount (RSD)"), max_digits=15, decimal_places=2)
    payer = models.CharField(_("payer"), max_length=200, blank=True)
    payer_account = models.CharField(_("account of the payer"), max_length=40, blank=True)
    reference = models.CharField(_("reference"), max_length=80, blank=True)
    purpose = models.CharField(_("purpose"), max_length=300, blank=True)
    bank_reference = models.CharField(_("the bank's number"), max_length=80, blank=True)
    account = models.CharField(_("account that it came to"), max_length=40, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    assigned = models.DecimalField(
        _("paid for something (RSD)"), max_digits=15, decimal_places=2, default=0
    )
    alike = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="repetitions",
        verbose_name=_("looks the same as"),
    )

    class Meta:
        verbose_name = _("row of a statement")
        verbose_name_plural = _("rows of statements")
        ordering = ("-booked_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="trainings_statement_row_over_zero"
            ),
            models.CheckConstraint(
                condition=Q(outcome="unknown", assigned__gte=0, assigned__lt=F("amount"))
                | Q(outcome__in=("held", "repeated"), assigned=0, alike__isnull=False)
                | Q(outcome__in=("matched", "partly", "overpaid"), assigned=F("amount")),
                name="trainings_statement_row_fits_its_outcome",
            ),
        )
        indexes = (
            models.Index(
                fields=("booked_on",),
                condition=Q(outcome__in=("unknown", "held")),
                name="trainings_rows_to_settle",
            ),
            models.Index(fields=("booked_on", "amount"), name="trainings_rows_of_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.booked_on:%d.%m.%Y.}: {amounts.written(self.amount)} {self.payer}".strip()

    @property
    def rest(self) -> Decimal:
        """What is left of it without an invoice, in dinars; nothing of one that is not counted."""
        return Decimal(0) if self.outcome in self.NOT_COUNTED else self.amount - self.assigned


class Payment(models.Model):
    """That a row of a statement, or a part of it, pays for a pro-forma invoice.

    Undone ones stay with the reason. What the parts of a row come to is kept with the row, where
    the database sees to it that they are never more than the whole.
    """

    row = models.ForeignKey(
        StatementRow, models.PROTECT, related_name="payments", verbose_name=_("row")
    )
    proforma = models.ForeignKey(
        Proforma, models.PROTECT, related_name="payments", verbose_name=_("pro-forma invoice")
    )
    amount = models.DecimalField(_("amount (RSD)"), max_digits=15, decimal_places=2)
    matched_at = models.DateTimeField(_("matched"), default=timezone.now)
    matched_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("matched by")
    )
    by_hand = models.BooleanField(_("matched by hand"), default=False)
    undone_at = models.DateTimeField(_("undone"), null=True)
    undone_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("undone by")
    )
    undo_reason = models.TextField(_("reason of undoing"), blank=True)

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("row", "proforma"),
                condition=Q(undone_at=None),
                name="trainings_one_live_part_for_an_invoice",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="trainings_payment_over_zero"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undo_reason="")
                | (Q(undone_at__isnull=False) & ~Q(undo_reason="")),
                name="trainings_undone_has_its_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.amount} → {self.proforma}"
