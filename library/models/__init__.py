"""The catalogue of the library: what there is, and the copies of it."""

from library.models.copies import Copy
from library.models.records import Contribution, Identifier, JournalIssue, KitPart, Record
from library.models.words import Word

__all__ = ["Contribution", "Copy", "Identifier", "JournalIssue", "KitPart", "Record", "Word"]
