from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One operation: who, when, what, to what, why.

    People are kept as numbers without a foreign key, so that erasing an account leaves the
    entry standing and nameless.
    """

    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)
    actor_id = models.BigIntegerField(_("who"), null=True, help_text=_("Empty for the portal."))
    action = models.CharField(_("action"), max_length=60)
    object_type = models.CharField(_("kind of object"), max_length=60)
    object_id = models.BigIntegerField(_("object"))
    reason = models.TextField(_("reason"), blank=True)
    detail = models.JSONField(_("detail"), default=dict, blank=True)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("object_type", "object_id"), name="audit_by_object"),)

    def __str__(self) -> str:
        return f"{self.action} {self.object_type}:{self.object_id}"


class Revised(models.Model):
    """A row that counts its own changes.

    The database raises `revision` at every UPDATE (audit.triggers), whichever way it came, so it
    tells two editors of one row apart and serves as a stamp for caches.
    """

    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class OneRow(Revised):
    """What the staff decide for a whole app: one row, or none for the defaults.

    Each such table says by a constraint of its own that the key is 1.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def current(cls) -> Self:
        """The rules in force."""
        return cls._default_manager.first() or cls()


class Stamp(models.Model):
    """How often the rows of a table have changed; the database counts (audit.triggers).

    For tables that the staff change now and then: every change waits for this one row.
    """

    table = models.CharField(max_length=63, primary_key=True)
    changes = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.table}: {self.changes}"
