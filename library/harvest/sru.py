"""Search/Retrieve via URL, versions 1.1, 1.2 and 2.0.

http://www.loc.gov/standards/sru/
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse

from centar.sql import TooSlow
from library.harvest import cql, formats, xml
from library.harvest.cql import Diagnostic
from library.queries import cql as searches
from library.queries import harvest as queries

VERSIONS = ("1.1", "1.2", "2.0")
A_PAGE, MOST_A_PAGE = 10, 100
EXPLAIN = "http://explain.z3950.org/dtd/2.0/"
EXPLAIN_SCHEMA = "http://explain.z3950.org/dtd/2.0/"
KNOWN = {
    "operation", "version", "query", "startRecord", "maximumRecords", "recordSchema",
    "recordPacking", "recordXMLEscaping", "queryType", "stylesheet", "httpAccept",
}  # fmt: skip


@dataclass(frozen=True)
class _Version:
    number: str
    response: str
    diagnostic: str

    @property
    def is_second(self) -> bool:
        """Whether it is 2.0, which names some things otherwise."""
        return self.number == "2.0"


def _version(number: str) -> _Version:
    if number == "2.0":
        base = "http://docs.oasis-open.org/ns/search-ws/"
        return _Version(number, f"{base}sruResponse", f"{base}diagnostic")
    base = "http://www.loc.gov/zing/srw/"
    return _Version(number, base, f"{base}diagnostic/")


def answer(asked: QueryDict) -> ET.Element:
    """The answer to a request: the explanation, the records, or a diagnostic."""
    number = asked.get("version", "1.2")
    version = _version(number if number in VERSIONS else "1.2")
    # Without an operation, a query is a search in 2.0 and everything else asks for explanation.
    operation = asked.get("operation", "searchRetrieve" if "query" in asked else "explain")
    name = "explain" if operation == "explain" else "searchRetrieve"
    document = xml.root(version.response, f"{name}Response")
    if not version.is_second:
        xml.add(document, version.response, "version", version.number)
    try:
        if number not in VERSIONS:
            raise Diagnostic(5, "Unsupported version", "1.2")
        unknown = [key for key in asked if key not in KNOWN and not key.startswith("x-")]
        if unknown:
            raise Diagnostic(8, "Unsupported parameter", unknown[0])
        if operation == "explain":
            _explain(document, version)
        elif operation == "searchRetrieve":
            _search(document, version, asked)
        else:
            raise Diagnostic(4, "Unsupported operation", operation)
    except Diagnostic as diagnostic:
        if (
            name == "searchRetrieve"
            and document.find(f"{{{version.response}}}numberOfRecords") is None
        ):
            xml.add(document, version.response, "numberOfRecords", "0")
        _say(document, version, diagnostic)
    return document


def _say(document: ET.Element, version: _Version, diagnostic: Diagnostic) -> None:
    parent = xml.add(document, version.response, "diagnostics")
    element = xml.add(parent, version.diagnostic, "diagnostic")
    uri = f"info:srw/diagnostic/1/{diagnostic.number}"
    xml.add(element, version.diagnostic, "uri", uri)
    if diagnostic.details:
        xml.add(element, version.diagnostic, "details", diagnostic.details)
    xml.add(element, version.diagnostic, "message", str(diagnostic))


def _search(document: ET.Element, version: _Version, asked: QueryDict) -> None:
    query = asked.get("query", "")
    if not query.strip():
        raise Diagnostic(7, "Mandatory parameter not supplied", "query")
    if asked.get("queryType", "cql") != "cql":
        raise Diagnostic(6, "Unsupported parameter value", "queryType")
    if asked.get("recordPacking", "xml") not in ("xml", "packed") or (
        asked.get("recordXMLEscaping", "xml") != "xml"
    ):
        raise Diagnostic(71, "Unsupported record packing", "xml")
    used = _format(asked.get("recordSchema", "dc"))
    first = _number(asked, "startRecord", 1, least=1)
    number = min(_number(asked, "maximumRecords", A_PAGE, least=0), MOST_A_PAGE)
    try:
        total, keys = searches.find(cql.read(query), first, number)
    except TooSlow as reason:
        raise Diagnostic(1, "General system error", "the query takes too long") from reason
    counted = min(total, searches.MOST)
    xml.add(document, version.response, "numberOfRecords", str(counted))
    if number and first > max(counted, 1):
        raise Diagnostic(61, "First record position out of range", str(counted))
    if keys:
        _write(xml.add(document, version.response, "records"), version, used, keys, first)
    following = first + len(keys)
    if keys and following <= counted:
        xml.add(document, version.response, "nextRecordPosition", str(following))
    if version.is_second and total > searches.MOST:
        precision = "info:srw/vocabulary/resultCountPrecision/1/minimum"
        xml.add(document, version.response, "resultCountPrecision", precision)


def _write(
    records: ET.Element, version: _Version, used: formats.Format, keys: list[int], first: int
) -> None:
    packing = "recordXMLEscaping" if version.is_second else "recordPacking"
    for place, record in enumerate(queries.of_keys(keys), first):
        element = xml.add(records, version.response, "record")
        xml.add(element, version.response, "recordSchema", used.namespace)
        xml.add(element, version.response, packing, "xml")
        address = settings.SITE_URL + reverse("library:record", args=[record.pk])
        data = xml.add(element, version.response, "recordData")
        data.append(used.write(record, address))
        if version.number != "1.1":
            xml.add(element, version.response, "recordIdentifier", str(record.pk))
        xml.add(element, version.response, "recordPosition", str(place))


def _format(name: str) -> formats.Format:
    for one in formats.OF_SRU:
        if name in one.names:
            return one
    raise Diagnostic(66, "Unknown schema for retrieval", name)


def _number(asked: QueryDict, name: str, otherwise: int, *, least: int) -> int:
    text = asked.get(name, "")
    if not text:
        return otherwise
    if not (text.isascii() and text.isdecimal() and len(text) < 10) or int(text) < least:
        raise Diagnostic(6, "Unsupported parameter value", name)
    return int(text)


def _explain(document: ET.Element, version: _Version) -> None:
    packing = "recordXMLEscaping" if version.is_second else "recordPacking"
    record = xml.add(document, version.response, "record")
    xml.add(record, version.response, "recordSchema", EXPLAIN_SCHEMA)
    xml.add(record, version.response, packing, "xml")
    explain = xml.add(xml.add(record, version.response, "recordData"), EXPLAIN, "explain")
    site, path = urlsplit(settings.SITE_URL), reverse("library:sru")
    server = xml.add(
        explain,
        EXPLAIN,
        "serverInfo",
        attributes={"protocol": "SRU", "version": version.number, "transport": site.scheme},
    )
    xml.add(server, EXPLAIN, "host", site.hostname)
    xml.add(server, EXPLAIN, "port", str(site.port or (443 if site.scheme == "https" else 80)))
    xml.add(server, EXPLAIN, "database", path.lstrip("/"))
    title = "Library of the Centre for Education Kragujevac"
    database = xml.add(explain, EXPLAIN, "databaseInfo")
    xml.add(database, EXPLAIN, "title", title, {"lang": "en", "primary": "true"})
    indexes = xml.add(explain, EXPLAIN, "indexInfo")
    for prefix, uri in (
        ("cql", "info:srw/cql-context-set/1/cql-v1.2"),
        ("dc", "info:srw/cql-context-set/1/dc-v1.1"),
        ("bath", "http://zing.z3950.org/cql/bath/2.0/"),
    ):
        xml.add(indexes, EXPLAIN, "set", attributes={"identifier": uri, "name": prefix})
    for index in cql.INDEXES:
        prefix, _, local = index.partition(".")
        named = xml.add(xml.add(indexes, EXPLAIN, "index"), EXPLAIN, "map")
        xml.add(named, EXPLAIN, "name", local, {"set": prefix})
    schemas = xml.add(explain, EXPLAIN, "schemaInfo")
    for one in formats.OF_SRU:
        facts = {"identifier": one.namespace, "location": one.schema, "name": one.prefix}
        schema = xml.add(schemas, EXPLAIN, "schema", attributes=facts)
        xml.add(schema, EXPLAIN, "title", one.prefix)
    settled = xml.add(explain, EXPLAIN, "configInfo")
    xml.add(settled, EXPLAIN, "default", str(A_PAGE), {"type": "numberOfRecords"})
    xml.add(settled, EXPLAIN, "setting", str(MOST_A_PAGE), {"type": "maximumRecords"})
