"""The letters about money. Each is written when it is sent, from the facts of that moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.events.models import Booking
from centar.outbox import kinds, operations
from centar.outbox.models import Letter
from centar.people.models import Person
from centar.script import faces
from trainings.models import Proforma
from trainings.payments import model97

ISSUED, UNPAID, LAPSED = "trainings.proforma", "trainings.unpaid", "trainings.lapsed"


def queue_issued(proforma: Proforma) -> None:
    """Tell the payer that a pro-forma invoice is there; each paper once."""
    _queue(ISSUED, proforma, version=str(proforma.document_id))


def queue_unpaid(proforma: Proforma) -> None:
    """Remind the payer that the last day has passed; once for each invoice."""
    _queue(UNPAID, proforma, version=str(proforma.due_on))


def register() -> None:
    """Make the kinds known to the outbox; called once, when the app is ready."""
    for kind in (
        kinds.Kind(ISSUED, gettext_lazy("the pro-forma invoice"), _compose_issued),
        kinds.Kind(UNPAID, gettext_lazy("the fee is not paid"), _compose_unpaid),
        kinds.Kind(LAPSED, gettext_lazy("the unpaid place went on"), _compose_lapsed),
    ):
        kinds.register(kind)


def _queue(kind: str, proforma: Proforma, *, version: str) -> None:
    operations.queue_many(
        Letter(
            kind=kind,
            object_id=proforma.pk,
            recipient=person.email,
            version=version,
            face=person.face,
        )
        for person in _readers(proforma)
    )


def _readers(proforma: Proforma) -> Sequence[Person]:
    """Those who can pay: the coordinators of the school, or the person of the booking."""
    if proforma.school_id is not None:
        coordinators = Person.objects.filter(
            coordinations__school=proforma.school_id, coordinations__ended_at=None
        )
        found = list(coordinators.select_related("user").order_by("pk"))
        if found or proforma.booking is None:
            return found
    assert proforma.booking is not None  # kept by a constraint of the database
    return [Person.objects.select_related("user").get(pk=proforma.booking.person_id)]


def _compose_issued(letter: Letter) -> kinds.Message:
    proforma = _proforma_while(
        letter, lambda one: str(one.document_id) == letter.version.split("+")[0]
    )
    subject = _("Pro-forma invoice %(number)s: %(title)s")
    return _message(letter, proforma, subject, "proforma")


def _compose_unpaid(letter: Letter) -> kinds.Message:
    today = timezone.localdate()
    proforma = _proforma_while(letter, lambda one: one.due_on < today)
    subject = _("Not paid yet, pro-forma invoice %(number)s: %(title)s")
    return _message(letter, proforma, subject, "unpaid")


def _compose_lapsed(letter: Letter) -> kinds.Message:
    booking = (
        Booking.objects.select_related("event", "person")
        .filter(pk=letter.object_id, state=Booking.State.WITHDRAWN)
        .first()
    )
    if booking is None:
        raise kinds.NoLongerTrue(_("The booking has changed in the meantime."))
    text = render_to_string(
        "trainings/letters/lapsed.txt",
        {"person": booking.person, "event": booking.event},
    )
    subject = _("Not paid, so the place went on: %(title)s") % {"title": booking.event.title}
    return kinds.Message(subject, text.strip() + "\n")


def _proforma_while(letter: Letter, still_true: Callable[[Proforma], bool]) -> Proforma:
    proforma = (
        Proforma.objects.unpaid()
        .select_related("document", "booking__person")
        .filter(pk=letter.object_id)
        .first()
    )
    if proforma is None or not still_true(proforma):
        raise kinds.NoLongerTrue(_("The pro-forma invoice has changed in the meantime."))
    return proforma


def _message(letter: Letter, proforma: Proforma, subject: str, template: str) -> kinds.Message:
    printed = proforma.document.content
    address = faces.address(
        reverse("trainings:proforma", args=[proforma.pk]), faces.by_code(letter.face)
    )
    context = {
        "printed": printed,
        "open": proforma.open,
        "reference": f"{model97.MODEL} {printed['reference']}",
        "link": settings.SITE_URL + address,
    }
    text = render_to_string(f"trainings/letters/{template}.txt", context)
    named = {"number": printed["number"], "title": printed["seminar"]}
    return kinds.Message(subject % named, text.strip() + "\n")
