from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centar.audit.models import OneRow, Revised
from centar.people.models import Person
from centar.script.fields import MendedCharField, MendedTextField
from library.models.records import Record


class MemberKind(models.TextChoices):
    """Who borrows; how much and for how long is said by the rules of lending."""

    TEACHER = "teacher", _("teacher")
    PUPIL = "pupil", _("pupil")
    STAFF = "staff", _("employee of the Centre")
    OTHER = "other", _("other")


class LendingRule(Revised):
    """How many things, for how many days, how often renewed: for a kind of member and of thing.

    An empty kind stands for any. The rule of the member's kind goes before that of the thing's.
    """

    member_kind = models.CharField(
        _("kind of member"),
        max_length=10,
        choices=MemberKind,
        blank=True,
        help_text=_("Empty for all."),
    )
    record_kind = models.CharField(
        _("kind of material"),
        max_length=12,
        choices=Record.Kind,
        blank=True,
        help_text=_("Empty for all."),
    )
    items = models.PositiveSmallIntegerField(
        _("items at once"),
        default=3,
        help_text=_("Of this kind of material, or of all together where it is for all."),
    )
    days = models.PositiveSmallIntegerField(_("days"), default=21)
    renewals = models.PositiveSmallIntegerField(
        _("renewals"), default=1, help_text=_("While nobody waits for it.")
    )

    class Meta:
        verbose_name = _("rule of lending")
        verbose_name_plural = _("rules of lending")
        ordering = ("member_kind", "record_kind")
        constraints = (
            models.UniqueConstraint(
                fields=("member_kind", "record_kind"),
                name="library_one_rule_of_lending",
                violation_error_message=_("There is already a rule for these kinds."),
            ),
            models.CheckConstraint(
                condition=Q(days__gt=0, days__lte=3650), name="library_lending_has_days"
            ),
        )

    def __str__(self) -> str:
        member = self.get_member_kind_display() if self.member_kind else _("all members")
        material = self.get_record_kind_display() if self.record_kind else _("all material")
        return f"{member} – {material}"


class LendingTerms(OneRow):
    """The days of the library that are the same for everybody."""

    pickup_days = models.PositiveSmallIntegerField(
        _("days to fetch what is reserved"),
        default=5,
        help_text=_("Counted from the day on which a copy is put aside."),
    )
    notice_days = models.PositiveSmallIntegerField(
        _("days of notice"), default=3, help_text=_("So many days before the day of return.")
    )
    overdue_every = models.PositiveSmallIntegerField(
        _("days between letters about what is late"), default=7
    )
    overdue_letters = models.PositiveSmallIntegerField(
        _("letters about what is late"), default=3, help_text=_("So many, and then no more.")
    )
    place_and_hours = MendedTextField(
        _("where the library is and when it is open"),
        blank=True,
        max_length=500,
        help_text=_("Stands on the page of the library and in letters to readers."),
    )

    class Meta:
        verbose_name = _("terms of lending")
        verbose_name_plural = _("terms of lending")
        constraints = (
            models.CheckConstraint(condition=Q(id=1), name="library_one_row_of_terms"),
            models.CheckConstraint(
                condition=Q(pickup_days__gt=0, overdue_every__gt=0),
                name="library_terms_have_days",
            ),
        )


class Member(Revised):
    """A person who borrows. Pupils do with the consent of a guardian or through a teacher."""

    Kind = MemberKind

    person = models.OneToOneField(
        Person, models.PROTECT, related_name="library_member", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.TEACHER)
    card = models.CharField(_("card number"), max_length=40, unique=True)
    teacher = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible teacher"),
        help_text=_("For a pupil who borrows through a teacher."),
    )
    guardian_name = MendedCharField(_("parent or guardian"), max_length=160, blank=True)
    guardian_email = models.EmailField(_("e-mail of the parent or guardian"), blank=True)
    consent_on = models.DateField(
        _("consent given on"),
        null=True,
        blank=True,
        help_text=_("Of the parent or the responsible teacher, for a pupil."),
    )
    blocked_reason = MendedTextField(_("why not lent to"), blank=True, max_length=500)
    blocked_until = models.DateField(
        _("not lent to until"), null=True, blank=True, help_text=_("Empty: until further notice.")
    )
    keeps_history = models.BooleanField(_("wants a history of loans"), default=False)
    note = MendedTextField(_("note"), blank=True, max_length=500)
    joined_at = models.DateTimeField(_("member since"), default=timezone.now, editable=False)
    written_on = models.DateField(_("last reminded"), null=True, editable=False)

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ("person__sort_azbuka", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(card=""), name="library_card_has_a_number"),
            models.CheckConstraint(
                condition=Q(blocked_until=None) | ~Q(blocked_reason=""),
                name="library_block_has_a_reason",
                violation_error_message=_("Write why nothing is lent to this member."),
            ),
            models.CheckConstraint(
                condition=Q(consent_on=None)
                | Q(teacher__isnull=False)
                | (~Q(guardian_name="") & ~Q(guardian_email="")),
                name="library_consent_is_somebodys",
                violation_error_message=_(
                    "Say whose consent it is: the responsible teacher's or the parent's, "
                    "with an e-mail address."
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.person)

    def is_blocked(self, today: date) -> bool:
        """Whether nothing is lent to the member on this day."""
        if not self.blocked_reason:
            return False
        return self.blocked_until is None or self.blocked_until >= today

    @property
    def lacks_consent(self) -> bool:
        """Whether it is a pupil for whom nobody has answered yet."""
        return self.kind == MemberKind.PUPIL and self.consent_on is None

    @property
    def letters_to(self) -> str:
        """Where letters go: for a pupil to the guardian or the teacher, else to the person."""
        if self.kind != MemberKind.PUPIL:
            return self.person.email
        return self.guardian_email or (self.teacher.email if self.teacher else "")

    @property
    def letters_face(self) -> str:
        """The language and script of whoever reads the letters."""
        if self.kind == MemberKind.PUPIL and self.teacher and not self.guardian_email:
            return self.teacher.face
        return self.person.face
