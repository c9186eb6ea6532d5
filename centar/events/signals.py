"""News of events for the apps above."""

from django.dispatch import Signal

published = Signal()
"""An event was published; sent inside the operation's transaction, with the event locked.

Receivers get `event` and `by`, the user who published it.
"""
