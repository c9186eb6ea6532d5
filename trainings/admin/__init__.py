"""The back office of trainings."""

from trainings.admin import (
    catalogue,
    certificates,
    ledger,
    payments,
    rules,
    seminars,
    statement_rows,
    statements,
)

__all__ = [
    "catalogue",
    "certificates",
    "ledger",
    "payments",
    "rules",
    "seminars",
    "statement_rows",
    "statements",
]
