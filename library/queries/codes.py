"""What a scanned code is: a card, a copy, or nothing that the library knows."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from centar.access import Refusal
from library.models import Copy, Member

LONGEST = 40


@dataclass(frozen=True)
class Scanned:
    """What a code stands for: one of the two."""

    member: Member | None = None
    copy: Copy | None = None


def read(code: str) -> str:
    """A bar code as it is kept: capitals without blanks and without the stars of Code 39."""
    plain = unicodedata.normalize("NFKC", code)
    kept = "".join(sign for sign in plain if sign.isprintable() and not sign.isspace())
    return kept.strip("*").upper()


def find(code: str) -> Scanned:
    """The card or the copy with this code: its bar code, or else its accession number.

    Refuses a code of nothing, and one that stands for several things.
    """
    wanted = read(code)
    if not wanted:
        raise Refusal(_("Scan a card or a copy."), field="code")
    member = Member.objects.select_related("person__user").filter(card__iexact=wanted).first()
    copies = _copies(code)
    if (member is not None and copies) or len(copies) > 1:
        named = [_("the card of %(member)s") % {"member": member}] if member else []
        named += [f"„{one.record.title}“ ({one.accession_number})" for one in copies]
        raise Refusal(
            _("The code %(code)s stands for several things: %(things)s. Type the bar code.")
            % {"code": wanted, "things": ", ".join(named)},
            field="code",
        )
    if member is None and not copies:
        raise Refusal(
            _("The library knows no card and no copy with the code %(code)s.")
            % {"code": wanted[:LONGEST]},
            field="code",
        )
    return Scanned(member, copies[0] if copies else None)


def _copies(code: str) -> list[Copy]:
    barcode = read(code)
    if not barcode or len(barcode) > LONGEST:
        return []
    # Accession numbers are typed as the register has them, with blanks within.
    number = " ".join(code.replace("\0", "").split())
    found = list(
        Copy.objects.select_related("record", "issue")
        .filter(Q(barcode=barcode) | Q(accession_number__in=(number, barcode)))
        .order_by("pk")[:3]
    )
    # A scanned label is a bar code: what has the same accession number is another thing only
    # where neither of them has it as its bar code.
    return [one for one in found if one.barcode == barcode] or found


def copy_of(code: str) -> Copy | None:
    """The one copy with this code; None where there is none or it is ambiguous."""
    found = _copies(code)
    return found[0] if len(found) == 1 else None
