from __future__ import annotations

from datetime import date

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centar.audit.models import Revised
from centar.documents.models import Document
from centar.events.models import Booking
from centar.people.models import User
from centar.script.fields import MendedCharField
from trainings.models.seminars import Seminar


class IssuingSettings(Revised):
    """What stands on certificates from a day on: who issues them and who is authorised."""

    valid_from = models.DateField(_("valid from"), unique=True)
    organiser = MendedCharField(
        _("organiser"), max_length=250, help_text=_("The institution's full name, as in its seal.")
    )
    seat = MendedCharField(_("seat"), max_length=100, help_text=_("The place of issue."))
    authorised_person = MendedCharField(_("authorised person"), max_length=150)
    authorised_title = MendedCharField(_("title of the authorised person"), max_length=100)

    class Meta:
        verbose_name = _("particulars of certificates")
        verbose_name_plural = _("particulars of certificates")
        ordering = ("-valid_from",)

    def __str__(self) -> str:
        return f"{self.authorised_person}, {self.valid_from:%d.%m.%Y.}"

    @classmethod
    def on(cls, day: date) -> IssuingSettings | None:
        """Those in force on a day."""
        return cls.objects.filter(valid_from__lte=day).order_by("-valid_from").first()


class Certificate(models.Model):
    """That a participant has earned hours and points; its paper is the document."""

    booking = models.ForeignKey(
        Booking, models.PROTECT, related_name="certificates", verbose_name=_("booking")
    )
    document = models.OneToOneField(
        Document, models.PROTECT, related_name="certificate", verbose_name=_("document")
    )
    hours = models.PositiveSmallIntegerField(_("hours"))
    points = models.DecimalField(
        _("points"), max_digits=5, decimal_places=1, validators=[MinValueValidator(0)]
    )
    ended_at = models.DateTimeField(
        _("invalid since"), null=True, editable=False, help_text=_("Revoked or replaced.")
    )

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("booking",),
                condition=Q(ended_at=None),
                name="trainings_one_valid_certificate",
            ),
            models.CheckConstraint(
                condition=Q(points__gte=0), name="trainings_certificate_not_negative"
            ),
        )

    def __str__(self) -> str:
        return str(self.document)


class CertificateBatch(models.Model):
    """Certificates for all participants of a seminar, made by the worker one after another."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting for the worker")
        RUNNING = "running", _("being issued")
        PRINTING = "printing", _("being printed")
        DONE = "done", _("done")

    # What may follow what; a batch whose worker died is taken up in the state it was left in.
    FOLLOWING = {
        State.QUEUED: State.RUNNING,
        State.RUNNING: State.PRINTING,
        State.PRINTING: State.DONE,
    }

    seminar = models.ForeignKey(
        Seminar, models.PROTECT, related_name="certificate_batches", verbose_name=_("seminar")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.QUEUED, editable=False
    )
    total = models.PositiveIntegerField(_("participants"), editable=False)
    issued = models.PositiveIntegerField(_("issued"), default=0, editable=False)
    refused = models.PositiveIntegerField(_("refused"), default=0, editable=False)
    created_at = models.DateTimeField(_("ordered"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("ordered by"),
    )
    # Moves with every certificate; one that stood still lost its worker.
    moved_at = models.DateTimeField(_("last moved"), default=timezone.now, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, editable=False)
    # All its certificates in one file, kept until the next batch of the seminar.
    print = models.BinaryField(null=True, editable=False)

    class Meta:
        verbose_name = _("batch of certificates")
        verbose_name_plural = _("batches of certificates")
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("seminar",),
                condition=~Q(state="done"),
                name="trainings_one_batch_at_work",
            ),
            models.CheckConstraint(
                condition=Q(state="done", finished_at__isnull=False)
                | (~Q(state="done") & Q(finished_at=None)),
                name="trainings_done_batch_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(total__gte=F("issued") + F("refused")),
                name="trainings_batch_counts_add_up",
            ),
        )

    def __str__(self) -> str:
        return f"{self.seminar}: {self.issued + self.refused} / {self.total}"


class BatchEntry(models.Model):
    """One participant of a batch, and what came of it. Nobody is done twice."""

    batch = models.ForeignKey(
        CertificateBatch, models.CASCADE, related_name="entries", verbose_name=_("batch")
    )
    booking = models.ForeignKey(
        Booking, models.PROTECT, related_name="+", verbose_name=_("booking")
    )
    certificate = models.ForeignKey(
        Certificate, models.PROTECT, null=True, related_name="+", verbose_name=_("certificate")
    )
    reason = models.TextField(_("reason of the refusal"), blank=True)
    done_at = models.DateTimeField(_("done"), null=True)

    class Meta:
        verbose_name = _("participant of a batch")
        verbose_name_plural = _("participants of a batch")
        constraints = (
            models.UniqueConstraint(fields=("batch", "booking"), name="trainings_once_in_a_batch"),
            models.CheckConstraint(
                condition=Q(done_at=None, certificate=None, reason="")
                | Q(done_at__isnull=False, certificate__isnull=False, reason="")
                | (Q(done_at__isnull=False, certificate=None) & ~Q(reason="")),
                name="trainings_entry_is_issued_or_refused",
            ),
        )

    def __str__(self) -> str:
        return str(self.booking)
