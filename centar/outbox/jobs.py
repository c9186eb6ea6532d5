"""What the worker is told to do."""

from __future__ import annotations

from centar.outbox import operations


def deliver_due() -> int:
    """Send what is due; gives how many letters were sent."""
    return operations.deliver_due()
