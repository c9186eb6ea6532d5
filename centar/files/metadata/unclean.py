from __future__ import annotations

from centar.access import Refusal


class Unclean(Refusal):
    """The file cannot be given without what tells who made it."""
