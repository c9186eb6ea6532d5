"""The library on the prepared portal: a shelf, a journal, a kit, and lists to read."""

from __future__ import annotations

from django.urls import reverse

from centar.events.models import Event
from centar.files import kinds as file_kinds
from centar.files.models import PrivateFile
from library.models import (
    Copy,
    Identifier,
    JournalIssue,
    KitPart,
    ReadingList,
    ReadingListEntry,
    Record,
)
from library.operations import words
from tests.factories.library import ContributionFactory, CopyFactory, RecordFactory

TITLE = "На Дрини ћуприја"


def furnish(event: Event) -> None:
    """A book with everything, a journal, a kit, books for two pages, a list for the event."""
    file = PrivateFile.objects.create(
        name="Ћуприја.pdf", mime_type=file_kinds.PDF.mime_type, size=240_000
    )
    book = RecordFactory(
        title=TITLE,
        subtitle="вишеградска хроника",
        responsibility="Иво Андрић",
        names="Андрић, Иво",
        edition="2. изд.",
        place="Београд",
        publisher="Просвета",
        printed_year="[1948?]",
        year=1948,
        extent="389 стр. : илустр.",
        series="Српски писци",
        language="srp",
        udc="821.163.41-31",
        subjects="Босна\nМостови",
        notes="Ћирилица.",
        link="https://example.org/cuprija",
        file=file,
    )
    ContributionFactory(record=book)
    Identifier.objects.create(record=book, printed="86-521-1234-7", number="9788652112340")
    Identifier.objects.create(record=book, printed="86-0-0")
    CopyFactory(record=book, shelf_mark="П 821")
    CopyFactory(record=book, only_here=True)
    CopyFactory(record=book, state=Copy.State.REPAIR)
    journal = RecordFactory(title="Настава и васпитање", kind=Record.Kind.JOURNAL, udc="37")
    issue = JournalIssue.objects.create(record=journal, year=2025, number="3", volume="74")
    CopyFactory(record=journal, issue=issue)
    kit = RecordFactory(title="Комплет робота", kind=Record.Kind.KIT)
    KitPart.objects.create(record=kit, name="Точак", pieces=4)
    for number in range(22):
        RecordFactory(title=f"Хроника места {number}", year=1990 + number, udc="94", free_copies=1)
    reading_list = ReadingList.objects.create(
        title="О мостовима", introduction="За читаоце.", event=event, is_published=True
    )
    ReadingListEntry.objects.create(reading_list=reading_list, record=book, note="Почните одавде.")
    words.count()


def public_pages() -> dict[str, list[str]]:
    """The library's pages for everybody, with their cases."""
    find = reverse("library:find")
    records = Record.objects.filter(kind__in=("journal", "kit")) | Record.objects.filter(
        title=TITLE
    )
    return {
        "library:find": [
            find,
            f"{find}?q=hronika",
            f"{find}?q=hrnika&decade=199&free=on",
            f"{find}?q={'nemanicega' * 25}",
        ],
        "library:record": [reverse("library:record", args=[one.pk]) for one in records],
        "library:new": [reverse("library:new")],
        "library:classes": [reverse("library:classes")],
        "library:class": [reverse("library:class", args=[one]) for one in ("821", "7")],
        "library:lists": [reverse("library:lists")],
        "library:list": [
            reverse("library:list", args=[one.pk]) for one in ReadingList.objects.all()
        ],
    }
