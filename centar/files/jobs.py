"""What the worker does about files once a day."""

from __future__ import annotations

from centar.files import operations


def sweep() -> int:
    """Throw away bytes that no file names; gives how many there were."""
    return operations.sweep()
