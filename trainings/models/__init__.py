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
from trainings.models.seminars import Seminar, SeminarEvent

__all__ = [
    "Area",
    "BatchEntry",
    "Certificate",
    "CertificateBatch",
    "Competence",
    "Cycle",
    "EvaluationReceipt",
    "IssuingSettings",
    "PriorityArea",
    "Programme",
    "ProgrammeQuerySet",
    "Seminar",
    "SeminarEvent",
    "Trainer",
]
