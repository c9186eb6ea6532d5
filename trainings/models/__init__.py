"""The catalogue of programmes, the seminars made from it, and all that belongs to them."""

from trainings.models.catalogue import (
    Area,
    Competence,
    Cycle,
    PriorityArea,
    Programme,
    ProgrammeQuerySet,
    Trainer,
)
from trainings.models.certificates import BatchEntry, Certificate, CertificateBatch, IssuingSettings
from trainings.models.evaluation import EvaluationReceipt, SeminarResponse
from trainings.models.ledger import LedgerEntry, SchoolYear
from trainings.models.materials import Material
from trainings.models.payments import FeeRule, PaymentSettings
from trainings.models.proformas import Charge, Proforma, ProformaQuerySet
from trainings.models.rules import SeminarRules
from trainings.models.seminars import Seminar, SeminarEvent
from trainings.models.statements import Payment, Statement, StatementFormat, StatementRow
from trainings.models.targets import OwnPeriod, PlannedActivity, Target

__all__ = [
    "Area",
    "BatchEntry",
    "Certificate",
    "CertificateBatch",
    "Charge",
    "Competence",
    "Cycle",
    "EvaluationReceipt",
    "FeeRule",
    "IssuingSettings",
    "LedgerEntry",
    "Material",
    "OwnPeriod",
    "Payment",
    "PaymentSettings",
    "PlannedActivity",
    "PriorityArea",
    "Proforma",
    "ProformaQuerySet",
    "Programme",
    "ProgrammeQuerySet",
    "SchoolYear",
    "Seminar",
    "SeminarEvent",
    "SeminarResponse",
    "SeminarRules",
    "Statement",
    "StatementFormat",
    "StatementRow",
    "Target",
    "Trainer",
]
