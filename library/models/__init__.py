"""The catalogue of the library: what there is, the copies of it, and who has them."""

from library.models.copies import Copy
from library.models.imports import ImportRow, ImportRun
from library.models.lists import ReadingList, ReadingListEntry
from library.models.loans import Loan, Reservation
from library.models.members import LendingRule, LendingTerms, Member, MemberKind
from library.models.records import Contribution, Identifier, JournalIssue, KitPart, Record
from library.models.stocktaking import Sighting, StockTaking
from library.models.words import Word

__all__ = [
    "Contribution",
    "Copy",
    "Identifier",
    "ImportRow",
    "ImportRun",
    "JournalIssue",
    "KitPart",
    "LendingRule",
    "LendingTerms",
    "Loan",
    "Member",
    "MemberKind",
    "ReadingList",
    "ReadingListEntry",
    "Record",
    "Reservation",
    "Sighting",
    "StockTaking",
    "Word",
]
