"""Looking into a pymarc record and building one, whatever its fields mean."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pymarc import Field, Indicators, Record, Subfield

from library.exchange.texts import plain

_LANGUAGE = re.compile("[a-z]{3}")
Pair = tuple[str, str]


def field(tag: str, indicators: str, *pairs: Pair) -> Field:
    """A field with these subfields; those without a text are left out."""
    return Field(
        tag=tag,
        indicators=Indicators(indicators[0], indicators[1]),
        subfields=[Subfield(code, value) for code, value in pairs if value],
    )


def add(record: Record, tag: str, indicators: str, *pairs: Pair) -> None:
    """Add a field unless all of its subfields are empty."""
    made = field(tag, indicators, *pairs)
    if made.subfields:
        record.fields.append(made)


def control(record: Record, tag: str, data: str) -> None:
    """Add a field without subfields."""
    if data:
        record.fields.append(Field(tag=tag, data=data))


def data(record: Record, tag: str) -> str:
    """What stands in a field without subfields."""
    found = record.get(tag)
    return found.data or "" if found is not None else ""


def first(record: Record, tag: str, codes: str) -> str:
    """The first of these subfields in the first such field."""
    for one in record.get_fields(tag):
        for part in one.subfields:
            if part.code in codes and plain(part.value):
                return plain(part.value)
    return ""


def joined(record: Record, tag: str, codes: str, separators: dict[str, str]) -> str:
    """These subfields of the first such field, each after its separator."""
    found = record.get(tag)
    return joined_in(found, codes, separators) if found is not None else ""


def joined_in(found: Field, codes: str, separators: dict[str, str]) -> str:
    """These subfields of a field, each after its separator."""
    text = ""
    for part in found.subfields:
        value = plain(part.value)
        if part.code in codes and value:
            text += (separators.get(part.code, " ") if text else "") + value
    return text


def every(record: Record, tags: Iterable[str], codes: str) -> list[str]:
    """All such subfields of all such fields."""
    return [
        plain(part.value)
        for one in record.get_fields(*tags)
        for part in one.subfields
        if part.code in codes and plain(part.value)
    ]


def language(code: str) -> str:
    """A code of ISO 639-2, or nothing for what is none; the old codes of Serbian are known."""
    code = {"scc": "srp", "scr": "hrv"}.get(code.lower(), code.lower())
    return code if _LANGUAGE.fullmatch(code) and code not in ("und", "mul", "zxx") else ""


def small(text: str) -> int:
    """A count that a column holds, at least one."""
    return min(max(int(text), 1), 32_767)
