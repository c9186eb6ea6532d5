"""What followed the seminars that were held: attendance, evaluations, certificates, reports.

All of it is done today, as if a year of paper lists were copied; so certificates bear today's
date, and the deadline of evaluations waits for those of the whole year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date

from centar.events.models import Booking, Event, Meeting
from centar.events.operations import attendance
from centar.people import operations as people
from centar.people.models import Person
from centar.people.operations import Profile
from centar.portal.demo import centre, opinions
from centar.portal.demo.papers import paper
from centar.portal.demo.seminars import Cast
from trainings.jobs.evaluation import queue_evaluations
from trainings.models import Certificate, IssuingSettings, SeminarRules
from trainings.operations import certificate_batches, certificates, evaluation, materials, reports
from trainings.queries import evaluation as evaluation_queries

# How many evaluated each seminar: three people are too few to be shown, and for the newest one
# some, the teacher among them, have yet to do it. Nobody has noted who was at the one left out.
EVALUATED = {
    "ocenjivanje": 14,
    "pravopis": 15,
    "nebo": 3,
    "bezbednost": 21,
    "glina": 11,
    "statistika": 12,
    "jaslice": 17,
    "uprava": 22,
}
STILL_OPEN = "ocenjivanje"
NOT_REPORTED = "uprava"
"""So long ago that the work queue only counts it."""
A_YEAR_AND_MORE = 400
MISSED_EVERY, LEFT_EARLY_EVERY = 9, 8


def make(held: Mapping[str, Event], cast: Cast) -> None:
    """Make all of it for the seminars, given by the key of their programme."""
    for key in EVALUATED:
        for meeting in held[key].days:
            _note_who_was_there(meeting, cast)
    _evaluate(held)
    IssuingSettings.objects.create(
        valid_from=date(2020, 1, 1),
        organiser=centre.NAME,
        seat=centre.TOWN,
        authorised_person="Мр Љубица Ђаковић (демонстрација)",
        authorised_title="директор",
    )
    for key in EVALUATED:
        if key != STILL_OPEN:
            batch = certificate_batches.order(seminar_id=held[key].pk, by=cast.staff)
            certificate_batches.work_off(batch.pk)
    _revoke_one(held["jaslice"], cast)
    _replace_one(held["statistika"], cast)
    for key in EVALUATED:
        if key not in (STILL_OPEN, NOT_REPORTED):
            reports.mark_reported(seminar_id=held[key].pk, by=cast.staff)
    _hand_out(held["pravopis"], cast)
    # Now, so that the letters to invented addresses are dropped with all others.
    queue_evaluations()


def _note_who_was_there(meeting: Meeting, cast: Cast) -> None:
    """Most people for the whole of it; some left early, some never came."""
    placed = _placed(meeting.event_id)
    for booking in placed[LEFT_EARLY_EVERY - 1 :: LEFT_EARLY_EVERY]:
        attendance.note_presence(
            meeting_id=meeting.pk,
            booking_id=booking.pk,
            by=cast.staff,
            minutes=meeting.minutes // 2,
        )
    attendance.note_all_present(meeting_id=meeting.pk, by=cast.staff)
    for booking in placed[MISSED_EVERY - 1 :: MISSED_EVERY]:
        attendance.undo_presence(meeting_id=meeting.pk, booking_id=booking.pk, by=cast.staff)


def _evaluate(held: Mapping[str, Event]) -> None:
    rules = SeminarRules.current()
    usual = rules.evaluation_days
    SeminarRules.objects.update(evaluation_days=A_YEAR_AND_MORE)
    for seminar, (key, number) in enumerate(EVALUATED.items()):
        event = held[key]
        questionnaire = evaluation_queries.questionnaire_of(event.seminar)
        assert questionnaire is not None  # loaded with the region
        there = [one for one in _placed(event.pk) if one.presences.exists()]
        # From the end for the one that the teacher, who is the first, has yet to evaluate.
        chosen = there[-number:] if key == STILL_OPEN else there[:number]
        for place, booking in enumerate(chosen):
            evaluation.evaluate(
                booking_id=booking.pk,
                questionnaire_id=questionnaire.pk,
                answers=opinions.answers(questionnaire, place, seminar),
            )
    SeminarRules.objects.update(evaluation_days=usual)


def _revoke_one(event: Event, cast: Cast) -> None:
    reason = "Издато грешком: на семинару је била друга особа истог презимена."
    certificate = _certificates(event)[3]
    certificates.revoke(certificate_id=certificate.pk, by=cast.staff, reason=reason)


def _replace_one(event: Event, cast: Cast) -> None:
    """Somebody married, wrote the new name into the profile and asked for a new paper."""
    certificate = next(
        one for one in _certificates(event) if one.booking.person.first_name.endswith("а")
    )
    person = certificate.booking.person
    assert person.user is not None  # whoever held a seminar's place had an account
    profile = _renamed(person, f"{person.last_name} Павловић")
    people.revise_profile(user=person.user, profile=profile, face=person.user.face, by=person.user)
    certificates.replace(
        certificate_id=certificate.pk, by=cast.staff, reason="Промена презимена на захтев учесника."
    )


def _renamed(person: Person, last_name: str) -> Profile:
    kept = {field.name: getattr(person, field.name) for field in fields(Profile)}
    return Profile(**kept | {"last_name": last_name})


def _hand_out(event: Event, cast: Cast) -> None:
    assert cast.trainer.user is not None  # an account of the demonstration
    for name, title in (
        ("Вежбе по нивоима.pdf", "Вежбе по нивоима, од петог до осмог разреда"),
        ("Најчешће грешке.pdf", "Двадесет најчешћих грешака и како се памте"),
    ):
        upload = paper(name, title, ("Семинар", event.title), ("Реализатор", str(cast.trainer)))
        materials.add(seminar=event.seminar, upload=upload, by=cast.trainer.user)


def _placed(event_id: int) -> list[Booking]:
    placed = Booking.objects.filter(event=event_id, state=Booking.State.PLACED)
    return list(placed.order_by("pk"))


def _certificates(event: Event) -> list[Certificate]:
    issued = Certificate.objects.filter(booking__event=event.pk)
    return list(issued.select_related("booking__person__user").order_by("pk"))
