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
from trainings.models.evaluation import EvaluationReceipt
from trainings.models.materials import Material
from trainings.models.seminars import Seminar, SeminarEvent

__all__ = [
    "Area",
    "Competence",
    "Cycle",
    "EvaluationReceipt",
    "Material",
    "PriorityArea",
    "Programme",
    "ProgrammeQuerySet",
    "Seminar",
    "SeminarEvent",
    "Trainer",
]
