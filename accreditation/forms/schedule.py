"""The rows of the schedule as they are typed, and the buttons that add and remove rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.datastructures import MultiValueDict

from accreditation.hours import COLUMNS

STEP = "step"
"""The name of the buttons that change the table without ending it."""
FIRST_ROWS = 3
"""How many empty rows a table begins with."""

Row = dict[str, str]
Data = MultiValueDict[str, str]


def rows(data: Data) -> list[Row]:
    """The rows that were sent, in their order; cells that were not sent are empty."""
    columns = {name: data.getlist(name) for name in COLUMNS}
    longest = max((len(cells) for cells in columns.values()), default=0)
    return [
        {
            name: cells[place].replace("\0", "") if place < len(cells) else ""
            for name, cells in columns.items()
        }
        for place in range(longest)
    ]


def stepped(data: Data) -> tuple[list[Row], int] | None:
    """The rows after such a button was pressed, and the row to go on with; None when it was none.

    What names no row changes nothing.
    """
    what, _space, about = str(data.get(STEP, "")).partition(" ")
    if not what:
        return None
    found = rows(data)
    place = int(about[:4]) if about.isascii() and about.isdigit() else len(found)
    if what == "add":
        return [*found, empty()], len(found)
    if what == "remove" and place < len(found):
        del found[place]
        return found, min(place, max(len(found) - 1, 0))
    if what == "up" and 0 < place < len(found):
        found[place - 1], found[place] = found[place], found[place - 1]
        return found, place - 1
    return found, place


def offered(kept: Sequence[Mapping[str, str]]) -> list[Row]:
    """The rows as a page is opened with: those kept, and one to go on; at first several."""
    more = 1 if kept else FIRST_ROWS
    return [*({**empty(), **row} for row in kept), *(empty() for _one in range(more))]


def empty() -> Row:
    """A row with nothing in it."""
    return dict.fromkeys(COLUMNS, "")
