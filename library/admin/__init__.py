"""The back office of the library."""

from library.admin import lending, lists

__all__ = ["lending", "lists"]
