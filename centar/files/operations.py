"""Taking files in and throwing them away. Who may is asked by the operation that owns the file."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence
from datetime import timedelta
from pathlib import PurePosixPath

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal
from centar.audit import trail
from centar.files import kinds, pictures, sniffing
from centar.files.kinds import FileKind
from centar.files.models import FOLDER, PrivateFile, new_path

LARGEST = 10 * 1024 * 1024
"""Bytes; a scanned certificate has less than one million."""
LONGEST_NAME = 150
UNNAMED_FOR = timedelta(days=1)
"""How long bytes may lie without a row; no transaction takes as long."""


@transaction.atomic
def store(
    *,
    upload: File[bytes],
    by: trail.Actor | None,
    allowed: Sequence[FileKind] = kinds.ALL,
    longest_side: int | None = None,
) -> PrivateFile:
    """Keep a file that was handed in, under a path that nobody guesses; gives its row.

    The content decides what it is. Refuses an empty or too large file, a kind that is not
    `allowed`, a name that says another kind, a damaged or oversized picture, a dangerous Office
    file or PDF; each with a sentence. Pictures are written anew without hidden data, HEIC as JPEG,
    and no longer than `longest_side` in pixels.
    Should the transaction be rolled back, the bytes stay without a row until `sweep` finds them;
    no address leads there.
    """
    name, kind, content = _ready(upload, allowed, longest_side)
    file = PrivateFile.objects.create(
        name=name,
        mime_type=kind.mime_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        path=default_storage.save(new_path(), ContentFile(content)),
        uploaded_by=by.pk if by is not None else None,
    )
    trail.record("files.store", file, by=by, kind=kind.code, size=file.size)
    return file


def check(upload: File[bytes], allowed: Sequence[FileKind] = kinds.ALL) -> None:
    """Refuse what `store` would refuse, while a form can still say it beside its field."""
    _ready(upload, allowed, None)


def _ready(
    upload: File[bytes], allowed: Sequence[FileKind], longest_side: int | None
) -> tuple[str, FileKind, bytes]:
    """The name, kind and bytes as they are kept."""
    if not upload.size:
        raise Refusal(_("This file is empty."))
    if upload.size > LARGEST:
        raise Refusal(
            _("This file has %(size)s; the portal takes files of up to %(most)s.")
            % {"size": filesizeformat(upload.size), "most": filesizeformat(LARGEST)}
        )
    upload.seek(0)
    content = upload.read()
    kind = sniffing.recognise(content)
    if kind is None or kind not in allowed:
        raise Refusal(
            _("The portal does not know this file. It takes: %(kinds)s.")
            % {"kinds": kinds.named(allowed)}
        )
    name = _name(upload.name or "", kind)
    if kind in pictures.KINDS:
        content, written_as = pictures.clean(content, kind, longest_side)
        if written_as is not kind:
            kind, name = written_as, f"{PurePosixPath(name).stem}{written_as.suffixes[0]}"
    return name, kind, content


@transaction.atomic
def remove(*, file: PrivateFile, by: trail.Actor | None) -> None:
    """Throw a file away; its bytes go once the transaction is committed."""
    trail.record("files.remove", file, by=by)
    path = file.path
    file.delete()
    transaction.on_commit(lambda: default_storage.delete(path))


def sweep() -> int:
    """Throw away bytes that no row names, left by transactions that were rolled back.

    Gives how many files it were. What is younger than a day may belong to a transaction that is
    still to be committed, and stays.
    """
    try:
        _folders, names = default_storage.listdir(FOLDER)
    except FileNotFoundError:  # nothing was ever handed in
        return 0
    kept = {f"{FOLDER}/{name}" for name in names}
    # The rows are read after the folder: what is named by then is not swept.
    nameless = kept.difference(PrivateFile.objects.values_list("path", flat=True))
    old = [path for path in nameless if _is_old(path)]
    for path in old:
        default_storage.delete(path)
    return len(old)


def _is_old(path: str) -> bool:
    try:
        return default_storage.get_modified_time(path) < timezone.now() - UNNAMED_FOR
    except FileNotFoundError:  # thrown away meanwhile
        return False


def _name(typed: str, kind: FileKind) -> str:
    """The name as it is shown and downloaded: no path, no control signs, a true ending."""
    last = unicodedata.normalize("NFC", typed).replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip(" .")
    suffix = PurePosixPath(plain).suffix
    if suffix and suffix.lower() not in kind.suffixes:
        if any(suffix.lower() in other.suffixes for other in kinds.ALL):
            raise Refusal(
                _("The name ends in %(ending)s, but the file is another kind: %(kind)s.")
                % {"ending": suffix, "kind": kind.label}
            )
        suffix = ""
    stem = plain.removesuffix(suffix) or _("file")
    ending = suffix or kind.suffixes[0]
    return f"{stem[: LONGEST_NAME - len(ending)]}{ending}"
