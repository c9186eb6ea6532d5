"""The back office of the library."""

from library.admin import copies, imports, lending, lists, records

__all__ = ["copies", "imports", "lending", "lists", "records"]
