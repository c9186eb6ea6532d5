"""The catalogue of programmes, and the seminars made from it."""

from trainings.models.catalogue import (
    Area,
    Competence,
    Cycle,
    PriorityArea,
    Programme,
    ProgrammeQuerySet,
    Trainer,
)
from trainings.models.certificates import (
    BatchEntry,
    Certificate,
    CertificateBatch,
    IssuingSettings,
)
from trainings.models.evaluation import EvaluationReceipt
from trainings.models.ledger import LedgerEntry, SchoolYear
from trainings.models.materials import Material
from trainings.models.seminars import Seminar, SeminarEvent
from trainings.models.targets import PlannedActivity, Target

__all__ = [
    "Area",
    "BatchEntry",
    "Certificate",
    "CertificateBatch",
    "Competence",
    "Cycle",
    "EvaluationReceipt",
    "IssuingSettings",
    "LedgerEntry",
    "Material",
    "PlannedActivity",
    "PriorityArea",
    "Programme",
    "ProgrammeQuerySet",
    "SchoolYear",
    "Seminar",
    "SeminarEvent",
    "Target",
    "Trainer",
]
