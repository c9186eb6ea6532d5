"""Records and copies of the library."""

from __future__ import annotations

import factory
from factory.django import DjangoModelFactory

from library.models import Contribution, Copy, Record


class RecordFactory(DjangoModelFactory[Record]):
    """A book of which nothing but the title is told."""

    title = factory.Sequence(lambda n: f"Књига {n}")

    class Meta:
        model = Record


class ContributionFactory(DjangoModelFactory[Contribution]):
    """The author of a record."""

    record = factory.SubFactory(RecordFactory)
    name = "Андрић, Иво"

    class Meta:
        model = Contribution


class CopyFactory(DjangoModelFactory[Copy]):
    """A copy that can be lent."""

    record = factory.SubFactory(RecordFactory)
    accession_number = factory.Sequence(lambda n: f"{n + 1}")
    barcode = factory.Sequence(lambda n: f"{n + 1:08}")

    class Meta:
        model = Copy
