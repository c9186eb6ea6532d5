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
from trainings.models.evaluation import EvaluationReceipt, SeminarResponse
from trainings.models.rules import SeminarRules
from trainings.models.seminars import Seminar, SeminarEvent

__all__ = [
    "Area",
    "Competence",
    "Cycle",
    "EvaluationReceipt",
    "PriorityArea",
    "Programme",
    "ProgrammeQuerySet",
    "Seminar",
    "SeminarEvent",
    "SeminarResponse",
    "SeminarRules",
    "Trainer",
]
