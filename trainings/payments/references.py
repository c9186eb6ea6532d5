"""Recognising a reference however a payer or a bank wrote it."""

from __future__ import annotations

import re

from trainings.payments import model97

SHORTEST = 5
"""Fewer digits in a free text are a house number or a class, not a reference."""

_RUNS = re.compile(r"[0-9](?:[0-9\s()/\-]*[0-9])?")


def key(reference: str) -> str:
    """What remains of a reference in every way of writing it: digits and letters, no zeros in
    front.
    """
    return re.sub(r"[^0-9A-Z]", "", reference.upper()).lstrip("0")


def candidates(written: str, purpose: str = "") -> list[str]:
    """Keys that a payment may mean, the likeliest first.

    The model may stand in front of the reference or not; a payer who left the reference out
    often wrote it into the purpose.
    """
    runs = [found[0] for found in _RUNS.finditer(purpose[:500])]
    texts = [written, *(run for run in runs if len(key(run)) >= SHORTEST)]
    found = []
    for text in texts:
        whole = key(text)
        found.append(whole)
        if whole.startswith(model97.MODEL):
            found.append(whole[2:].lstrip("0"))
    return list(dict.fromkeys(one for one in found if one))
