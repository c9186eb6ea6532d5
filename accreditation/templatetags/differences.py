"""Changed words in templates: `{% load differences %}`.

Written in Python, since a page of differences has thousands of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from accreditation.word_changes import Run

register = template.Library()


@register.simple_tag
def runs(words: Iterable[Run]) -> SafeString:
    """The words, with what is gone as `del` and what is new as `ins`, both said aloud too."""
    around = {"same": ("", "")} | {
        mark: (
            f'<{tag}><span class="visually-hidden">[{escape(said)}: </span>',
            f'<span class="visually-hidden">]</span></{tag}>',
        )
        for mark, tag, said in (("gone", "del", _("removed")), ("new", "ins", _("added")))
    }
    parts = []
    for run in words:
        before, after = around[run.mark]
        parts.append(f"{before}{escape(run.text)}{after}")
    return mark_safe("".join(parts).replace("\n", "<br>"))  # noqa: S308 - every text is escaped above
