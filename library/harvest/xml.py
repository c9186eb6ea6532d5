"""Building answers in XML: names with their namespaces, texts without signs that XML forbids."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree import ElementTree as ET

from django.http import HttpResponse

XSI = "http://www.w3.org/2001/XMLSchema-instance"
DC = "http://purl.org/dc/elements/1.1/"
OAI = "http://www.openarchives.org/OAI/2.0/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
SRU_DC = "info:srw/schema/1/dc-schema"

# Prefixes that people who read the answer know; the parser of the other side needs none.
for _prefix, _namespace in {
    "xsi": XSI,
    "dc": DC,
    "oai": OAI,
    "oai_dc": OAI_DC,
    "srw_dc": SRU_DC,
    "srw": "http://www.loc.gov/zing/srw/",
    "sruResponse": "http://docs.oasis-open.org/ns/search-ws/sruResponse",
    "zr": "http://explain.z3950.org/dtd/2.0/",
}.items():
    ET.register_namespace(_prefix, _namespace)

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def name(namespace: str, local: str) -> str:
    """A name as ElementTree writes it."""
    return f"{{{namespace}}}{local}"


def root(namespace: str, local: str, schema: str = "") -> ET.Element:
    """The outermost element; `schema` is where its schema is read."""
    element = ET.Element(name(namespace, local))
    if schema:
        element.set(name(XSI, "schemaLocation"), f"{namespace} {schema}")
    return element


def add(
    parent: ET.Element,
    namespace: str,
    local: str,
    text: str | None = None,
    attributes: Mapping[str, str] | None = None,
) -> ET.Element:
    """A child with its text and attributes; gives it."""
    said = {key: clean(value) for key, value in (attributes or {}).items()}
    child = ET.SubElement(parent, name(namespace, local), said)
    if text is not None:
        child.text = clean(text)
    return child


def clean(text: str) -> str:
    """The text without signs that XML forbids."""
    return _FORBIDDEN.sub("", text)


def answer(element: ET.Element) -> HttpResponse:
    """The document as an answer."""
    content = ET.tostring(element, encoding="UTF-8", xml_declaration=True)
    return HttpResponse(content, content_type="text/xml; charset=utf-8")
