"""The end of the assessments of a version, when something is decided about it."""

from __future__ import annotations

from accreditation.models import Review, Version
from centar.assessment.operations import ending
from centar.people.models import User


def close_reviews(version: Version, *, by: User | None) -> None:
    """Close what is assessed of the version, in all phases: nothing is sent any more."""
    reviews = Review.objects.filter(version=version, item__closed_at=None)
    for item_id in reviews.order_by("item__panel", "item").values_list("item", flat=True):
        ending.close(item_id=item_id, by=by)
