"""The back office of trainings."""

from trainings.admin import (
    catalogue,
    certificates,
    ledger,
    payments,
    rules,
    seminars,
    statements,
)

__all__ = ["catalogue", "certificates", "ledger", "payments", "rules", "seminars", "statements"]
