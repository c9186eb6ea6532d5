"""The desk: one field for a bar-code reader, and everything by the keyboard alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from centar import access
from centar.events import moments
from centar.people.models import User
from library.forms.lending import ScanForm
from library.models import Copy, Loan, Member, Reservation
from library.operations import desk as operations
from library.operations import renewals
from library.permissions import lending as permissions
from library.queries import codes, desk

KEY = "library_desk"
LINES = 12


def librarian(request: HttpRequest) -> User:
    """Whoever works at the desk; to others it is not there."""
    if not isinstance(request.user, User) or not permissions.may_work_at_the_desk(request.user):
        raise Http404
    return request.user


class Sitting:
    """What lies on the desk: whose card, the last act, and what was said. Kept in the session."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        kept: dict[str, Any] = request.session.get(KEY, {})
        self.member_id: int | None = kept.get("member")
        self.done: dict[str, Any] | None = kept.get("done")
        self.lines: list[dict[str, Any]] = kept.get("lines", [])
        self.overriding: int | None = None
        self.found: list[Member] = []

    def say(self, kind: str, text: str, next_step: str = "", to_count: Sequence[str] = ()) -> None:
        """Put a line on top: what happened, what is to be done, and what is to be counted."""
        line = {"kind": kind, "text": text, "next": next_step, "to_count": list(to_count)}
        self.lines = [line, *self.lines][:LINES]

    def keep(self) -> None:
        """Leave it on the desk for the next scan."""
        self.request.session[KEY] = {
            "member": self.member_id,
            "done": self.done,
            "lines": self.lines,
        }

    def finish(self) -> None:
        """Clear the desk: what others had is not left lying about."""
        self.member_id, self.done, self.lines = None, None, []


@access.signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def counter(request: HttpRequest) -> HttpResponseBase:
    """Show the desk, and do what was scanned: a card opens a member, a copy is lent to whoever
    is open, or taken back when nobody is.
    """
    by = librarian(request)
    sitting = Sitting(request)
    if request.method == "POST":
        deed = {"finish": _finish, "undo": _undo, "renew": _renew}.get(
            request.POST.get("action", ""), _scan
        )
        try:
            deed(sitting, by)
        except access.Refusal as refusal:
            sitting.say("error", str(refusal))
        sitting.keep()
        stays = sitting.found or sitting.overriding
        if not request.htmx and not stays:  # type: ignore[attr-defined]
            return redirect("library:desk")
    template = "library/_desk.html" if request.htmx else "library/desk.html"  # type: ignore[attr-defined]
    return render(request, template, _context(sitting))


def _context(sitting: Sitting) -> dict[str, Any]:
    member = desk.members().filter(pk=sitting.member_id or 0).first()
    return {
        "sheet": desk.sheet(member) if member else None,
        "sitting": sitting,
        "to_fetch": [] if member else desk.to_fetch()[: desk.SHOWN],
        "form": ScanForm(),
    }


def _scan(sitting: Sitting, by: User) -> None:
    form = ScanForm(sitting.request.POST)
    if not form.is_valid():
        raise access.Refusal(_("Scan a card or a copy, or type a name."))
    code = form.cleaned_data["code"]
    try:
        scanned = codes.find(code)
    except access.Refusal:
        sitting.found = [] if any(sign.isdigit() for sign in code) else desk.named(code)
        if not sitting.found:
            raise
        return
    if scanned.member is not None:
        _open(sitting, scanned.member)
    elif scanned.copy is not None and sitting.member_id is not None:
        _lend(sitting, scanned.copy, by)
    elif scanned.copy is not None:
        _take_back(sitting, scanned.copy, by)


def _open(sitting: Sitting, member: Member) -> None:
    sitting.finish()
    sitting.member_id = member.pk


def _lend(sitting: Sitting, copy: Copy, by: User) -> None:
    assert sitting.member_id is not None
    try:
        done = operations.lend(member_id=sitting.member_id, copy_id=copy.pk, by=by)
    except access.Refusal as refusal:
        raise access.Refusal(f"{_named(copy)}: {refusal}") from refusal
    assert done.loan_id is not None
    loan = Loan.objects.get(pk=done.loan_id)
    sitting.done = asdict(done)
    until = {"copy": _named(copy), "when": moments.day(loan.due_on)}
    sitting.say("success", _("Lent: %(copy)s, until %(when)s.") % until, to_count=_parts(copy))


def _take_back(sitting: Sitting, copy: Copy, by: User) -> None:
    loan = Loan.objects.open().select_related("member__person").filter(copy=copy).first()
    try:
        done = operations.take_back(copy_id=copy.pk, by=by)
    except access.Refusal as refusal:
        raise access.Refusal(f"{_named(copy)}: {refusal}") from refusal
    sitting.done = asdict(done)
    said = {
        "returned": _("Returned: %(copy)s."),
        "found": _("Found again: %(copy)s."),
        "put_aside": _("Not lent, but reserved: %(copy)s."),
    }[done.what] % {"copy": _named(copy)}
    if loan is not None and loan.member is not None:
        said += " " + _("It was with %(member)s.") % {"member": loan.member}
        late = loan.days_late(timezone.localdate())
        if late:
            said += " " + ngettext("%(days)d day late.", "%(days)d days late.", late) % {
                "days": late
            }
    sitting.say("success", said, _where_to(done, copy), _parts(copy))


def _parts(copy: Copy) -> list[str]:
    """What lies in a kit, counted with the reader when it goes out and when it comes back."""
    return [f"{part.pieces} × {part}" for part in copy.record.parts.all()]


def _where_to(done: operations.Done, copy: Copy) -> str:
    aside = (
        Reservation.objects.select_related("member__person")
        .filter(pk=done.reservation_id or 0, state=Reservation.State.READY)
        .first()
    )
    if aside is not None and aside.pickup_until is not None:
        return _("To the shelf of reservations, for %(member)s until %(when)s.") % {
            "member": aside.member,
            "when": moments.day(aside.pickup_until),
        }
    if copy.shelf_mark:
        return _("To its shelf: %(mark)s.") % {"mark": copy.shelf_mark}
    return _("To its shelf.")


def _finish(sitting: Sitting, by: User) -> None:
    sitting.finish()


def _undo(sitting: Sitting, by: User) -> None:
    if sitting.done is None:
        raise access.Refusal(_("There is nothing to undo."))
    done = operations.Done(**sitting.done)
    sitting.done = None
    operations.undo(done=done, by=by)
    copy = Copy.objects.select_related("record", "issue").get(pk=done.copy_id)
    sitting.say("info", _("Undone: %(copy)s.") % {"copy": _named(copy)})


def _renew(sitting: Sitting, by: User) -> None:
    loan = (
        Loan.objects.open()
        .select_related("copy__record", "copy__issue")
        .filter(pk=_number(sitting.request.POST.get("loan")), member=sitting.member_id)
        .first()
    )
    if loan is None:
        raise access.Refusal(_("This is back already."))
    reason = sitting.request.POST.get("reason", "")[:500]
    try:
        renewed = renewals.renew(loan_id=loan.pk, by=by, reason=reason)
    except access.Refusal as refusal:
        sitting.overriding = loan.pk
        raise access.Refusal(f"{_named(loan.copy)}: {refusal}") from refusal
    sitting.done = None
    until = {"copy": _named(loan.copy), "when": moments.day(renewed.due_on)}
    sitting.say("success", _("Renewed: %(copy)s, until %(when)s.") % until)


def _named(copy: Copy) -> str:
    return f"„{copy.title}“ ({copy.accession_number})"


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0
