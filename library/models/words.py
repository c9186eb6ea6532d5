from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.utils.translation import gettext_lazy as _


class Word(models.Model):
    """A folded word that stands in the catalogue, and in how many records.

    Mistyped words are compared with these: there are far fewer of them than titles.
    """

    word = models.TextField(_("word"), primary_key=True)
    written = models.TextField(_("as it is written"), default="")
    """The spelling that most records have, in lower case."""
    records = models.PositiveIntegerField(_("records"), default=0)

    class Meta:
        verbose_name = _("word of the catalogue")
        verbose_name_plural = _("words of the catalogue")
        indexes = (
            GinIndex(OpClass("word", name="gin_trgm_ops"), name="library_word_similar"),
            models.Index(OpClass("word", "text_pattern_ops"), name="library_word_beginning"),
        )

    def __str__(self) -> str:
        return self.word
