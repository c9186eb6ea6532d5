"""Schools that asked are invited first: the letter, the days ahead, and who may apply in them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone, translation

from centar.events import early, permissions
from centar.events.operations import schedule
from centar.outbox import operations as outbox
from centar.outbox.models import Letter
from needs_survey.letters import first as letters
from needs_survey.models import PlanRules
from needs_survey.operations import drafts, plans
from tests.factories.people import CoordinationFactory, PersonFactory, StaffFactory
from tests.factories.plans import PLANS, PlanFactory, asks, computed
from tests.factories.trainings import ProgrammeFactory, SeminarFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def staff():
    return StaffFactory(permissions=PLANS)


@pytest.fixture
def programme():
    return ProgrammeFactory(title="Огледи", group_minimum=10, group_maximum=20)


@pytest.fixture
def plan():
    return PlanFactory(round__title="Потребе 2026")


def coordinator(school):
    return CoordinationFactory(school=school).person


def draft(plan, staff):
    """The draft of the plan's first group."""
    computed(plan, staff)
    drafts.create_seminars(plan_id=plan.pk, by=staff)
    return plan.seminars.earliest("number").seminar.event


def publish(event, staff):
    return schedule.publish(event_id=event.pk, by=staff)


def told():
    return sorted(Letter.objects.filter(kind=letters.FIRST).values_list("recipient", flat=True))


def may_register(event, person):
    event.refresh_from_db()
    return bool(permissions.may_register(event, person.user, timezone.now()))


def test_the_schools_that_asked_get_a_letter_and_can_apply_before_the_others(
    plan, staff, programme
):
    asking = coordinator(asks(plan.round, {programme: 12}))
    other = coordinator(asks(plan.round, {ProgrammeFactory(): 12}))

    event = publish(draft(plan, staff), staff)

    assert told() == [asking.email]
    assert event.registration_opens_at - timezone.now() > timedelta(days=6, hours=23)
    assert (may_register(event, asking), may_register(event, other)) == (True, False)
    event.registration_opens_at = timezone.now() - timedelta(seconds=1)
    event.save(update_fields=["registration_opens_at"])
    assert may_register(event, other)


def test_the_letter_names_the_school_the_days_and_the_way_in(plan, staff, programme, settings):
    school = asks(plan.round, {programme: 12})
    coordinator(school)
    event = publish(draft(plan, staff), staff)

    outbox.deliver_due()

    [letter] = [sent for sent in mail.outbox if "Огледи" in sent.subject]
    assert "тражила" in letter.subject
    for part in (
        "Потребе 2026",
        str(school),
        f"{settings.SITE_URL}/dogadjaji/{event.pk}/prijava-skole/?skola={school.pk}",
        "Сада могу да пријављују само школе које су га тражиле",
    ):
        assert part in letter.body


def test_a_coordinator_of_two_schools_gets_one_letter(plan, staff, programme):
    person = PersonFactory()
    for _ in range(2):
        CoordinationFactory(person=person, school=asks(plan.round, {programme: 7}))

    publish(draft(plan, staff), staff)
    outbox.deliver_due()

    assert told() == [person.email]
    assert mail.outbox[0].body.count("?skola=") == 2


def test_those_who_stopped_coordinating_are_not_written_to_and_not_let_in(plan, staff, programme):
    coordination = CoordinationFactory(school=asks(plan.round, {programme: 12}))
    event = publish(draft(plan, staff), staff)
    coordination.ended_at = timezone.now() + timedelta(days=1)
    coordination.save()

    outbox.deliver_due()

    assert Letter.objects.get(kind=letters.FIRST).state == Letter.State.DROPPED
    assert not may_register(event, coordination.person)


def test_groups_of_one_programme_invite_each_their_own_schools(plan, staff, programme):
    here, there = (coordinator(asks(plan.round, {programme: 15})) for _ in range(2))
    draft(plan, staff)
    first, second = (row.seminar.event for row in plan.seminars.order_by("number"))

    publish(first, staff)
    publish(second, staff)

    assert told() == sorted([here.email, there.email])
    assert Letter.objects.filter(kind=letters.FIRST).values("object_id").distinct().count() == 2


def test_schools_for_whom_no_place_was_left_are_invited_too(plan, staff):
    programme = ProgrammeFactory(group_minimum=15, group_maximum=20)
    people = [coordinator(asks(plan.round, {programme: number})) for number in (20, 5)]

    publish(draft(plan, staff), staff)

    assert told() == sorted(person.email for person in people)


def test_a_group_that_is_not_to_be_held_leaves_its_schools_to_the_other(plan, staff, programme):
    people = [coordinator(asks(plan.round, {programme: 15})) for _ in range(2)]
    computed(plan, staff)
    second = plan.seminars.get(number=2)
    plans.choose(plan_id=plan.pk, rows=[second.pk], is_chosen=False, by=staff)
    [row] = drafts.create_seminars(plan_id=plan.pk, by=staff)

    publish(row.seminar.event, staff)

    assert told() == sorted(person.email for person in people)


def test_zero_days_open_registration_for_everybody_at_once(plan, staff, programme):
    PlanRules.objects.create(head_start_days=0)
    asking = coordinator(asks(plan.round, {programme: 12}))

    event = publish(draft(plan, staff), staff)

    assert (told(), may_register(event, PersonFactory())) == ([asking.email], True)


def test_a_later_moment_chosen_by_the_staff_stays(plan, staff, programme):
    coordinator(asks(plan.round, {programme: 12}))
    event = draft(plan, staff)
    later = timezone.now() + timedelta(days=9)
    event.registration_opens_at = later
    event.save()

    assert publish(event, staff).registration_opens_at == later


def test_where_the_days_do_not_fit_before_the_seminar_only_the_letter_goes(plan, staff, programme):
    PlanRules.objects.create(head_start_days=300)
    asking = coordinator(asks(plan.round, {programme: 12}))

    event = publish(draft(plan, staff), staff)

    assert (told(), event.registration_opens_at) == ([asking.email], None)


def test_a_seminar_that_nobody_planned_opens_as_ever(staff):
    event = SeminarFactory(event__state="draft").event

    publish(event, staff)

    event.refresh_from_db()
    assert (told(), event.registration_opens_at) == ([], None)


def test_without_coordinators_nobody_is_waited_for(plan, staff, programme):
    asks(plan.round, {programme: 12})

    event = publish(draft(plan, staff), staff)

    assert (told(), event.registration_opens_at) == ([], None)


def test_before_publishing_it_is_said_what_will_happen(plan, staff, programme):
    asking = asks(plan.round, {programme: 12})
    event = draft(plan, staff)
    assert early.foretold(event) == []
    coordinator(asking)

    told_before = early.foretold(event)

    assert "1 coordinator" in told_before[0]
    assert "registration opens for them on" in told_before[1]
