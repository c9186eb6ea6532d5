"""What is assessed, by whom, and what they said; the apps say what the things are.

An app composes: its own row points to an `Item`, and gives the item its parties (whose it is),
a neutral code and a topic. Nothing here knows a title, a name of an author or a file.
"""

from centar.assessment.models.assignments import Assignment, Score
from centar.assessment.models.items import Conflict, DeclaredConflict, Item, Party
from centar.assessment.models.panels import Criterion, Panel, Seat
from centar.assessment.models.rules import Rules

__all__ = [
    "Assignment",
    "Conflict",
    "Criterion",
    "DeclaredConflict",
    "Item",
    "Panel",
    "Party",
    "Rules",
    "Score",
    "Seat",
]
