"""The back office of trainings."""

from trainings.admin import catalogue, certificates, ledger, payments, seminars, statements

__all__ = ["catalogue", "certificates", "ledger", "payments", "seminars", "statements"]
