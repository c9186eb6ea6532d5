"""What the address of a search asks for. What cannot be understood asks for nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from centar.script import search
from library import udc
from library.models import Record
from library.queries.finding import FACETS, Wanted

ORDERS = (
    ("relevance", _("best match first")),
    ("title", _("by title")),
    ("year", _("by year, the newest first")),
    ("newest", _("newest in the library")),
)


class FindingForm(forms.Form):
    """One box, what narrows the list, and its order."""

    q = forms.CharField(label=_("Search the library"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=Record.Kind)
    udc = forms.ChoiceField(label=_("Field"), required=False, choices=udc.CLASSES.items())
    language = forms.RegexField("^[a-z]{3}$", label=_("Language"), required=False)
    decade = forms.RegexField("^[0-9]{2,3}$", label=_("Decade"), required=False)
    year = forms.RegexField("^[0-9]{3,4}$", label=_("Year"), required=False)
    free = forms.BooleanField(label=_("Free now"), required=False)
    order = forms.ChoiceField(label=_("Order"), required=False, choices=ORDERS)

    @cached_property
    def wanted(self) -> Wanted:
        """What is looked for."""
        self.is_valid()
        asked: dict[str, Any] = self.cleaned_data
        return Wanted(
            query=asked.get("q", "")[: search.LONGEST_QUERY],
            facets={name: asked[name] for name in FACETS if asked.get(name)},
            free=bool(asked.get("free")),
            order=asked.get("order") or "relevance",
        )

    @property
    def is_cut(self) -> bool:
        """Whether more was typed than is read."""
        return len(self.data.get("q", "").strip()) > search.LONGEST_QUERY

    @property
    def is_asking(self) -> bool:
        """Whether anything is asked for at all."""
        wanted = self.wanted
        return bool(wanted.query or wanted.facets or wanted.free or self.data.get("order"))
