"""The back office of the needs survey."""

from needs_survey.admin import (
    invitations,
    plans,
    rounds,
    teachers,
)

__all__ = [
    "invitations",
    "plans",
    "rounds",
    "teachers",
]
