from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centar.files.models import PrivateFile
from trainings.models.seminars import Seminar


class Material(models.Model):
    """A file that a seminar's participants, and nobody else, may read."""

    seminar = models.ForeignKey(
        Seminar, models.PROTECT, related_name="materials", verbose_name=_("seminar")
    )
    file = models.OneToOneField(
        PrivateFile, models.PROTECT, related_name="material", verbose_name=_("file")
    )
    added_at = models.DateTimeField(_("added"), default=timezone.now)

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ("added_at", "pk")

    def __str__(self) -> str:
        return f"{self.seminar}: {self.file}"
