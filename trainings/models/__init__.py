"""The catalogue of programmes, the seminars made from it, and what is paid for them."""

from trainings.models.catalogue import (
    Area,
    Competence,
    Cycle,
    PriorityArea,
    Programme,
    ProgrammeQuerySet,
    Trainer,
)
from trainings.models.evaluation import EvaluationReceipt
from trainings.models.payments import FeeRule, PaymentSettings
from trainings.models.proformas import Charge, Proforma, ProformaQuerySet
from trainings.models.seminars import Seminar, SeminarEvent
from trainings.models.statements import Payment, Statement, StatementFormat, StatementRow

__all__ = [
    "Area",
    "Charge",
    "Competence",
    "Cycle",
    "EvaluationReceipt",
    "FeeRule",
    "Payment",
    "PaymentSettings",
    "PriorityArea",
    "Proforma",
    "ProformaQuerySet",
    "Programme",
    "ProgrammeQuerySet",
    "Seminar",
    "SeminarEvent",
    "Statement",
    "StatementFormat",
    "StatementRow",
    "Trainer",
]
