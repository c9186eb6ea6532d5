"""The back office of trainings: the catalogue with its import, and the seminars."""

from trainings.admin import catalogue, rules, seminars

__all__ = ["catalogue", "rules", "seminars"]
