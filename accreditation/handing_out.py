"""Files of submitted versions, given to whoever may read the version."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from accreditation.blinding import Mask
from accreditation.models import Attachment, Version
from accreditation.queries import blinding as queries
from centar.files import downloads, metadata
from centar.files.metadata import Unclean
from centar.files.models import PrivateFile


def answer(version: Version, attachment_id: int, *, is_blind: bool) -> HttpResponseBase:
    """A file of the version as a download; 404 when the reader does not see it there.

    Blind readers get the copy without names, or else the file itself when it names nobody, under
    a neutral name and without metadata. Raises Unclean, with a sentence, for a file that gives
    its authors away all the same.
    """
    content = queries.content_of(version, is_blind=is_blind)
    shown = next((one for one in content.attachments if one.pk == attachment_id), None)
    if shown is None:
        raise Http404
    attachment = Attachment.objects.select_related("file", "blind_copy__file").get(pk=shown.pk)
    if not is_blind:
        return downloads.answer(attachment.file)
    file, clean = blind_file(attachment, queries.mask_of(version))
    name = PurePosixPath(shown.name).with_suffix(PurePosixPath(file.name).suffix.lower())
    response = HttpResponse(clean, content_type=file.mime_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def blind_file(attachment: Attachment, mask: Mask) -> tuple[PrivateFile, bytes]:
    """The file that blind readers get of an attachment, and its bytes without metadata.

    A copy that the staff made is given as they looked at it; in anything else a name of an author
    that is found is a reason for Unclean.
    """
    copy = getattr(attachment, "blind_copy", None)
    file: PrivateFile = copy.file if copy else attachment.file
    try:
        with default_storage.open(file.path, "rb") as kept:
            clean = metadata.stripped(kept.read(), file.mime_type)
    except FileNotFoundError as missing:
        raise Http404 from missing
    found = "" if copy else _found(clean, file.mime_type, mask)
    if found:
        raise Unclean(_("It says “%(words)s”.") % {"words": found})
    return file, clean


def _found(content: bytes, mime_type: str, mask: Mask) -> str:
    """What of the authors can be read in the file."""
    texts = metadata.texts(content, mime_type)
    return next(filter(None, map(mask.finds, texts)), "")
