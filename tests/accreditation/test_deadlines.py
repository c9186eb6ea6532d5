"""What the staff owe the institute and the authors, in the work queue and in the desk's list."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accreditation.models import Call, Filing, Proposal, Rules
from accreditation.operations import expiry, filings, practices
from accreditation.queries import deadlines, desk
from centar.portal import institute_tasks, work_queue
from tests import office
from tests.factories import institute
from tests.factories.institute import days
from tests.factories.people import StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return institute.follower()


def tasks(staff):
    found = {str(task.title): task for task in work_queue.tasks_for(staff)}
    return {
        title: (task.count, [item.text for item in task.items]) for title, task in found.items()
    }


def test_a_meeting_is_filed_so_many_days_before_the_wished_one():
    late = institute.accepted(Call.Kind.MEETING, wished_on=days(30))
    soon = institute.accepted(Call.Kind.MEETING, wished_on=days(70))
    someday = institute.accepted(Call.Kind.MEETING)
    institute.accepted(Call.Kind.PROGRAMME, wished_on=days(70))

    due = deadlines.meetings_to_file(timezone.localdate())
    assert [(one.proposal, one.until) for one in due] == [
        (late, days(-30)),
        (soon, days(10)),
        (someday, None),
    ]
    Rules.objects.create(meeting_days=45)
    assert [one.until for one in deadlines.meetings_to_file(timezone.localdate())][1] == days(25)


def test_each_kind_of_work_names_what_waits_and_until_when(staff):
    institute.accepted(Call.Kind.MEETING, title="Скуп", wished_on=days(70))
    institute.accepted(title="Непредат")
    returned = institute.filed(staff, title="Враћен")
    filings.give_back(
        proposal_id=returned.pk,
        returned_on=days(-9),
        complete_by=days(-1),
        what_is_missing="Све.",
        by=staff,
    )
    institute.refused(staff, title="Одбијен")
    pending = institute.refused(staff, title="Жалба")
    filings.appeal(proposal_id=pending.pk, appealed_on=days(0), by=staff)
    institute.accredited(staff, title="Нов")
    institute.accepted(Call.Kind.PRACTICE, title="Пример")

    found = tasks(staff)

    day = deadlines_day
    assert found["Professional meetings to file with the institute"] == (
        1,
        [f"Скуп: until {day(10)}"],
    )
    assert found["Decisions without a filing"] == (1, [f"Непредат: decided on {day(0)}"])
    assert found["Proposals to complete for the institute"] == (
        1,
        [f"Враћен: was due on {day(-1)}"],
    )
    assert found["Appeals to the institute"] == (
        2,
        [f"Одбијен: until {day(10)}", f"Жалба: appealed on {day(0)}"],
    )
    assert found["Accreditations that end: renew or let go"] == (0, [])
    assert found["Accredited and not in the catalogue yet"] == (1, ["Нов: 345"])
    assert found["Examples of good practice to publish"] == (1, ["Пример"])


def deadlines_day(number):
    from centar.events import moments

    return moments.day(days(number))


def test_an_accreditation_stands_there_before_it_ends_until_somebody_settles_it(staff):
    proposal = institute.accredited(staff)
    today = timezone.localdate()
    assert deadlines.ending(today) == []

    almost = days(1000) - timedelta(days=180)
    assert [one.until for one in deadlines.ending(almost)] == [days(1000)]
    assert deadlines.ending(almost - timedelta(days=1)) == []
    assert len(deadlines.ending(days(1500))) == 1

    expiry.let_go(proposal_id=proposal.pk, reason="Доста је.", by=staff)
    assert deadlines.ending(almost) == []


def test_an_appeal_that_is_too_late_is_no_work(staff):
    institute.refused(staff)

    assert len(deadlines.appeals(days(10))) == 1
    assert deadlines.appeals(days(11)) == []


def test_a_published_example_is_done_even_when_it_was_taken_down(staff):
    practice = institute.published(staff)
    assert not deadlines.unpublished().exists()

    practices.take_down(practice_id=practice.pk, reason="Замолили су.", by=staff)
    assert not deadlines.unpublished().exists()


@pytest.mark.parametrize("work", desk.WORK)
def test_the_list_of_each_kind_is_the_same(staff, work):
    everything(staff)
    today = timezone.localdate()

    keys = desk.find({"work": work}, today)

    assert keys == desk.WORK[work](today)
    assert len(keys) == 1
    assert office.desk_of(staff).get(f"/predlozi/centar/?work={work}").status_code == 200


def everything(staff):
    institute.accepted(Call.Kind.MEETING, wished_on=days(70))
    institute.accepted()
    returned = institute.filed(staff)
    Filing.objects.filter(proposal=returned).update(returned_on=days(-1), complete_by=days(3))
    Proposal.objects.filter(pk=returned.pk).update(state="returned")
    institute.refused(staff)
    ended = institute.made(staff)
    Filing.objects.filter(proposal=ended).update(valid_from=days(-9), valid_until=days(9))
    institute.accredited(staff, decision={"catalogue_number": "400"})
    institute.accepted(Call.Kind.PRACTICE)


@pytest.mark.parametrize("number", [1, 3])
def test_the_work_takes_the_same_queries_however_much_waits(
    staff, django_assert_num_queries, number
):
    for turn in range(number):
        institute.accepted(Call.Kind.MEETING, wished_on=days(70 + turn))
        institute.refused(staff)

    now = timezone.now()
    # One a kind, and for those that are counted apart one more; the rules are read twice.
    with django_assert_num_queries(13):
        for _permission, source in institute_tasks.SOURCES:
            source(now)


def test_who_does_not_follow_proposals_is_not_told():
    titles = tasks(StaffFactory(permissions=["events.view_event"]))

    assert list(titles) == ["Seminars below their minimum"]
