"""Copies that a file names: recognised by their accession numbers, entered, or corrected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.models import Field
from django.utils.translation import gettext as _

from centar.access import Refusal
from centar.people.models import User
from library.described import Item
from library.models import Copy, ImportRow, Record
from library.operations import copies as operations

Wanted = tuple[Sequence[Item], int | None]
"""The copies of an edition, and the key of its record, if it is held."""


@dataclass
class Sorted:
    """What the copies of one edition would do, and sentences about those that cannot."""

    new: list[Item] = field(default_factory=list)
    changed: list[tuple[Copy, Item]] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)


def sort_out(wanted: Sequence[Wanted]) -> list[Sorted]:
    """Compare copies with the register, by two queries for all of them."""
    items = [item for some, _record_id in wanted for item in some]
    register = _Register(items)
    found = []
    for some, record_id in wanted:
        one = Sorted()
        for item in some:
            try:
                register.place(item, record_id, one)
            except Refusal as refusal:
                one.troubles.append(str(refusal))
        found.append(one)
    return found


def write(
    rows: Sequence[tuple[ImportRow, Sequence[Item]]], *, changes_held: bool, by: User
) -> None:
    """Enter the copies of rows whose records are there; their rows say how many, and why not."""
    sorted_out = sort_out([(items, row.record_id) for row, items in rows])
    keys = [row.record_id for row, _items in rows if row.record_id is not None]
    withdrawn = Record.objects.filter(pk__in=keys).exclude(withdrawn_at=None)
    gone = set(withdrawn.values_list("pk", flat=True))
    for (row, _items), one in zip(rows, sorted_out, strict=True):
        if row.record_id in gone:
            one.new, one.changed = [], []
            one.troubles = [_("This record is withdrawn. Bring it back first.")]
    new = [
        (row, one, item)
        for (row, _items), one in zip(rows, sorted_out, strict=True)
        for item in one.new
    ]
    _enter(new)
    for (row, _items), one in zip(rows, sorted_out, strict=True):
        if changes_held:
            _correct(row, one, by)
        row.reason = "\n".join(filter(None, (row.reason, *one.troubles)))


class _Register:
    """The copies of the register that some items speak of, and what items have claimed since."""

    def __init__(self, items: Iterable[Item]) -> None:
        numbers = {item.accession_number for item in items}
        codes = {item.barcode for item in items if item.barcode}
        copies = Copy.objects.select_related("record")
        self.by_number = {
            one.accession_number: one for one in copies.filter(accession_number__in=numbers)
        }
        self.by_code = {one.barcode: one for one in copies.filter(barcode__in=codes)}
        self.claimed: set[tuple[str, str]] = set()

    def place(self, item: Item, record_id: int | None, found: Sorted) -> None:
        """Say whether it is new or changed. Refuses what the register cannot hold."""
        number = item.accession_number
        if not number:
            raise Refusal(_("A copy without an accession number is left out."))
        self._check_lengths(item)
        held = self.by_number.get(number)
        if held is not None and held.record_id != record_id:
            raise Refusal(
                _("Copy %(number)s is one of “%(title)s”.")
                % {"number": number, "title": held.record.title}
            )
        other = self.by_code.get(item.barcode) if item.barcode else None
        if other is not None and other.accession_number != number:
            raise Refusal(
                _("The bar code of copy %(number)s is on the copy %(other)s (%(title)s).")
                % {"number": number, "other": other, "title": other.record.title}
            )
        self._claim(item)
        if held is None:
            found.new.append(item)
        elif _is_otherwise(held, item):
            found.changed.append((held, item))

    def _claim(self, item: Item) -> None:
        claims = {("number", item.accession_number)}
        if item.barcode:
            claims.add(("code", item.barcode))
        if claims & self.claimed:
            raise Refusal(
                _("Copy %(number)s or its bar code stands in the file twice.")
                % {"number": item.accession_number}
            )
        self.claimed |= claims

    def _check_lengths(self, item: Item) -> None:
        for name in ("accession_number", "shelf_mark", "barcode"):
            column = Copy._meta.get_field(name)
            assert isinstance(column, Field)
            if len(getattr(item, name)) > (column.max_length or 0):
                raise Refusal(
                    _("“%(field)s” has more than %(most)d characters.")
                    % {"field": column.verbose_name, "most": column.max_length}
                )


def _is_otherwise(held: Copy, item: Item) -> bool:
    is_moved = bool(item.shelf_mark) and item.shelf_mark != held.shelf_mark
    return is_moved or (bool(item.barcode) and item.barcode != held.barcode)


def _enter(new: Sequence[tuple[ImportRow, Sorted, Item]]) -> None:
    try:
        _enter_together(new)
    except IntegrityError:
        # One that somebody has just entered must not keep the others out.
        for row, one, item in new:
            try:
                _enter_together([(row, one, item)])
            except IntegrityError:
                one.troubles.append(
                    _("Copy %(number)s has just been entered by somebody else.")
                    % {"number": item.accession_number}
                )


@transaction.atomic
def _enter_together(new: Sequence[tuple[ImportRow, Sorted, Item]]) -> None:
    made = []
    for row, _one, item in new:
        assert row.record_id is not None  # only rows whose records are there come here
        made.append(
            Copy(
                record_id=row.record_id,
                accession_number=item.accession_number,
                shelf_mark=item.shelf_mark,
                barcode=item.barcode or None,
            )
        )
    Copy.objects.bulk_create(made)
    for row, _one, _item in new:
        row.copies_written += 1


def _correct(row: ImportRow, one: Sorted, by: User) -> None:
    for held, item in one.changed:
        fields = {"shelf_mark": item.shelf_mark, "barcode": item.barcode}
        said = {name: text for name, text in fields.items() if text}
        try:
            with transaction.atomic():
                operations.change(copy_id=held.pk, by=by, **said)
        except Refusal as refusal:
            one.troubles.append(f"{held}: {refusal}")
        else:
            row.copies_written += 1
