"""A record in the words of schema.org, for search engines."""

from __future__ import annotations

from typing import Any

from library import languages
from library.models import Contribution, Record

_TYPES = {
    Record.Kind.BOOK: "Book", Record.Kind.JOURNAL: "Periodical",
    Record.Kind.MATERIAL: "LearningResource", Record.Kind.KIT: "LearningResource",
    Record.Kind.AUDIO: "AudioObject", Record.Kind.VIDEO: "VideoObject",
    Record.Kind.ELECTRONIC: "DigitalDocument",
}  # fmt: skip
_ROLES = {
    Contribution.Role.AUTHOR: "author", Contribution.Role.EDITOR: "editor",
    Contribution.Role.TRANSLATOR: "translator", Contribution.Role.ILLUSTRATOR: "illustrator",
    Contribution.Role.COMPOSER: "composer", Contribution.Role.DIRECTOR: "director",
}  # fmt: skip


def facts(record: Record, address: str, cover: str) -> dict[str, Any]:
    """What is known of the publication; `address` and `cover` are the whole addresses of its page
    and of the picture that it may have.
    """
    numbers: dict[str, str] = {}
    for one in record.identifiers.all():
        # One that is printed wrong would lead to another publication, or to none.
        if one.number:
            numbers.setdefault(one.kind, one.number)
    known = {
        "@context": "https://schema.org",
        "@type": _TYPES[Record.Kind(record.kind)],
        "name": record.title,
        "alternativeHeadline": record.subtitle,
        "bookEdition": record.edition if record.kind == Record.Kind.BOOK else "",
        "isbn": numbers.get("isbn"),
        "issn": numbers.get("issn"),
        "inLanguage": languages.tag(record.language),
        "datePublished": str(record.year or ""),
        "publisher": _named("Organization", record.publisher),
        "keywords": record.subjects.splitlines(),
        "url": address,
        "image": cover if record.cover_id else "",
        "sameAs": record.link,
        **_people(record),
    }
    return {name: value for name, value in known.items() if value}


def _people(record: Record) -> dict[str, list[dict[str, str] | None]]:
    people: dict[str, list[dict[str, str] | None]] = {}
    for one in record.contributions.all():
        part = _ROLES.get(Contribution.Role(one.role), "contributor")
        kind = "Organization" if one.is_body else "Person"
        people.setdefault(part, []).append(_named(kind, one.name))
    return people


def _named(kind: str, name: str) -> dict[str, str] | None:
    return {"@type": kind, "name": name} if name else None
