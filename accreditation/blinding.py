"""What reviewers read who must not know the authors.

Names, addresses, telephones and schools of the authors are found in all spellings and put out of
sight, with what the staff have masked beside. Files are shown only when they name nobody.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from accreditation import spellings
from accreditation.versions import Content, Enclosed, Hours
from centar.script.folding import fold

_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TITLES = {"dr", "mr", "prof", "msc", "ma", "phd", "spec", "mast"}
_QUOTES = "„“”\"«»'‘’"
_QUOTED = re.compile(f"[{_QUOTES}](.+?)[{_QUOTES}]")
_WORD = re.compile(r"[^\W\d_]+")
# Words that many schools begin with; alone they name none of them.
_COMMON = {
    *("osnovna", "srednja", "muzicka", "tehnicka", "strucna", "skola", "gimnazija", "os", "ss"),
    *("predskolska", "ustanova", "vrtic", "centar", "obrazovni", "i", "za", "ekonomska"),
}
_SHORTEST_ALONE = 3
"""Letters of a name that is masked where it stands alone."""


@dataclass(frozen=True)
class Name:
    """Somebody's name, in whichever script."""

    given: str
    family: str

    @classmethod
    def parsed(cls, name: str) -> Name:
        """From a name in one line: titles left out, the first word is the given name."""
        words = [word for word in _WORD.findall(name) if fold(word) not in _TITLES]
        return cls(words[0] if words else "", " ".join(words[1:]))


@dataclass(frozen=True)
class Place:
    """A school by its name; `village` is its place where few other schools are."""

    name: str
    place: str = ""
    village: str = ""


@dataclass(frozen=True)
class Known:
    """What gives the authors of a proposal away."""

    names: frozenset[Name] = frozenset()
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    schools: frozenset[Place] = frozenset()


@dataclass(frozen=True)
class Mask:
    """Puts known things and what the staff have masked (words, with what stands instead) out of
    sight.
    """

    known: Known
    words: tuple[tuple[str, str], ...] = field(default=())

    def hide(self, text: str) -> str:
        """The text without what gives the authors away."""
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
        for words, instead in self.words:
            plain = (instead or "[…]").replace("\\", "\\\\")
            text = _staff_pattern(words).sub(plain, text)
        text = _EMAIL.sub(_("[e-mail]"), text)
        text = self._pattern.sub(self._instead, text)
        # Quotation marks of a name go with it; two in a row are parts of one name.
        text = re.sub(rf"[{_QUOTES}]?({re.escape(_('[school]'))})[{_QUOTES}]?", r"\1", text)
        author = re.escape(_("[author]"))
        return re.sub(rf"({author})(?:[\s-]+{author})+", r"\1", text)

    def finds(self, text: str) -> str:
        """The first thing in the text that gives the authors away, or nothing."""
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
        for email in self.known.emails:
            if email.casefold() in text.casefold():
                return email
        for match in self._pattern.finditer(text):
            if self._instead(match) != match[0]:
                return match[0]
        return ""

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return _pattern(self.known)

    @staticmethod
    def _instead(match: re.Match[str]) -> str:
        kind = match.lastgroup
        # Given names are also ordinary words (вера, нада), and so are two small letters.
        if kind == "given" and match[0][0].islower():
            return match[0]
        if kind == "initials" and any(sign.islower() for sign in match[0]):
            return match[0]
        return {"school": _("[school]"), "phone": _("[telephone]")}.get(kind or "", _("[author]"))


def blind(content: Content, mask: Mask, copied: Collection[int] = ()) -> Content:
    """The content as a blind reviewer reads it; `copied` are attachments with a blind copy.

    There are no authors; those who lead hours are numbered; files that may name somebody are
    left out, the others have neutral names.
    """
    return replace(
        content,
        title=mask.hide(content.title),
        sections=tuple(
            replace(
                section,
                questions=tuple(
                    replace(one, text=mask.hide(one.text)) for one in section.questions
                ),
            )
            for section in content.sections
        ),
        schedule=tuple(_numbered(content.schedule, mask)),
        authors=(),
        attachments=tuple(_neutral(content.attachments, mask, copied)),
    )


def _numbered(schedule: Iterable[Hours], mask: Mask) -> Iterator[Hours]:
    numbers: dict[str, int] = {}
    for row in schedule:
        leader = fold(row.leader)
        if leader:
            number = numbers.setdefault(leader, len(numbers) + 1)
            leader = _("leader %(number)d") % {"number": number}
        yield replace(row, topic=mask.hide(row.topic), way=mask.hide(row.way), leader=leader)


def _neutral(
    attachments: Iterable[Enclosed], mask: Mask, copied: Collection[int]
) -> Iterator[Enclosed]:
    shown = (one for one in attachments if one.names_nobody or one.pk in copied)
    for number, one in enumerate(shown, 1):
        # In Latin letters whatever the face: it becomes the name of a file.
        name = f"prilog-{number}{PurePosixPath(one.name).suffix.lower()}"
        yield replace(one, name=name, document=mask.hide(one.document))


@lru_cache(maxsize=256)
def _staff_pattern(words: str) -> re.Pattern[str]:
    found = _WORD.findall(words)
    inside = spellings.in_a_row(found) if found else re.escape(words)
    return re.compile(f"{spellings.BEFORE}{inside}{spellings.AFTER}" if found else inside, re.I)


@lru_cache(maxsize=256)
def _pattern(known: Known) -> re.Pattern[str]:
    """All that is known as one expression; the names of its groups tell what was found."""
    names = sorted(known.names, key=lambda one: (one.family, one.given))
    # A school with its place before the same without, else its town stays in sight.
    schools = sorted(known.schools, key=lambda one: (not one.place, one.name, one.place))
    groups = {
        "school": [form for school in schools for form in _schools(school)],
        "whole": [form for name in names for form in _whole_names(name)],
        "initials": [form for name in names for form in _initials(name)],
        "family": [form for name in names for form in _families(name)],
        "given": [
            spellings.in_a_row(_WORD.findall(name.given), r"[\s-]+")
            for name in names
            if len(name.given) >= _SHORTEST_ALONE
        ],
        "handle": [spellings.spelled(one) for one in sorted(_handles(known.emails))],
        "phone": [_phone(phone) for phone in known.phones if sum(map(str.isdigit, phone)) > 5],
    }
    parts = [f"(?P<{kind}>{'|'.join(forms)})" for kind, forms in groups.items() if forms]
    # What can never be found stands for nothing at all.
    inside = "|".join(parts) or r"(?!)"
    return re.compile(f"{spellings.BEFORE}(?:{inside})(?:{spellings.AFTER}|(?<=\\.))", re.I)


def _whole_names(name: Name) -> Iterator[str]:
    """Given and family name in both orders, together or apart, in any letter case."""
    given, family = _WORD.findall(name.given), _WORD.findall(name.family)
    if given and family:
        gap = r"[\s,._-]*"
        first = spellings.in_a_row(given, r"[\s-]+")
        last = spellings.in_a_row(family, r"[\s-]+")
        yield f"{first}{gap}{last}"
        yield f"{last}{gap}{first}"


def _initials(name: Name) -> Iterator[str]:
    """М. П. and П. М."""
    first, last = _initial(name.given), _initial(name.family)
    if name.given and name.family:
        yield rf"{first}\.\s*{last}\."
        yield rf"{last}\.\s*{first}\."


def _families(name: Name) -> Iterator[str]:
    """Each family name, with the initial of the given one before or after it."""
    first = _initial(name.given)
    for word in _WORD.findall(name.family):
        if len(word) >= _SHORTEST_ALONE:
            before, after = (
                (rf"(?:{first}\.\s*)?", rf"(?:,?\s*{first}\.(?!\s*\w\.))?") if first else ("", "")
            )
            yield f"{before}{spellings.declined(word)}{after}"


def _initial(name: str) -> str:
    """The first letter of a name, also where it is written as two; what is not written, nothing."""
    key = fold(name)
    sounds = {key[:1], key[:2] if key[:2] in ("lj", "nj", "dj", "dz") else key[:1]}
    return f"(?:{'|'.join(spellings.spelled(one) for one in sorted(sounds))})" if key else r"(?!)"


def _handles(emails: Iterable[str]) -> set[str]:
    """What stands before the @, which people use elsewhere too."""
    return {one.partition("@")[0] for one in emails if len(one.partition("@")[0]) > 4}


def _phone(phone: str) -> str:
    digits = re.sub(r"\D", "", phone).removeprefix("381").lstrip("0")
    return r"(?:\+?381|0)?[\s/().-]*" + r"[\s/().-]*".join(digits)


def _schools(school: Place) -> Iterator[str]:
    """The school's own name with its place after it, and the place of a school in a village."""
    quoted = _QUOTED.search(school.name)
    words = _WORD.findall(quoted[1] if quoted else school.name)
    place = spellings.in_a_row(_WORD.findall(school.place))
    own = words if all(fold(word) in _COMMON for word in words) else _without_common(words)
    if own and place:
        at = rf"\W+(?:[уu]\s+)?{place}"
        alone = len(own) > 1 or fold(own[0]) not in _COMMON
        yield f"{spellings.in_a_row(own)}(?:{at}){'?' if alone else ''}"
    elif own:
        yield spellings.in_a_row(own)
    if school.village:
        yield spellings.in_a_row(_WORD.findall(school.village))


def _without_common(words: list[str]) -> list[str]:
    """The words from the first that says which school it is."""
    first = next(at for at, word in enumerate(words) if fold(word) not in _COMMON)
    return words[first:]
