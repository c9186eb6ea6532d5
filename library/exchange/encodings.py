"""The letters of ISO 2709: UTF-8, MARC-8, code pages of Windows and the 7 bits of Yugoslavia.

JUS I.B1.002 (Latin) and JUS I.B1.003 (Cyrillic) put letters where ASCII has brackets: „~ovek“ is
„čovek“ in the one, „~OVEK“ is „ЧОВЕК“ in the other. The bytes do not say which of the two it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pymarc.marc8 import marc8_to_unicode

from library.models import ImportRun

Encoding = ImportRun.Encoding
SEVEN_BITS = (Encoding.YUSCII_LATIN, Encoding.YUSCII_CYRILLIC)

_LATIN = str.maketrans("@[\\]^`{|}~", "ŽŠĐĆČžšđćč")
_CYRILLIC = str.maketrans(
    "@[\\]^`{|}~ABCDEFGHIJKLMNOPQRSTUVWXZabcdefghijklmnopqrstuvwxz",
    "ЖШЂЋЧжшђћчАБЦДЕФГХИЈКЛМНОПЉРСТУВЊЏЗабцдефгхијклмнопљрстувњџз",
)
_JUS_LETTER = re.compile(rb"[A-Za-z][@\[\\\]^`{|}~]|[@\[\\\]^`{|}~][A-Za-z]")
# A mark stands before its letter; of the signs above ASCII these are the ones that MARC-8 has.
_ANSEL = re.compile(rb"(?:[\x00-\x7f\x88\x89\x8d\x8e\xa1-\xc8]|[\xe0-\xfe]+[A-Za-z\xa1-\xbd])*")
_MARC8_LETTER = re.compile(rb"[\xe0-\xfe][A-Za-z]|\x1b[(),$!bgps]")
# Capital and small Serbian letters of Windows-1250 outside ASCII.
_CP1250_LETTER = re.compile(rb"[\x8a\x9a\xd0\xf0\xc6\xe6\xc8\xe8\x8e\x9e]")


def decoder(encoding: str) -> Callable[[bytes], str]:
    """How bytes become text. The function raises UnicodeError for what is in another encoding."""
    if encoding == Encoding.MARC8:
        return _marc8
    if encoding == Encoding.YUSCII_LATIN:
        return lambda data: data.decode("ascii").translate(_LATIN)
    if encoding == Encoding.YUSCII_CYRILLIC:
        return lambda data: data.decode("ascii").translate(_CYRILLIC)
    codec = {Encoding.CP1250: "cp1250", Encoding.CP1251: "cp1251"}.get(Encoding(encoding), "utf-8")
    return lambda data: data.decode(codec)


def _marc8(data: bytes) -> str:
    if data.isascii() and b"\x1b" not in data:
        return data.decode("ascii")
    # pymarc makes blanks of what it does not know.
    if b"\x1b" not in data and not _ANSEL.fullmatch(data):
        raise UnicodeError
    text: str = marc8_to_unicode(data, hide_utf8_warnings=True)
    return text


def is_plainly_utf8(record: bytes) -> bool:
    """Whether a record is UTF-8 beyond doubt: a letter of another encoding, followed by another
    letter, is never a letter of UTF-8 throughout.
    """
    if record.isascii():
        return False
    try:
        record.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def guess(sample: bytes) -> Encoding:
    """Which encoding a piece of a file is most probably in; a person may say another one."""
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as error:
        # A sample may end within a letter.
        if error.start < len(sample) - 4:
            return _eight_bits(sample)
    if sample.isascii():
        if b"\x1b" in sample:
            return Encoding.MARC8
        # Brackets within words are letters; in ASCII they stand at the edges of words, seldom.
        if len(_JUS_LETTER.findall(sample)) * 400 > len(sample):
            return Encoding.YUSCII_LATIN
    return Encoding.UTF8


def _eight_bits(sample: bytes) -> Encoding:
    marc8 = len(_MARC8_LETTER.findall(sample))
    latin = len(_CP1250_LETTER.findall(sample))
    others = sum(byte >= 0x80 for byte in sample)
    if marc8 and marc8 * 2 >= others:
        # Of a letter and its mark, MARC-8 has the mark first; š in Windows-1250 is one byte.
        return Encoding.MARC8 if latin * 2 < others or b"\x1b" in sample else Encoding.CP1250
    return Encoding.CP1250 if latin * 2 > others else Encoding.CP1251
