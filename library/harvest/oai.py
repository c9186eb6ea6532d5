"""The protocol of the Open Archives, version 2.0: how it is answered.

https://www.openarchives.org/OAI/openarchivesprotocol.html

A change bears the moment when its transaction began, and may be seen only when it ends. A harvester
that asks for what came since its last answer would miss it. So lists are of what was changed at
least two minutes ago, and answers bear the date of that moment.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from library import udc
from library.harvest import formats, xml
from library.harvest import oai_requests as requests
from library.harvest.oai_requests import ProtocolError
from library.models import Record
from library.queries import harvest as queries

SCHEMA = "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
A_PAGE = 100
SETTLED = timedelta(minutes=2)
"""No transaction that writes records takes longer."""
SET = "udc:"


def answer(asked: QueryDict, address: str) -> ET.Element:
    """The answer to a request; `address` is where it was sent. Errors are the protocol's own."""
    document = xml.root(xml.OAI, "OAI-PMH", SCHEMA)
    xml.add(document, xml.OAI, "responseDate", _stamp(_settled()))
    request = xml.add(document, xml.OAI, "request", address)
    try:
        verb, arguments = requests.read(asked)
        parts = ET.Element("parts")
        # Machines read titles as they are printed, and English everywhere else.
        with override("en"):
            ANSWERS[verb](parts, arguments)
    except ProtocolError as error:
        if error.code not in ("badVerb", "badArgument"):
            _repeat(request, asked)
        xml.add(document, xml.OAI, "error", str(error), {"code": error.code})
        return document
    _repeat(request, asked)
    document.extend(parts)
    return document


def _repeat(request: ET.Element, asked: QueryDict) -> None:
    for key, value in asked.items():
        request.set(key, xml.clean(str(value)))


def _identify(parts: ET.Element, arguments: dict[str, str]) -> None:
    identify = xml.add(parts, xml.OAI, "Identify")
    facts = (
        ("repositoryName", "Library of the Centre for Education Kragujevac"),
        ("baseURL", settings.SITE_URL + reverse("library:oai")),
        ("protocolVersion", "2.0"),
        ("adminEmail", parseaddr(settings.DEFAULT_FROM_EMAIL)[1]),
        ("earliestDatestamp", _stamp(queries.earliest() or _settled())),
        ("deletedRecord", "persistent"),
        ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
    )
    for local, text in facts:
        xml.add(identify, xml.OAI, local, text)
    identify.append(ET.Comment(" Lists hold what was changed at least two minutes ago. "))


def _list_formats(parts: ET.Element, arguments: dict[str, str]) -> None:
    if "identifier" in arguments:
        _record(arguments["identifier"])
    listed = xml.add(parts, xml.OAI, "ListMetadataFormats")
    for one in formats.OF_OAI.values():
        described = xml.add(listed, xml.OAI, "metadataFormat")
        xml.add(described, xml.OAI, "metadataPrefix", one.prefix)
        xml.add(described, xml.OAI, "schema", one.schema)
        xml.add(described, xml.OAI, "metadataNamespace", one.namespace)


def _list_sets(parts: ET.Element, arguments: dict[str, str]) -> None:
    if "resumptionToken" in arguments:
        raise ProtocolError("badResumptionToken", "The list of sets is given at once.")
    listed = xml.add(parts, xml.OAI, "ListSets")
    for digit, name in udc.CLASSES.items():
        described = xml.add(listed, xml.OAI, "set")
        xml.add(described, xml.OAI, "setSpec", f"{SET}{digit}")
        xml.add(described, xml.OAI, "setName", f"UDC {digit} {name}")


def _get_record(parts: ET.Element, arguments: dict[str, str]) -> None:
    record, used = _record(arguments["identifier"]), _format(arguments["metadataPrefix"])
    _write(xml.add(parts, xml.OAI, "GetRecord"), record, used)


def _list_identifiers(parts: ET.Element, arguments: dict[str, str]) -> None:
    listed = xml.add(parts, xml.OAI, "ListIdentifiers")
    _list(listed, arguments, lambda parent, record, _: _head(parent, record))


def _list_records(parts: ET.Element, arguments: dict[str, str]) -> None:
    _list(xml.add(parts, xml.OAI, "ListRecords"), arguments, _write)


def _list(
    listed: ET.Element,
    arguments: dict[str, str],
    write: Callable[[ET.Element, Record, formats.Format], None],
) -> None:
    listing = requests.listing(arguments)
    used = _format(listing.prefix)
    since, before = requests.moments(listing)
    settled = _settled().replace(microsecond=0)
    before = min(before, settled) if before is not None else settled
    rows = queries.changed(since, before, _class(listing.set_spec))
    if listing.given:
        rows = queries.after(rows, datetime.fromisoformat(listing.changed_at), listing.pk)
    found = list(rows[: A_PAGE + 1])
    if not found:
        raise ProtocolError("noRecordsMatch", "No record was changed then in that set.")
    page = found[:A_PAGE]
    for record in page:
        write(listed, record, used)
    if len(found) > A_PAGE:
        last = page[-1]
        rest = requests.Listing(
            listing.prefix,
            listing.since,
            listing.until,
            listing.set_spec,
            last.changed_at.isoformat(),
            last.pk,
            listing.given + A_PAGE,
        ).token
        xml.add(listed, xml.OAI, "resumptionToken", rest, {"cursor": str(listing.given)})
    elif listing.given:
        # The protocol ends a list that came in parts with an empty token.
        xml.add(listed, xml.OAI, "resumptionToken", "", {"cursor": str(listing.given)})


def _class(set_spec: str) -> str | None:
    if not set_spec:
        return None
    digit = set_spec.removeprefix(SET)
    if f"{SET}{digit}" != set_spec or digit not in udc.CLASSES:
        raise ProtocolError("noRecordsMatch", "There is no such set.")
    return digit


def _format(prefix: str) -> formats.Format:
    if prefix not in formats.OF_OAI:
        raise ProtocolError("cannotDisseminateFormat", f"No record is given as {prefix}.")
    return formats.OF_OAI[prefix]


def _record(identifier: str) -> Record:
    known = _identifier("")
    key = identifier.removeprefix(known)
    is_ours = identifier.startswith(known) and key.isascii() and key.isdecimal() and len(key) < 19
    record = queries.one(int(key)) if is_ours else None
    if record is None:
        raise ProtocolError("idDoesNotExist", "There is no record with this identifier.")
    return record


def _identifier(key: object) -> str:
    return f"oai:{urlsplit(settings.SITE_URL).hostname}:{key}"


def _head(parent: ET.Element, record: Record) -> None:
    gone = {"status": "deleted"} if record.withdrawn_at else {}
    header = xml.add(parent, xml.OAI, "header", attributes=gone)
    xml.add(header, xml.OAI, "identifier", _identifier(record.pk))
    xml.add(header, xml.OAI, "datestamp", _stamp(record.changed_at))
    if record.udc_class in udc.CLASSES:
        xml.add(header, xml.OAI, "setSpec", f"{SET}{record.udc_class}")


def _write(parent: ET.Element, record: Record, used: formats.Format) -> None:
    element = xml.add(parent, xml.OAI, "record")
    _head(element, record)
    if not record.withdrawn_at:
        address = settings.SITE_URL + reverse("library:record", args=[record.pk])
        xml.add(element, xml.OAI, "metadata").append(used.write(record, address))


def _settled() -> datetime:
    return timezone.now() - SETTLED


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


ANSWERS: dict[str, Callable[[ET.Element, dict[str, str]], None]] = {
    "Identify": _identify,
    "ListMetadataFormats": _list_formats,
    "ListSets": _list_sets,
    "ListIdentifiers": _list_identifiers,
    "ListRecords": _list_records,
    "GetRecord": _get_record,
}
