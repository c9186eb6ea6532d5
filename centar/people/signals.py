"""News of people for the apps above, which write the letters."""

from django.dispatch import Signal

coordination_answered = Signal()
"""A request to coordinate was confirmed or refused; sent inside the operation's transaction.

Receivers get `request`, a `CoordinationRequest` with its person and school.
"""
