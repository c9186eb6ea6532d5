from __future__ import annotations

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from centar.audit.models import Revised
from centar.people.models import Person
from centar.schools.models import Municipality
from centar.script.fields import MendedCharField
from trainings.models.seminars import Seminar
from trainings.payments import accounts

PAYMENT_CODE = RegexValidator(r"^[12][0-9]{2}\Z", _("A payment code has three digits."))


class PaymentSettings(Revised):
    """Who is paid, how, and until when: the one row that the staff keep."""

    ONLY = 1

    key = models.PositiveSmallIntegerField(unique=True, default=ONLY, editable=False)
    payee = MendedCharField(_("name of the payee"), max_length=70)
    address = MendedCharField(_("address"), max_length=120)
    place = MendedCharField(_("place"), max_length=60)
    pib = models.CharField(_("PIB"), max_length=9, validators=[accounts.check_pib])
    account = models.CharField(
        _("account"),
        max_length=30,
        validators=[accounts.check_account],
        help_text=_("Such as 840-955845-10; its check digits are checked."),
    )
    reference_prefix = models.CharField(
        _("beginning of a reference"),
        max_length=8,
        blank=True,
        validators=[RegexValidator(r"^[0-9]*\Z", _("Only digits."))],
        help_text=_("Digits that a budget user must begin with; the year and the number follow."),
    )
    reference_digits = models.PositiveSmallIntegerField(
        _("digits of the number"),
        default=6,
        validators=[MinValueValidator(3), MaxValueValidator(9)],
        help_text=_("The register number is filled up with zeros to so many digits."),
    )
    code_person = models.CharField(
        _("payment code of persons"), max_length=3, default="289", validators=[PAYMENT_CODE]
    )
    code_school = models.CharField(
        _("payment code of schools"), max_length=3, default="221", validators=[PAYMENT_CODE]
    )
    purpose = MendedCharField(_("purpose"), max_length=35, default="Котизација за семинар")
    payment_days = models.PositiveSmallIntegerField(
        _("days to pay"), default=8, validators=[MinValueValidator(1), MaxValueValidator(365)]
    )
    issues_by_itself = models.BooleanField(
        _("issue without being asked"),
        default=False,
        help_text=_("A pro-forma invoice is sent to everybody who gets a place with a fee."),
    )
    offers_unpaid_on = models.BooleanField(
        _("offer unpaid places on"),
        default=False,
        help_text=_("After the reminder and the days below, the place goes to the queue."),
    )
    days_after_reminder = models.PositiveSmallIntegerField(
        _("days after the reminder"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )

    class Meta:
        verbose_name = _("settings of payment")
        verbose_name_plural = _("settings of payment")
        constraints = (
            models.CheckConstraint(condition=Q(key=1), name="trainings_one_payment_settings"),
        )

    def __str__(self) -> str:
        return f"{self.payee}, {self.account}"

    def reference_body(self, year: int, number: int) -> str:
        """The body of the reference for a register number, by the staff's template."""
        return f"{self.reference_prefix}{year}{number:0{self.reference_digits}}"


class FeeRule(Revised):
    """An exception from the fee, from one day to another. Empty conditions hold for everybody.

    Where several rules hold, the one most favourable to the person wins: nobody must know an
    order of rules to say what somebody owes, and a new rule never takes a benefit away.
    """

    class Kind(models.TextChoices):
        FREE = "free", _("free of charge")
        PERCENT = "percent", _("pays a percentage")
        AMOUNT = "amount", _("pays an amount")

    name = MendedCharField(
        _("name"), max_length=120, help_text=_("Shown as the reason on the pro-forma invoice.")
    )
    kind = models.CharField(_("what is paid"), max_length=10, choices=Kind, default=Kind.FREE)
    value = models.DecimalField(
        _("percentage, or amount in RSD"),
        max_digits=10,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(Decimal(0))],
    )
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("municipality of the school"),
    )
    post = models.CharField(_("post"), max_length=30, choices=Person.Post, blank=True)
    seminar = models.ForeignKey(
        Seminar,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="fee_rules",
        verbose_name=_("seminar"),
        help_text=_("Empty for all seminars."),
    )
    starts_on = models.DateField(
        _("from"), help_text=_("The day on which the person got the place counts.")
    )
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("exception from the fee")
        verbose_name_plural = _("exceptions from the fee")
        ordering = ("-starts_on", "name")
        constraints = (
            models.CheckConstraint(
                condition=Q(value__gte=0), name="trainings_fee_rule_not_negative"
            ),
            models.CheckConstraint(
                condition=~Q(kind="percent") | Q(value__lte=100),
                name="trainings_fee_rule_at_most_whole",
                violation_error_message=_("A percentage is at most 100."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="trainings_fee_rule_ends_after_start",
                violation_error_message=_("The last day is before the first."),
            ),
        )

    def __str__(self) -> str:
        return self.name
