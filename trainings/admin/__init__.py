"""The back office of trainings: the catalogue with its import, the seminars, and money."""

from trainings.admin import catalogue, payments, seminars, statements

__all__ = ["catalogue", "payments", "seminars", "statements"]
