"""Bookings and events in the back office."""

from centar.events.admin import bookings, events

__all__ = ["bookings", "events"]
