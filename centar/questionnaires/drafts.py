"""What is typed into a section is kept while it is typed, and never overwritten silently.

The apps keep the drafts in rows of their own, and lock what they belong to before they write.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal

MOST_TYPED = 300_000
"""Characters of one section; a draft keeps also what is too long to be sent."""

Values = Mapping[str, Sequence[str]]
"""What was typed, by the names of the fields."""


class Draft(Protocol):
    """A row that counts its revisions, and knows who saved it, when, and from which page."""

    saved_by: Any
    saved_at: datetime
    saved_from: str

    @property
    def revision(self) -> Any:
        """How often it was saved."""


class SectionDraft(Draft, Protocol):
    """What was typed into one section."""

    @property
    def values(self) -> Any:
        """By the names of the fields."""


@dataclass(frozen=True)
class Seen:
    """What the page that is saved had seen: the revision of the draft, 0 for none, and which
    page it is, so that it is never told of its own earlier saving.
    """

    revision: int
    page: str


class ChangedMeanwhile(Refusal):
    """Somebody else has saved the section since the page was opened."""

    def __init__(self, draft: Any) -> None:
        super().__init__(_("%(name)s changed this section meanwhile.") % {"name": draft.saved_by})
        self.draft = draft


def check_length(values: Values) -> None:
    """Refuse more than anybody types."""
    if sum(len(one) for typed in values.values() for one in typed) > MOST_TYPED:
        raise Refusal(_("This is too long to be kept. Please shorten it."))


def write(draft: Any, typed: Mapping[str, Any], *, seen: Seen, saved_by: Any) -> None:
    """Put what was typed, by the names of the draft's columns, into the draft, and save it.

    The same once more changes nothing. Refuses by ChangedMeanwhile to overwrite what somebody
    else has saved since. Called under the lock of whatever the draft belongs to.
    """
    if not draft._state.adding:
        if all(getattr(draft, name) == value for name, value in typed.items()):
            return
        if draft.revision != seen.revision and draft.saved_from != seen.page:
            raise ChangedMeanwhile(draft)
    for name, value in typed.items():
        setattr(draft, name, value)
    draft.saved_at = timezone.now()
    draft.saved_by = saved_by
    draft.saved_from = seen.page
    draft.save()
    # The database has raised the revision.
    draft.refresh_from_db(fields=["revision"])
