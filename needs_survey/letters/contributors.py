"""The letter that brings a colleague the private link to some sections."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.outbox import kinds, operations
from centar.outbox.models import Letter
from centar.people.models import User
from centar.script import faces
from needs_survey.letters.texts import written
from needs_survey.models import Contributor

SHARED = "needs_survey.shared"


def register() -> None:
    """Make the kind known to the outbox; called once, when the app is ready."""
    kinds.register(
        # Secret: the link is forgotten as soon as the letter is sent, and no staff read it.
        kinds.Kind(SHARED, gettext_lazy("sections to fill in, by a link"), _compose, secret=True)
    )


def queue(contributor: Contributor, token: str, by: User) -> None:
    """Send the colleague the link, in the script of whoever shares."""
    operations.queue(
        SHARED,
        object_id=contributor.pk,
        recipient=contributor.email,
        version="1",
        face=by.face,
        token=token,
        sender=str(by.person) if hasattr(by, "person") else by.email,
    )


def _compose(letter: Letter) -> kinds.Message:
    rows = Contributor.objects.select_related(
        "answer__invitation__round", "answer__invitation__school"
    )
    contributor = rows.filter(pk=letter.object_id, ended_at=None).first()
    if contributor is None:
        raise kinds.NoLongerTrue(_("The coordinator has ended the link."))
    invitation = contributor.answer.invitation
    if timezone.localdate() > invitation.round.closes_on:
        raise kinds.NoLongerTrue(_("The round is not open any more."))
    path = reverse("needs_survey:contribution", args=[letter.context["token"]])
    link = settings.SITE_URL + faces.address(path, faces.by_code(letter.face))
    context = {
        "contributor": contributor,
        "sections": contributor.sections.all(),
        "school": invitation.school,
        "round": invitation.round,
        "sender": letter.context["sender"],
        "link": link,
    }
    subject = _("%(sender)s asks for your help: %(title)s")
    facts = {"sender": context["sender"], "title": invitation.round.title}
    return kinds.Message(subject % facts, written("shared", context), private_link=link)
