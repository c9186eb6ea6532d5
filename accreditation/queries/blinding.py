"""What gives the authors of proposals away, and versions as each reader may read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accreditation import blinding
from accreditation.blinding import Known, Mask, Name, Place
from accreditation.models import Author, BlindCopy, Masking, Version
from accreditation.versions import Content
from centar.people.models import Person
from centar.schools.models import School


@dataclass
class _Gathered:
    """What is known of the authors of one proposal, while it is gathered."""

    names: set[Name]
    emails: set[str]
    phones: set[str]
    schools: set[Place]

    def known(self) -> Known:
        return Known(
            frozenset(self.names),
            frozenset(filter(None, self.emails)),
            frozenset(filter(None, self.phones)),
            frozenset(self.schools),
        )


def masks_of(versions: Sequence[Version]) -> dict[int, Mask]:
    """What hides the authors of each version, by its key; three statements.

    Everybody who was ever named counts: in any version, invited only, or gone since.
    """
    words: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    proposals = {version.proposal_id for version in versions}
    for masking in Masking.objects.filter(version__proposal__in=proposals).order_by("pk"):
        words[masking.version_id].append((masking.words, masking.instead))
    known = _known(proposals)
    return {
        version.pk: Mask(known[version.proposal_id], tuple(words[version.pk]))
        for version in versions
    }


def mask_of(version: Version) -> Mask:
    """The same for one version."""
    return masks_of([version])[version.pk]


def titles_of(versions: Sequence[Version], *, is_blind: bool) -> dict[int, str]:
    """The title of each version, by its key, as its reader reads it."""
    titles = {version.pk: str(version.content["title"]) for version in versions}
    if is_blind:
        masks = masks_of(versions)
        titles = {pk: masks[pk].hide(title) for pk, title in titles.items()}
    return titles


def content_of(version: Version, *, is_blind: bool) -> Content:
    """The version as its reader reads it; a blind one without its authors."""
    content = Content.of(version)
    if not is_blind:
        return content
    return blinding.blind(content, mask_of(version), copied(content))


def contents_of(versions: Sequence[Version], *, is_blind: bool) -> list[Content]:
    """Several versions of one proposal, all with everything hidden that is hidden in any."""
    contents = [Content.of(version) for version in versions]
    if not is_blind:
        return contents
    masks = masks_of(versions)
    words = tuple(dict.fromkeys(pair for mask in masks.values() for pair in mask.words))
    return [
        blinding.blind(content, Mask(masks[version.pk].known, words), copied(content))
        for version, content in zip(versions, contents, strict=True)
    ]


def copied(content: Content) -> set[int]:
    """The attachments of which there is a blind copy."""
    keys = [one.pk for one in content.attachments]
    return set(BlindCopy.objects.filter(attachment__in=keys).values_list("attachment", flat=True))


def _known(proposals: Iterable[int]) -> dict[int, Known]:
    found: defaultdict[int, _Gathered] = defaultdict(lambda: _Gathered(set(), set(), set(), set()))
    authors = Author.objects.filter(proposal__in=proposals).select_related(
        "person__user", "person__school__municipality", "school__municipality"
    )
    for author in authors:
        _add_author(found[author.proposal_id], author)
    frozen = Version.objects.filter(proposal__in=proposals)
    for proposal_id, rows in frozen.values_list("proposal", "content__authors"):
        for row in rows:
            found[proposal_id].names.add(Name.parsed(row["name"]))
            found[proposal_id].emails.add(row["email"])
            if row["school"]:
                found[proposal_id].schools.add(Place(row["school"]))
    return {proposal_id: found[proposal_id].known() for proposal_id in proposals}


def _add_author(found: _Gathered, author: Author) -> None:
    found.names.add(Name.parsed(author.name))
    found.emails.add(author.email)
    person: Person | None = author.person
    if person is not None:
        found.names.add(Name(person.first_name, person.last_name))
        found.emails |= {person.email, person.contact_email}
        found.phones.add(person.phone)
        if person.employer:
            found.schools.add(Place(person.employer))
    for school in (author.school, person.school if person else None):
        if school is not None:
            found.schools.add(_place(school))


def _place(school: School) -> Place:
    is_village = school.place.casefold() != school.municipality.name.casefold()
    return Place(school.name, school.place, school.place if is_village else "")
