"""ISO 2709: records one after another, each with a leader, a directory and fields.

Records are cut at their terminators and not by the lengths that they claim, so that one that lies
takes no other with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from django.utils.translation import gettext as _
from pymarc import Field, Indicators, Leader, Subfield
from pymarc import Record as Marc
from pymarc.exceptions import PymarcException

from library.exchange import encodings
from library.exchange.texts import Unreadable

END = b"\x1d"
_FIELD_END = b"\x1e"
_SUBFIELD = b"\x1f"
_LEADER = 24
_ENTRY = 12
_BETWEEN = b"\r\n \0\x1a"
# Codes and numbers stay ASCII where letters are written as brackets of 7 bits.
_CODED = ("010", "011", "020", "022", "080", "100", "101", "102", "105", "675", "856")


def chunks(content: bytes) -> Iterator[bytes]:
    """The records of a file as they came, without what stands between them."""
    start = 0
    while start < len(content):
        end = content.find(END, start)
        end = len(content) if end < 0 else end + 1
        chunk = content[start:end].lstrip(_BETWEEN)
        if chunk:
            yield chunk
        start = end


def read(content: bytes, encoding: str, skip: int = 0) -> Iterator[Marc | Unreadable]:
    """The records one by one after those to be skipped, or why one cannot be read."""
    decode = encodings.decoder(encoding)
    is_seven_bits = encoding in encodings.SEVEN_BITS
    is_utf8 = encoding == encodings.Encoding.UTF8
    for chunk in islice(chunks(content), skip, None):
        try:
            # Code pages would read its bytes as letters, and nobody would notice.
            if not is_utf8 and encodings.is_plainly_utf8(chunk):
                raise UnicodeError
            yield _record(chunk, decode, is_seven_bits=is_seven_bits)
        except Unreadable as reason:
            yield reason
        except UnicodeError:
            yield Unreadable(_("Its letters are in another encoding than those of the file."))
        except (PymarcException, ValueError, IndexError):
            yield Unreadable(_("Its directory does not fit its fields."))


def _record(chunk: bytes, decode: Callable[[bytes], str], *, is_seven_bits: bool) -> Marc:
    if not chunk.endswith(END):
        raise Unreadable(_("The file breaks off within the record."))
    leader = chunk[:_LEADER]
    if len(chunk) <= _LEADER or not leader.isascii() or not leader[12:17].isdigit():
        raise Unreadable(_("It has no leader; it is no record of ISO 2709."))
    if not leader[:5].isdigit() or int(leader[:5]) != len(chunk):
        raise Unreadable(
            _("Its length is said to be %(said)s, but it is %(real)d.")
            % {"said": leader[:5].decode("ascii"), "real": len(chunk)}
        )
    base = int(leader[12:17])
    if not _LEADER < base < len(chunk):
        raise Unreadable(_("Its directory does not fit its fields."))
    directory = chunk[_LEADER : base - 1]
    if len(directory) % _ENTRY or not directory.isascii():
        raise Unreadable(_("Its directory does not fit its fields."))
    marc = Marc(force_utf8=True)
    marc.leader = Leader(leader.decode("ascii"))
    for place in range(0, len(directory), _ENTRY):
        tag = directory[place : place + 3].decode("ascii")
        length = int(directory[place + 3 : place + 7])
        start = base + int(directory[place + 7 : place + _ENTRY])
        data = chunk[start : start + length]
        if len(data) != length or not data.endswith(_FIELD_END):
            raise Unreadable(_("Its directory does not fit its fields."))
        is_coded = is_seven_bits and tag in _CODED
        marc.fields.append(_field(tag, data[:-1], _ascii if is_coded else decode))
    return marc


def _ascii(data: bytes) -> str:
    return data.decode("ascii")


def _field(tag: str, data: bytes, decode: Callable[[bytes], str]) -> Field:
    if tag < "010" and tag.isdigit():
        return Field(tag=tag, data=data.decode("utf-8", "replace"))
    head, *parts = data.split(_SUBFIELD)
    signs = head.decode("ascii", "replace").ljust(2)
    return Field(
        tag=tag,
        indicators=Indicators(signs[0], signs[1]),
        subfields=[
            Subfield(part[:1].decode("ascii", "replace"), decode(part[1:]))
            for part in parts
            if part
        ],
    )


def tags(chunk: bytes) -> list[bytes]:
    """The tags in a record's directory."""
    directory = chunk[_LEADER : chunk.find(_FIELD_END, _LEADER)]
    return [directory[place : place + 3] for place in range(0, len(directory), _ENTRY)]
