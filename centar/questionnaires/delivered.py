"""Questionnaires that come with the project, as rows of data files."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q

from centar import data_files
from centar.questionnaires.models import Questionnaire


def is_answered(row: Mapping[str, str]) -> bool:
    """Whether somebody has answered the questionnaire of this row; then no file changes it, since
    the answers were given to the words as they stood.

    Stays locked until the end of the transaction, so that nobody answers meanwhile.
    """
    key = data_files.key_of(Questionnaire, row["id"])
    which = Q(title=row["title"]) if key is None else Q(pk=key)
    rows = Questionnaire.objects.select_for_update(no_key=True).filter(which)
    return any(questionnaire.is_answered for questionnaire in rows)
