"""The back office of the needs survey."""

from needs_survey.admin import (
    invitations,
    rounds,
    teachers,
)

__all__ = [
    "invitations",
    "rounds",
    "teachers",
]
