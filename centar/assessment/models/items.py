from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centar.assessment.models.panels import Panel
from centar.audit.models import Revised
from centar.people.models import Person
from centar.schools.models import School
from centar.script.fields import MendedTextField


class Item(Revised):
    """A thing that is assessed once by a panel. `code` is all that assessors see of its name."""

    panel = models.ForeignKey(
        Panel, models.PROTECT, related_name="items", verbose_name=_("panel of assessors")
    )
    code = models.CharField(_("code"), max_length=20)
    topic = models.CharField(_("topic"), max_length=40, blank=True)
    follows = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name=_("follows"),
        help_text=_("What the same assessors saw before it was revised."),
    )
    added_at = models.DateTimeField(_("added at"), default=timezone.now)
    closed_at = models.DateTimeField(
        _("closed at"),
        null=True,
        editable=False,
        help_text=_("From then on no assessment of it is sent or changed."),
    )

    class Meta:
        verbose_name = _("assessed thing")
        verbose_name_plural = _("assessed things")
        ordering = ("code", "pk")
        constraints = (
            models.UniqueConstraint(fields=("panel", "code"), name="assessment_one_item_of_a_code"),
        )

    def __str__(self) -> str:
        return self.code


class Party(models.Model):
    """Whose the thing is: an author or mentor, with the school they had at that time.

    Nobody assesses what is their own or of their own school; `email` finds an author who has no
    account yet.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="parties", verbose_name=_("thing"))
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("person")
    )
    email = models.EmailField(_("e-mail"), blank=True)
    school = models.ForeignKey(
        School, models.PROTECT, null=True, related_name="+", verbose_name=_("school")
    )

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = (
            models.UniqueConstraint(
                fields=("item", "person"), name="assessment_one_party_of_a_person"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(email="") | Q(school__isnull=False),
                name="assessment_party_is_somebody",
            ),
        )

    def __str__(self) -> str:
        return str(self.person or self.email or self.school)


class DeclaredConflict(models.Model):
    """That somebody says, or staff say of them, that they are not impartial about a thing.

    Own things and those of one's own school need no row: `queries.conflicts` finds them.
    """

    item = models.ForeignKey(
        Item, models.CASCADE, related_name="declared_conflicts", verbose_name=_("thing")
    )
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="declared_conflicts", verbose_name=_("person")
    )
    reason = MendedTextField(_("reason"), blank=True)
    declared_at = models.DateTimeField(_("declared at"), default=timezone.now)

    class Meta:
        verbose_name = _("declared conflict of interest")
        verbose_name_plural = _("declared conflicts of interest")
        constraints = (
            models.UniqueConstraint(
                fields=("item", "person"), name="assessment_one_conflict_of_a_person"
            ),
        )

    def __str__(self) -> str:
        # Names neither: the back office lists by this what hangs on a person, to anybody.
        return str(self.pk)


class Conflict(models.Model):
    """That somebody is not impartial about a thing: the one place that says what a conflict is.

    A view of the database (migration 0002): the thing is their own, by account or by e-mail, or
    of their own school, where they and its authors work now or its authors worked when it was
    handed in, or a conflict is declared. Outlying units are one school with their main school.
    """

    pk = models.CompositePrimaryKey("item_id", "person_id")
    item = models.ForeignKey(Item, models.DO_NOTHING, related_name="+")
    person = models.ForeignKey(Person, models.DO_NOTHING, related_name="+")

    class Meta:
        managed = False
        db_table = "assessment_conflict"

    def __str__(self) -> str:
        return f"{self.person}: {self.item}"
