"""The back office of the library."""

from library.admin import lending

__all__ = ["lending"]
