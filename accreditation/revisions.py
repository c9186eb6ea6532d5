"""A revised version beside the one before it, and what was asked for in between."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404

from accreditation import differences
from accreditation.differences import ComparedSection
from accreditation.models import RevisionRequest, Version
from accreditation.queries import blinding


@dataclass(frozen=True)
class Change:
    """What was asked for, point by point with the answers, and what became of the text."""

    before: Version
    after: Version
    note: str
    points: tuple[tuple[str, str], ...]
    sections: tuple[ComparedSection, ...]

    @property
    def changed(self) -> list[ComparedSection]:
        """The sections in which something is not as it was."""
        return [section for section in self.sections if section.changed]


def change(version: Version, *, is_blind: bool) -> Change:
    """From the version before to this one, as the reader may read it; 404 for the first."""
    before = Version.objects.filter(proposal=version.proposal_id, number=version.number - 1).first()
    if before is None:
        raise Http404
    old, new = blinding.contents_of([before, version], is_blind=is_blind)
    request = RevisionRequest.objects.filter(answered_by=version).first()
    note = request.note if request else ""
    points = list(request.points.values_list("text", "answer")) if request else []
    if is_blind:
        mask = blinding.mask_of(version)
        note = mask.hide(note)
        points = [(mask.hide(text), mask.hide(answer)) for text, answer in points]
    return Change(before, version, note, tuple(points), tuple(differences.between(old, new)))
