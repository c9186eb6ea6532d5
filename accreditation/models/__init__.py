"""Calls and proposals, their frozen versions, reviews and decisions, and what follows."""

from accreditation.models.calls import AskedDocument, Call, CallQuerySet, Phase, Rules
from accreditation.models.institute import Filing, MadeProgramme
from accreditation.models.practice import Practice, PracticePaper, PracticeQuerySet
from accreditation.models.proposals import (
    Attachment,
    Author,
    Proposal,
    ProposalQuerySet,
    Schedule,
    SectionDraft,
)
from accreditation.models.reviews import (
    BlindCopy,
    Decision,
    Masking,
    Review,
    RevisionPoint,
    RevisionRequest,
)
from accreditation.models.versions import Version

__all__ = [
    "AskedDocument",
    "Attachment",
    "Author",
    "BlindCopy",
    "Call",
    "CallQuerySet",
    "Decision",
    "Filing",
    "MadeProgramme",
    "Masking",
    "Phase",
    "Practice",
    "PracticePaper",
    "PracticeQuerySet",
    "Proposal",
    "ProposalQuerySet",
    "Review",
    "RevisionPoint",
    "RevisionRequest",
    "Rules",
    "Schedule",
    "SectionDraft",
    "Version",
]
