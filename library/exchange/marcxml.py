"""MARC as XML: https://www.loc.gov/standards/marcxml/. Both MARC 21 and UNIMARC are sent in it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, ParseError, SubElement, register_namespace, tostring

from defusedxml import DefusedXmlException, ElementTree
from django.utils.translation import gettext as _
from pymarc import Field, Indicators, Leader, Subfield
from pymarc import Record as Marc

from library.exchange.texts import Unreadable, xml_safe

NAMESPACE = "http://www.loc.gov/MARC21/slim"
SCHEMA = "http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd"
MOST_FIELDS = 2_000
"""In one record; the largest ones known have some hundreds."""
_Q = f"{{{NAMESPACE}}}"
_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'

register_namespace("marc", NAMESPACE)


def element(marc: Marc) -> Element:
    """The record as `<record>` in the namespace of MARC21/slim."""
    root = Element(f"{_Q}record")
    SubElement(root, f"{_Q}leader").text = str(marc.leader)
    for one in marc.fields:
        if one.control_field:
            SubElement(root, f"{_Q}controlfield", {"tag": one.tag}).text = xml_safe(one.data or "")
            continue
        signs = {"tag": one.tag, "ind1": one.indicator1, "ind2": one.indicator2}
        made = SubElement(root, f"{_Q}datafield", signs)
        for part in one.subfields:
            SubElement(made, f"{_Q}subfield", {"code": part.code}).text = xml_safe(part.value)
    return root


def written(records: Iterable[Marc]) -> Iterator[bytes]:
    """A whole file of records, piece by piece."""
    declared = f' xmlns:marc="{NAMESPACE}"'
    yield _HEAD + f"<marc:collection{declared}>\n".encode()
    for one in records:
        # Said once, by the collection.
        yield tostring(element(one), encoding="unicode").replace(declared, "", 1).encode() + b"\n"
    yield b"</marc:collection>\n"


def read(content: bytes, skip: int = 0) -> Iterator[Marc | Unreadable]:
    """The records of a file one by one after those to be skipped, with or without the namespace.

    Where the XML breaks off, what came before it stands and the last thing is the reason. Entities
    and declarations of types, which may blow a file up, are refused.
    """
    try:
        parser = ElementTree.iterparse(io.BytesIO(content), ("start", "end"), forbid_dtd=True)
        root: Element | None = None
        for event, node in parser:
            root = node if root is None else root
            if event == "end" and _name(node) == "record":
                if skip:
                    skip -= 1
                else:
                    yield _record(node)
                # What is read is let go; a large file would fill the memory.
                root.clear()
    except DefusedXmlException:
        yield Unreadable(_("The file declares entities, which are not read for safety."))
    except ParseError as broken:
        line, _column = broken.position
        yield Unreadable(_("The XML is broken at line %(line)d.") % {"line": line})


def _record(node: Element) -> Marc | Unreadable:
    if len(node) > MOST_FIELDS:
        return Unreadable(_("The record has too many fields."))
    marc = Marc(force_utf8=True)
    for child in node:
        name, tag, text = _name(child), child.get("tag", ""), child.text or ""
        if name == "leader":
            marc.leader = Leader(text.ljust(24)[:24])
        elif name == "controlfield" and tag:
            marc.fields.append(Field(tag=tag, data=text))
        elif name == "datafield" and tag >= "010":
            signs = (child.get("ind1", " ") or " ", child.get("ind2", " ") or " ")
            marc.fields.append(
                Field(
                    tag=tag,
                    indicators=Indicators(*signs),
                    subfields=[
                        Subfield(part.get("code", ""), part.text or "")
                        for part in child
                        if _name(part) == "subfield"
                    ],
                )
            )
    return marc


def _name(node: Element) -> str:
    return node.tag.rpartition("}")[2]
