from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centar.documents import kinds
from centar.people.models import Person, User

# Without letters and digits that are read for one another (0 O, 1 I L).
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 20
"""Nearly 100 bits: nobody finds a document by trying."""

VIEW = "documents.view_document"


def new_code() -> str:
    """A code under which one document is verified, not to be guessed."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


class Register(models.Model):
    """The last number given in a year to a kind of document; its lock leaves no gaps."""

    kind = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("kind", "year"), name="documents_one_register"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"


class DocumentQuerySet(models.QuerySet["Document"]):
    """The vocabulary of documents."""

    def readable_by(self, user: User) -> DocumentQuerySet:
        """One's own papers that are valid; for the back office all."""
        if user.is_staff and user.has_perm(VIEW):
            return self
        return self.filter(person__user=user, revoked_at=None)


class Document(models.Model):
    """A paper as it was issued. It is never changed or deleted: it is revoked or replaced."""

    class Proof(models.TextChoices):
        REGISTER = "register", _("entry in the register")
        OWN_KEY = "own_key", _("signature by a key that the Centre made itself")
        CERTIFIED_KEY = "certified_key", _("signature by a key that an authority certified")

    kind = models.CharField(_("kind"), max_length=30)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    code = models.CharField(_("verification code"), max_length=24, unique=True, default=new_code)
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("person"),
    )
    content = models.JSONField(_("content"), help_text=_("All that is printed on it."))
    proof = models.CharField(
        _("proof of being genuine"), max_length=15, choices=Proof, default=Proof.REGISTER
    )
    issued_at = models.DateTimeField(_("issued"), default=timezone.now)
    issued_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("issued by")
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    revoked_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("revoked by")
    )
    revoke_reason = models.TextField(_("reason of revoking"), blank=True)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        related_name="replaced_by",
        verbose_name=_("replaces"),
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("issued document")
        verbose_name_plural = _("issued documents")
        ordering = ("-year", "kind", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "year", "number"), name="documents_one_of_a_number"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoke_reason="")
                | (Q(revoked_at__isnull=False) & ~Q(revoke_reason="")),
                name="documents_revoked_has_its_reason",
            ),
        )

    def __str__(self) -> str:
        return self.register_number

    @property
    def register_number(self) -> str:
        """The number as it is printed: „У-12/2026“."""
        return f"{kinds.get(self.kind).prefix}-{self.number}/{self.year}"

    @property
    def is_valid(self) -> bool:
        """Whether the paper still counts."""
        return self.revoked_at is None

    @property
    def is_signed(self) -> bool:
        """Whether its PDF bears an electronic signature."""
        return self.proof != self.Proof.REGISTER

    @property
    def printed_code(self) -> str:
        """The verification code in groups of five, as it is read from paper."""
        groups = range(0, len(self.code), 5)
        return "-".join(self.code[start : start + 5] for start in groups)

    @property
    def verification_path(self) -> str:
        """Where whoever has the paper in hand sees whether it is genuine."""
        return reverse("documents:verification", args=[self.code])

    @property
    def pdf_path(self) -> str:
        """Where its owner and the back office get the PDF."""
        return reverse("documents:pdf", args=[self.pk])


class SignedPaper(models.Model):
    """The PDF of a document with its signature. A signature cannot be made a second time."""

    document = models.OneToOneField(
        Document,
        models.PROTECT,
        primary_key=True,
        related_name="signed_paper",
        verbose_name=_("document"),
    )
    pdf = models.BinaryField()
    signed_at = models.DateTimeField(_("signed"), default=timezone.now)

    class Meta:
        verbose_name = _("signed paper")
        verbose_name_plural = _("signed papers")

    def __str__(self) -> str:
        return str(self.document)
