"""The sentences of the portal and their Serbian catalogue.

Sentences are collected by Babel; Django's own tools would need gettext on every machine.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages import catalog, extract, pofile
from django.conf import settings
from django.utils.translation.template import templatize

KEYWORDS = {
    **extract.DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
SOURCES = (
    "centar",
    "trainings",
    "needs_survey",
    "accreditation",
    "library",
    "science_club",
    "templates",
)
# Sentences of libraries that have no Serbian catalogue of their own stand in this file.
BORROWED = settings.BASE_DIR / "locale" / "borrowed.txt"
CATALOGUE = settings.BASE_DIR / "locale" / "sr" / "LC_MESSAGES" / "django.po"


def collected() -> catalog.Catalog:
    """Every sentence in the code, in the templates and borrowed from libraries."""
    found = catalog.Catalog(locale="sr")
    for path, line, message, context in _sentences():
        found.add(message, locations=[(path, line)], context=context)
    for sentence in BORROWED.read_text(encoding="utf-8").splitlines():
        if sentence and not sentence.startswith("#"):
            found.add(sentence, locations=[("locale/borrowed.txt", 1)])
    return found


def written() -> catalog.Catalog:
    """The Serbian catalogue as it is kept."""
    with CATALOGUE.open("rb") as file:
        return pofile.read_po(file, locale="sr")


def update() -> int:
    """Add new sentences, drop those no longer said; gives how many lack Serbian."""
    kept = written()
    kept.update(collected(), no_fuzzy_matching=True, update_header_comment=False)
    kept.obsolete.clear()
    buffer = io.BytesIO()
    pofile.write_po(buffer, kept, width=100, no_location=True, sort_output=True, omit_header=False)
    CATALOGUE.write_bytes(buffer.getvalue())
    return len(missing())


def missing() -> list[str]:
    """Sentences without a Serbian translation, a plural with a form left empty included."""
    kept = written()
    return [_text(message) for message in collected() if message.id and not _done(kept, message)]


def _done(kept: catalog.Catalog, message: catalog.Message) -> bool:
    known = kept.get(message.id, message.context)
    if known is None or known.fuzzy:
        return False
    forms = known.string if isinstance(known.string, tuple | list) else (known.string,)
    wanted = kept.num_plurals if isinstance(message.id, tuple | list) else 1
    return len(forms) == wanted and all(forms)


def _text(message: catalog.Message) -> str:
    return message.id[0] if isinstance(message.id, tuple | list) else str(message.id)


def _sentences() -> Iterator[tuple[str, int, str | tuple[str, ...], str | None]]:
    for source in SOURCES:
        root = settings.BASE_DIR / source
        for path in sorted([*root.rglob("*.py"), *root.rglob("*.html"), *root.rglob("*.txt")]):
            if "migrations" in path.parts or "data" in path.parts:
                continue
            name = str(path.relative_to(settings.BASE_DIR))
            for line, message, _comments, context in extract.extract(
                "python", _as_python(path), keywords=KEYWORDS
            ):
                yield name, line, message, context


def _as_python(path: Path) -> io.BytesIO:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Django turns a template's sentences into calls of gettext, with the rest blotted out.
        # Python's own reader stumbles over a template's indents.
        text = "\n".join(line.lstrip() for line in templatize(text).splitlines())
    return io.BytesIO(text.encode())
