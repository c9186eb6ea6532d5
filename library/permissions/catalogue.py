"""Who may describe the holdings of the library, and what may be done to them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from centar.access import YES, Verdict, no
from centar.people.permissions import works_on
from library.models import Copy, Record


def may_describe(by: object) -> Verdict:
    """Whether `by` adds and changes records."""
    return works_on(by, "library.change_record")


def may_keep_copies(by: object) -> Verdict:
    """Whether `by` adds copies, changes them and writes them off."""
    return works_on(by, "library.change_copy")


def may_withdraw(record: Record, by: object) -> Verdict:
    """Whether readers need not find the record any more: nothing of it may be held."""
    verdict = may_describe(by)
    if not verdict:
        return verdict
    if record.withdrawn_at is not None:
        return no(_("This record is withdrawn already."))
    if record.copies.exclude(state=Copy.State.WRITTEN_OFF).exists():
        return no(_("The library still has copies of it. Write them off first."))
    return YES


def may_import(by: object) -> Verdict:
    """Whether `by` brings in files of records."""
    return works_on(by, "library.add_importrun")


def may_write_imported(by: object, *, takes_copies: bool) -> Verdict:
    """Whether what a file holds may come into the catalogue in the name of `by`."""
    verdicts = [may_import(by), may_describe(by)]
    if takes_copies:
        verdicts.append(may_keep_copies(by))
    return next((verdict for verdict in verdicts if not verdict), YES)
