"""What a scanned code stands for."""

from __future__ import annotations

import pytest

from library.operations import copies
from library.queries import codes
from tests.factories.library import RecordFactory, librarian


@pytest.mark.django_db
@pytest.mark.parametrize("scanned", ["*CK00017*", " ck 00017", "ＣＫ00017", "П  2000", "*П2001*"])
def test_a_copy_is_found_by_its_code_as_it_was_kept(scanned):
    record, by = RecordFactory(), librarian()
    of_spaces = copies.add(record_id=record.pk, accession_number="П 2000", barcode="", by=by)
    of_label = copies.add(record_id=record.pk, accession_number="П2001", barcode="*ck00017*", by=by)
    kept = of_spaces if scanned.endswith("2000") else of_label

    assert (codes.find(scanned).copy, codes.copy_of(scanned)) == (kept, kept)
