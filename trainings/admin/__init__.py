"""The back office of trainings."""

from trainings.admin import catalogue, certificates, ledger, seminars

__all__ = ["catalogue", "certificates", "ledger", "seminars"]
