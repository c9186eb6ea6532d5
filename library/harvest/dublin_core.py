"""A record in the fifteen elements of Dublin Core."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from library.harvest import xml
from library.models import Contribution, Record

_CREATORS = {Contribution.Role.AUTHOR, Contribution.Role.COMPOSER, Contribution.Role.DIRECTOR}
# Words of the DCMI's vocabulary of types.
_TYPES = {
    Record.Kind.BOOK: "Text", Record.Kind.JOURNAL: "Text", Record.Kind.ELECTRONIC: "Text",
    Record.Kind.MATERIAL: "PhysicalObject", Record.Kind.KIT: "PhysicalObject",
    Record.Kind.AUDIO: "Sound", Record.Kind.VIDEO: "MovingImage",
}  # fmt: skip


def fill(element: ET.Element, record: Record, address: str) -> ET.Element:
    """The element with what the record says; `address` is the whole address of its page."""
    for local, text in _said(record, address):
        if text:
            xml.add(element, xml.DC, local, text)
    return element


def _said(record: Record, address: str) -> Iterator[tuple[str, str]]:
    yield "title", f"{record.title} : {record.subtitle}" if record.subtitle else record.title
    for one in record.contributions.all():
        yield ("creator" if one.role in _CREATORS else "contributor"), one.name
    yield from (("subject", subject) for subject in record.subjects.splitlines())
    if record.udc:
        yield "subject", f"UDC {record.udc}"
    yield "description", record.notes
    yield "publisher", record.publisher
    yield "date", str(record.year or record.printed_year)
    yield "type", _TYPES[Record.Kind(record.kind)]
    yield "format", record.extent
    yield "identifier", address
    for number in record.identifiers.all():
        yield "identifier", f"urn:{number.kind}:{number.number}" if number.number else ""
    yield "language", record.language
    yield "relation", record.link
