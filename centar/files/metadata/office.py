"""Office files (OOXML) without metadata. Each is an archive of parts, which is written anew."""

from __future__ import annotations

import html
import io
import re
import zipfile
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from centar.access import Refusal
from centar.files import kinds, pictures
from centar.files.metadata.unclean import Unclean

_CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties '
    b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
_CUSTOM = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
)
_EMPTIED = {"docProps/core.xml": _CORE, "docProps/app.xml": _APP, "docProps/custom.xml": _CUSTOM}
_PICTURES = {".jpg": kinds.JPEG, ".jpeg": kinds.JPEG, ".png": kinds.PNG}
# Who wrote a comment or changed a word: attributes in all three programs, an element in Excel.
_WHO = re.compile(
    rb"""((?:\s|:)(?:author|initials|userId|providerId|displayName|lastEditedBy|userName))"""
    rb"""(\s*=\s*)("[^"]*"|'[^']*')"""
)
_AUTHOR = re.compile(rb"(<(?:\w+:)?author>)[^<]*(</)")
_PEOPLE = re.compile(rb"""(\sname)(\s*=\s*)("[^"]*"|'[^']*')""")
_OF_PEOPLE = {"ppt/commentAuthors.xml", "ppt/authors.xml", "xl/persons/person.xml"}
_INSIDE = ("/embeddings/", "/oleObject", "/activeX/")
_TAG = re.compile(r"<[^>]*>")
_BEGINNING = (1980, 1, 1, 0, 0, 0)


def stripped(content: bytes) -> bytes:
    """The same document without properties, names at comments and changes, and dates of parts."""
    written = io.BytesIO()
    try:
        with (
            zipfile.ZipFile(io.BytesIO(content)) as archive,
            zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as clean,
        ):
            for part in archive.infolist():
                if any(sign in f"/{part.filename}" for sign in _INSIDE):
                    raise Unclean(_("There are other files inside this file."))
                info = zipfile.ZipInfo(part.filename, _BEGINNING)
                info.compress_type = zipfile.ZIP_DEFLATED
                clean.writestr(info, _part(part.filename, archive.read(part)))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as broken:
        raise Unclean(_("This file is damaged.")) from broken
    return written.getvalue()


def texts(content: bytes) -> list[str]:
    """The words of every part, and what its tags hold, such as addresses of links."""
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.infolist():
            found.append(part.filename)
            if part.filename.endswith((".xml", ".rels")):
                raw = archive.read(part).decode("utf-8", "replace")
                # A name may be parted by tags within a word, and may stand inside a tag.
                found += [html.unescape(_TAG.sub("", raw)), html.unescape(raw)]
    return found


def _part(name: str, content: bytes) -> bytes:
    if name in _EMPTIED:
        return _EMPTIED[name]
    kind = _PICTURES.get(PurePosixPath(name).suffix.lower())
    if kind is not None:
        try:
            return pictures.clean(content, kind)[0]
        except Refusal as broken:
            raise Unclean(str(broken)) from broken
    if name.endswith(".xml"):
        content = _WHO.sub(rb'\1\2"-"', content)
        content = _AUTHOR.sub(rb"\1-\2", content)
        if name in _OF_PEOPLE:
            content = _PEOPLE.sub(rb'\1\2"-"', content)
    return content
