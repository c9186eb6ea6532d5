"""A file of records, whatever it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from pymarc import Record as Marc

from library.described import Described
from library.exchange import encodings, iso2709, marc21, marcxml, tables, unimarc
from library.exchange.settling import settled
from library.exchange.texts import Unreadable
from library.models import ImportRun

Format, Encoding = ImportRun.Format, ImportRun.Encoding
_SAMPLE = 200_000
_ZIP = b"PK\x03\x04"
_MARCS: dict[str, Callable[[Marc], Described]] = {
    Format.MARC21: marc21.read,
    Format.MARC21_XML: marc21.read,
    Format.UNIMARC: unimarc.read,
    Format.UNIMARC_XML: unimarc.read,
}


@dataclass(frozen=True)
class Guess:
    """What a file seems to be."""

    format: str
    encoding: str = ImportRun.Encoding.UTF8


def guess(content: bytes) -> Guess:
    """What the bytes say, whatever the file is called; a person may say otherwise."""
    sample = content[:_SAMPLE]
    if sample.startswith(_ZIP):
        return Guess(Format.XLSX)
    if sample.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        is_unimarc = sample.count(b'"200"') > sample.count(b'"245"')
        return Guess(Format.UNIMARC_XML if is_unimarc else Format.MARC21_XML)
    if iso2709.END in sample or b"\x1e" in sample:
        return Guess(
            Format.UNIMARC if _is_unimarc(sample) else Format.MARC21,
            encodings.guess(_prevailing(sample)),
        )
    return Guess(Format.CSV)


def _is_unimarc(sample: bytes) -> bool:
    tags = [tag for chunk in iso2709.chunks(sample) for tag in iso2709.tags(chunk)]
    return tags.count(b"200") > tags.count(b"245")


def _prevailing(sample: bytes) -> bytes:
    """What most of the records are written in, so that a stray one does not decide for the file."""
    groups: defaultdict[str, list[bytes]] = defaultdict(list)
    for chunk in iso2709.chunks(sample):
        if chunk.endswith(iso2709.END):
            groups["" if chunk.isascii() else encodings.guess(chunk)].append(chunk)
    # Plain letters are the same in nearly all encodings, and decide nothing.
    if encodings.guess(b"".join(groups[""])) == Encoding.UTF8:
        del groups[""]
    largest: list[bytes] = max(groups.values(), key=len, default=[sample])
    return b"".join(largest)


def read(
    content: bytes, format: str, encoding: str, *, skip: int = 0
) -> Iterator[Described | Unreadable]:
    """The records one by one, ready for the catalogue, or the reason why one cannot be read.

    Those that are to be skipped cost little. A file that is nothing of the kind raises Unreadable
    itself.
    """
    if format in (Format.CSV, Format.XLSX):
        found: Iterator[Described | Unreadable] = tables.read(
            content, is_workbook=format == Format.XLSX, skip=skip
        )
    else:
        found = _of_marc(content, format, encoding, skip)
    for one in found:
        yield _settled(one)


def _settled(one: Described | Unreadable) -> Described | Unreadable:
    if isinstance(one, Unreadable):
        return one
    try:
        return settled(one)
    except Unreadable as reason:
        return reason


def _of_marc(
    content: bytes, format: str, encoding: str, skip: int
) -> Iterator[Described | Unreadable]:
    means = _MARCS[format]
    is_xml = format in (Format.MARC21_XML, Format.UNIMARC_XML)
    for one in marcxml.read(content, skip) if is_xml else iso2709.read(content, encoding, skip):
        if isinstance(one, Unreadable):
            yield one
            continue
        try:
            yield means(one)
        except Unreadable as reason:
            yield reason
        except (ValueError, IndexError, KeyError):
            yield Unreadable(_("Its fields hold what they must not."))
