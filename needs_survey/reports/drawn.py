"""Results as they were drawn, kept in memory until an answer changes them."""

from __future__ import annotations

import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from django.utils.safestring import SafeString

MOST_BYTES = 16 * 2**20
"""What the drawings of one process may take; those looked at longest ago go first."""


@dataclass(frozen=True)
class Drawing:
    """The main part of a page and what stands above it, with the title of the page, in the
    reader's script.
    """

    title: str
    body: SafeString
    head: str = ""

    @property
    def size(self) -> int:
        """In bytes of memory."""
        return sum(sys.getsizeof(part) for part in (self.title, self.body, self.head))


class Drawings:
    """Drawings by a key, each true for one stamp of the database."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._kept: OrderedDict[Hashable, tuple[Hashable, Drawing]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, stamp: Hashable, draw: Callable[[], Drawing]) -> Drawing:
        """The drawing of the key, drawn anew when the stamp is another one.

        The stamp is read before the drawing is made: a change in between makes the drawing newer
        than its stamp, which costs one more drawing, never a lie.
        """
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None and kept[0] == stamp:
                self._kept.move_to_end(key)
                return kept[1]
        drawing = draw()
        with self._lock:
            self._forget(key)
            self._kept[key] = (stamp, drawing)
            self.bytes += drawing.size
            while self.bytes > self.most_bytes:
                self._forget(next(iter(self._kept)))
        return drawing

    def clear(self) -> None:
        """Forget all drawings."""
        with self._lock:
            self._kept.clear()
            self.bytes = 0

    def _forget(self, key: Hashable) -> None:
        kept = self._kept.pop(key, None)
        if kept is not None:
            self.bytes -= kept[1].size


RESULTS = Drawings()
"""Of the results pages, one store a process."""
