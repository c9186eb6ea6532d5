"""The back office of trainings: the catalogue with its import, the seminars, the certificates."""

from trainings.admin import catalogue, certificates, seminars

__all__ = ["catalogue", "certificates", "seminars"]
