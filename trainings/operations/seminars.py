"""Seminars made from programmes and from last year's seminars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.events import permissions
from centar.events.models import Event, Meeting
from centar.people.models import User
from trainings import days as seminar_days
from trainings.models import Programme, Seminar
from trainings.seminars import KIND

# Programmes of these forms end with a certificate, which bears the date and place of birth.
WITH_CERTIFICATE = (Programme.Form.PROGRAMME, Programme.Form.MEETING)
# 52 weeks: the same day of the week, about the same date.
A_SCHOOL_YEAR = timedelta(weeks=52)


@transaction.atomic
def plan_seminar(
    *,
    programme: Programme,
    by: User,
    town: str = "",
    address: str = "",
    days: Sequence[seminar_days.Meeting] = (),
) -> Seminar:
    """A draft seminar with the programme's group, fee and trainers.

    Days that are not given are to be added. Refuses a programme that is withdrawn.
    """
    demand(permissions.may_change_event(by))
    # Locked, so that nobody withdraws it meanwhile.
    programme = Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    if programme.withdrawn_on is not None:
        raise Refusal(_("The programme is withdrawn from the catalogue."), field="programme")
    event = Event.objects.create(
        kind=KIND,
        title=programme.title,
        place=town,
        address=address,
        starts_at=min((begins for begins, _ends in days), default=None),
        ends_at=max((ends for _begins, ends in days), default=None),
        capacity=programme.group_maximum,
        minimum=programme.group_minimum,
        asks_birth=programme.form in WITH_CERTIFICATE,
    )
    Meeting.objects.bulk_create(
        Meeting(event=event, starts_at=begins, ends_at=ends) for begins, ends in days
    )
    seminar = Seminar.objects.create(event=event, programme=programme, fee=programme.fee)
    seminar.trainers.set(programme.trainers.all())
    trail.record("trainings.plan_seminar", seminar, by=by, programme=programme.pk)
    return seminar


@transaction.atomic
def copy_seminar(*, seminar: Seminar, by: User) -> Seminar:
    """A draft copy of a seminar, with every day moved 52 weeks on and the deadlines with them.

    Hours of the day stay the same by the clock on the wall, across changes of summer time.
    """
    demand(permissions.may_change_event(by))
    old = seminar.event
    event = Event.objects.create(
        kind=KIND,
        title=old.title,
        place=old.place,
        address=old.address,
        online_link=old.online_link,
        capacity=old.capacity,
        minimum=old.minimum,
        registration_closes_at=_next_year(old.registration_closes_at),
        withdraw_until=_next_year(old.withdraw_until),
        offer_hours=old.offer_hours,
        max_overtakes=old.max_overtakes,
        reminder_days=old.reminder_days,
        asks_birth=old.asks_birth,
        starts_at=_next_year(old.starts_at),
        ends_at=_next_year(old.ends_at),
    )
    Meeting.objects.bulk_create(
        Meeting(
            event=event,
            starts_at=_moved(day.starts_at),
            ends_at=_moved(day.ends_at),
            place=day.place,
        )
        for day in old.days
    )
    copy = Seminar.objects.create(
        event=event,
        programme=seminar.programme,
        fee=seminar.fee,
        note=seminar.note,
        copied_from=seminar,
    )
    copy.trainers.set(seminar.trainers.all())
    trail.record("trainings.copy_seminar", copy, by=by, copied_from=seminar.pk)
    return copy


@transaction.atomic
def withdraw_programme(*, programme: Programme, by: User, on: date | None = None) -> Programme:
    """Take a programme out of the catalogue; its seminars and history stay."""
    demand(permissions.may_change_event(by))
    programme.withdrawn_on = on or timezone.localdate()
    programme.save(update_fields=["withdrawn_on"])
    trail.record("trainings.withdraw_programme", programme, by=by)
    return programme


def _next_year(moment: datetime | None) -> datetime | None:
    return None if moment is None else _moved(moment)


def _moved(moment: datetime) -> datetime:
    wall = timezone.localtime(moment).replace(tzinfo=None) + A_SCHOOL_YEAR
    return timezone.make_aware(wall)
