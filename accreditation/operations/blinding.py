"""What the staff do so that blind reviewers do not learn the authors."""

from __future__ import annotations

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from accreditation.locks import lock_proposal
from accreditation.models import BlindCopy, Masking, Version
from accreditation.permissions import reviews as permissions
from centar.access import Refusal, demand
from centar.audit import trail
from centar.files import kinds, metadata
from centar.files import operations as files
from centar.people.models import User

COPIES = (kinds.PDF, kinds.DOCX)


@transaction.atomic
def mask(*, version_id: int, words: str, instead: str, by: User) -> Masking:
    """Put words of a version out of blind reviewers' sight; again with something else instead."""
    version = _lock(version_id, by)
    masking, is_new = Masking.objects.update_or_create(
        version=version, words=words, defaults={"instead": instead}
    )
    trail.record("accreditation.mask", version, by=by, is_new=is_new)
    return masking


@transaction.atomic
def unmask(*, masking_id: int, by: User) -> Version:
    """Show the words again."""
    masking = Masking.objects.get(pk=masking_id)
    version = _lock(masking.version_id, by)
    masking.delete()
    trail.record("accreditation.unmask", version, by=by)
    return version


@transaction.atomic
def copy(*, version_id: int, attachment_id: int, upload: File[bytes], by: User) -> BlindCopy:
    """Give blind reviewers this copy of an attachment; an earlier one is thrown away.

    Refuses what is no PDF or DOCX, and a file whose metadata cannot be taken out.
    """
    version = _lock(version_id, by)
    attachment = version.attachments.filter(pk=attachment_id).first()
    if attachment is None:
        raise Refusal(_("This version has no such attachment."))
    file = files.store(upload=upload, by=by, allowed=COPIES)
    upload.seek(0)
    metadata.stripped(upload.read(), file.mime_type)
    before = BlindCopy.objects.filter(attachment=attachment).select_related("file").first()
    if before is not None:
        before.delete()
        files.remove(file=before.file, by=by)
    made = BlindCopy.objects.create(attachment=attachment, file=file)
    trail.record("accreditation.blind_copy", version, by=by, attachment=attachment.pk)
    return made


def _lock(version_id: int, by: User) -> Version:
    version = Version.objects.get(pk=version_id)
    proposal = lock_proposal(version.proposal_id)
    demand(permissions.may_prepare(proposal, by))
    return version
