from __future__ import annotations

import secrets

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FOLDER = "private"


def new_path() -> str:
    """Where a new file is kept: 256 random bits, and nothing of its name."""
    return f"{FOLDER}/{secrets.token_urlsafe(32)}"


class PrivateFile(models.Model):
    """A file that somebody handed in. No address leads to it but a view of the app that owns it.

    Whoever handed it in is kept as a number without a foreign key, as in the audit.
    """

    name = models.CharField(_("name"), max_length=150)
    mime_type = models.CharField(_("kind"), max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    path = models.CharField(max_length=80, unique=True, default=new_path, editable=False)
    uploaded_at = models.DateTimeField(_("handed in"), default=timezone.now)
    uploaded_by = models.BigIntegerField(_("handed in by"), null=True)

    class Meta:
        verbose_name = _("private file")
        verbose_name_plural = _("private files")
        ordering = ("-uploaded_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=models.Q(size__gt=0), name="files_not_empty"),
        )

    def __str__(self) -> str:
        return self.name
