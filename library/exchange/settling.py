"""A description from outside, made ready for the catalogue."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import Field, Model
from django.utils.translation import gettext as _

from centar.script import homoglyphs
from library.described import TEXTS, Contributor, Described, Item, Part, doubled_issue
from library.exchange.texts import Unreadable
from library.models import Contribution, Identifier, JournalIssue, KitPart, Record
from library.queries import codes

_WEB = ("https://", "http://")


def settled(described: Described) -> Described:
    """With letters of the other script mended as the catalogue does it, and a link that is one.

    Raises Unreadable for what the catalogue cannot hold.
    """
    mend = homoglyphs.mend
    texts: dict[str, Any] = {
        name: mend(getattr(described, name)) for name in TEXTS if name != "kind"
    }
    if texts["link"] and not texts["link"].startswith(_WEB):
        texts["notes"] = "\n".join(filter(None, (texts["notes"], texts["link"])))
        texts["link"] = ""
    ready = replace(
        described,
        **texts,
        subjects=tuple(dict.fromkeys(mend(one) for one in described.subjects)),
        contributors=tuple(
            Contributor(mend(one.name), one.role, one.is_body) for one in described.contributors
        ),
        parts=tuple(Part(mend(one.name), one.pieces) for one in described.parts),
        copies=tuple(
            Item(
                " ".join(one.accession_number.split()),
                mend(one.shelf_mark),
                codes.read(one.barcode),
            )
            for one in dict.fromkeys(described.copies)
        ),
    )
    _check(ready)
    return ready


def _check(described: Described) -> None:
    if not described.title:
        raise Unreadable(_("There is no title."))
    for name in TEXTS:
        _fits(Record, name, getattr(described, name))
    for one in described.contributors:
        _fits(Contribution, "name", one.name)
    for number in described.numbers:
        _fits(Identifier, "printed", number.printed)
    for issue in described.issues:
        _fits(JournalIssue, "number", issue.number)
        _fits(JournalIssue, "volume", issue.volume)
        _fits(JournalIssue, "title", issue.title)
    doubled = doubled_issue(described)
    if doubled is not None:
        raise Unreadable(_("Issue %(issue)s stands there with two titles.") % {"issue": doubled})
    for part in described.parts:
        _fits(KitPart, "name", part.name)


def _fits(model: type[Model], name: str, text: str) -> None:
    field = model._meta.get_field(name)
    assert isinstance(field, Field)  # a column, not a relation from elsewhere
    most = field.max_length
    if most is not None and len(text) > most:
        label = field.verbose_name
        raise Unreadable(
            _("“%(field)s” has more than %(most)d characters.") % {"field": label, "most": most}
        )
