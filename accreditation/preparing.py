"""Which files of a version blind reviewers get, and why others not."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accreditation.handing_out import blind_file
from accreditation.models import Attachment, Version
from accreditation.queries import blinding as queries
from centar.files.metadata import Unclean


@dataclass(frozen=True)
class Prepared:
    """A file, whether blind reviewers get it, and else the reason, which may hold a name."""

    attachment: Attachment
    is_shown: bool
    reason: str = ""


def files_of(version: Version) -> list[Prepared]:
    """All files of the version in their order, each looked through."""
    mask = queries.mask_of(version)
    named = {one["pk"]: one["names_nobody"] for one in version.content["attachments"]}
    rows = version.attachments.select_related("file", "document", "blind_copy__file")
    found = []
    for one in rows.order_by("added_at", "pk"):
        if not named.get(one.pk) and getattr(one, "blind_copy", None) is None:
            found.append(Prepared(one, False, _("It may name somebody, and has no copy.")))
            continue
        try:
            blind_file(one, mask)
        except Unclean as unclean:
            found.append(Prepared(one, False, str(unclean)))
        else:
            found.append(Prepared(one, True))
    return found
