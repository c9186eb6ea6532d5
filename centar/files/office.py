"""Office files (OOXML) looked into without unpacking them: they are ZIP archives of parts."""

from __future__ import annotations

import io
import zipfile

from django.utils.translation import gettext as _

from centar.access import Refusal
from centar.files import kinds
from centar.files.kinds import FileKind

# A report of 300 pages with pictures has about 400 parts and unpacks to less than 60 MB.
MOST_PARTS = 3000
LARGEST_UNPACKED = 200 * 1024 * 1024
_CONTENTS = "[Content_Types].xml"
_ENCRYPTED = 0x1


def recognise(content: bytes) -> FileKind | None:
    """Which Office file the archive is, or None for any other archive.

    Refuses archives that unpack to far more than they are (bombs), locked ones, and macros.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return None
    names = {part.filename for part in parts}
    kind = next((kind for kind in kinds.OFFICE if kind.main_part in names), None)
    if kind is None or _CONTENTS not in names:
        return None
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Refusal(_("This file unpacks to far more than a document needs; it is not taken."))
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise Refusal(_("This file is locked with a password. Save it without one."))
    if any(name.endswith("vbaProject.bin") for name in names):
        raise Refusal(_("This file holds macros (small programs). Save it without them."))
    return kind
