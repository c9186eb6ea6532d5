"""Files of a proposal: put in, taken out. What a version holds is never thrown away."""

from __future__ import annotations

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation.locks import lock_proposal
from accreditation.models import AskedDocument, Attachment, Rules
from accreditation.permissions import proposals as permissions
from centar.access import Refusal, demand
from centar.audit import trail
from centar.files import kinds
from centar.files import operations as files
from centar.people.models import User
from centar.people.queries import person_of

ALLOWED = (kinds.PDF, kinds.DOCX)


@transaction.atomic
def attach(
    *, proposal_id: int, document: AskedDocument | None, upload: File[bytes], by: User
) -> Attachment:
    """Attach a file (PDF, DOCX), as the document that is asked for or as something else.

    Refuses out of time, too many files, a document of another call, and what `centar.files` does
    not take.
    """
    proposal = lock_proposal(proposal_id)
    demand(permissions.may_write(proposal, by, timezone.localdate()))
    if document is not None and document.call_id != proposal.call_id:
        raise Refusal(_("This document is not asked for."), field="document")
    most = Rules.current().most_files
    if proposal.attachments.filter(removed_at=None).count() >= most:
        sentence = _("A proposal has at most %(most)d files. Take one out first.")
        raise Refusal(sentence % {"most": most}, field="file")
    try:
        file = files.store(upload=upload, by=by, allowed=ALLOWED)
    except Refusal as refusal:
        raise Refusal(str(refusal), field="file") from refusal
    attachment = Attachment.objects.create(
        proposal=proposal, document=document, file=file, added_by=person_of(by)
    )
    trail.record("accreditation.attach", attachment, by=by)
    return attachment


@transaction.atomic
def take_out(*, attachment_id: int, by: User) -> None:
    """Take a file out of the draft; bytes that no version holds are thrown away.

    Taking it out twice changes nothing.
    """
    proposal_id = Attachment.objects.values_list("proposal", flat=True).get(pk=attachment_id)
    proposal = lock_proposal(proposal_id)
    demand(permissions.may_write(proposal, by, timezone.localdate()))
    rows = Attachment.objects.select_related("file")
    attachment = rows.filter(pk=attachment_id, removed_at=None).first()
    if attachment is None:
        return
    trail.record("accreditation.take_out", attachment, by=by)
    if attachment.versions.exists():
        attachment.removed_at = timezone.now()
        attachment.save(update_fields=["removed_at"])
        return
    file = attachment.file
    attachment.delete()
    files.remove(file=file, by=by)
