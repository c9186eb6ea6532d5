"""The formats in which records are given away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from library.exchange import marc21, marcxml
from library.harvest import dublin_core, xml
from library.models import Record

OAI_DC_SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"


@dataclass(frozen=True)
class Format:
    """A format: its namespace, where its schema is read, and what writes a record in it.

    The writer is given the record and the whole address of its page. `names` are the names that
    SRU knows it by.
    """

    prefix: str
    namespace: str
    schema: str
    write: Callable[[Record, str], ET.Element]
    names: tuple[str, ...] = ()


def _oai_dc(record: Record, address: str) -> ET.Element:
    element = xml.root(xml.OAI_DC, "dc", OAI_DC_SCHEMA)
    return dublin_core.fill(element, record, address)


def _sru_dc(record: Record, address: str) -> ET.Element:
    return dublin_core.fill(xml.root(xml.SRU_DC, "dc"), record, address)


def _marcxml(record: Record, address: str) -> ET.Element:
    return marcxml.element(marc21.written(record))


OF_OAI = {
    "oai_dc": Format("oai_dc", xml.OAI_DC, OAI_DC_SCHEMA, _oai_dc),
    "marcxml": Format("marcxml", marcxml.NAMESPACE, marcxml.SCHEMA, _marcxml),
}
OF_SRU = (
    Format(
        "dc",
        "info:srw/schema/1/dc-v1.1",
        "http://www.loc.gov/standards/sru/recordSchemas/dc-schema.xsd",
        _sru_dc,
        ("dc", "info:srw/schema/1/dc-v1.1"),
    ),
    Format(
        "marcxml",
        "info:srw/schema/1/marcxml-v1.1",
        marcxml.SCHEMA,
        _marcxml,
        ("marcxml", "info:srw/schema/1/marcxml-v1.1"),
    ),
)
