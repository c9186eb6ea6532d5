"""Letters to all authors about what the institute said, written from the facts of the moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.models import Filing, Proposal
from accreditation.queries import proposals as queries
from centar.outbox import kinds, operations, texts
from centar.outbox.models import Letter
from centar.script import faces

State = Proposal.State
AFTER_FILING = (State.FILED, State.RETURNED, State.ACCREDITED, State.REFUSED)


@dataclass(frozen=True)
class News:
    """One kind of letter: what it is about, its subject, and the states in which it is true."""

    label: str | Promise
    subject: str | Promise
    states: tuple[str, ...]


NEWS: Mapping[str, News] = {
    "file": News(
        gettext_lazy("a proposal is filed with the institute"),
        gettext_lazy("Filed with the institute: %(title)s"),
        AFTER_FILING,
    ),
    "return": News(
        gettext_lazy("the institute asks for a completion"),
        gettext_lazy("To be completed: %(title)s"),
        (State.RETURNED,),
    ),
    "complete": News(
        gettext_lazy("a proposal is completed"),
        gettext_lazy("Completed and with the institute again: %(title)s"),
        (State.FILED, State.ACCREDITED, State.REFUSED),
    ),
    "accredit": News(
        gettext_lazy("a proposal is accredited"),
        gettext_lazy("Accredited: %(title)s"),
        (State.ACCREDITED,),
    ),
    "refuse": News(
        gettext_lazy("the institute has refused a proposal"),
        gettext_lazy("The institute has refused: %(title)s"),
        (State.REFUSED,),
    ),
    "renew": News(
        gettext_lazy("an accredited proposal is proposed anew"),
        gettext_lazy("Proposed anew, please look it over: %(title)s"),
        (State.ACCREDITED,),
    ),
}


def register() -> None:
    """Make the kinds known to the outbox; called once, when the app is ready."""
    for action, news in NEWS.items():
        kinds.register(kinds.Kind(f"accreditation.{action}", news.label, _compose))


def queue(action: str, filing: Filing) -> None:
    """Write to every author who has accepted and not left; once for each change of the filing."""
    filing.refresh_from_db(fields=["revision"])  # the database has raised it
    operations.queue_many(
        Letter(
            kind=f"accreditation.{action}",
            object_id=filing.pk,
            recipient=author.person.email,
            version=str(filing.revision),
            face=author.person.face,
            context={"name": author.person.first_name},
        )
        for author in queries.authors_of(filing.proposal)
        if author.person is not None and author.accepted_at is not None
    )


def _compose(letter: Letter) -> kinds.Message:
    action = letter.kind.partition(".")[2]
    news = NEWS[action]
    rows = Filing.objects.select_related("proposal__call__cycle", "renewed_by")
    filing = rows.get(pk=letter.object_id)
    proposal = filing.proposal
    if proposal.state not in news.states:
        raise kinds.NoLongerTrue(_("The institute has said something else since."))
    face = faces.by_code(letter.face)
    context = {
        "name": letter.context["name"],
        "filing": filing,
        "proposal": proposal,
        "page": page(filing.renewed_by or proposal if action == "renew" else proposal, face),
    }
    subject = str(news.subject) % {"title": proposal.title}
    return kinds.Message(subject, texts.written(f"accreditation/letters/{action}.txt", context))


def page(proposal: Proposal, face: faces.Face) -> str:
    """The whole address of the authors' page."""
    return settings.SITE_URL + faces.address(proposal.get_absolute_url(), face)
