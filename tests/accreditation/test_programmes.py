"""From an accredited proposal to the catalogue and to a draft seminar."""

from __future__ import annotations

from datetime import time
from decimal import Decimal

import pytest
from django.urls import reverse

from accreditation import entries, meanings
from accreditation.models import Call, MadeProgramme, Proposal, Version
from accreditation.operations import programmes as operations
from accreditation.versions import Content
from centar.access import Refusal
from centar.events.models import Event
from tests import office
from tests.factories import institute
from tests.factories.accreditation import CallFactory
from tests.factories.institute import days
from tests.factories.people import PersonFactory, StaffFactory, UserFactory
from tests.factories.trainings import ProgrammeFactory, TrainerFactory
from trainings.models import Programme, Seminar, Trainer
from trainings.operations import programmes as catalogue

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return institute.follower()


def accredit(proposal, staff, **facts):
    from accreditation.operations import filings

    filings.file(proposal_id=proposal.pk, filed_on=days(-20), filing_number="", by=staff)
    filings.accredit(proposal_id=proposal.pk, decision=institute.decision(**facts), by=staff)
    return institute.fresh(proposal)


def test_everything_is_copied(staff):
    proposal = accredit(institute.written(), staff)

    programme = operations.make(proposal_id=proposal.pk, by=staff).programme

    assert (programme.title, programme.form, programme.number, programme.cycle) == (
        "Огледи у школском дворишту",
        Programme.Form.PROGRAMME,
        "345",
        proposal.call.cycle,
    )
    assert (programme.area.name, programme.hours, programme.points, programme.fee) == (
        "Природне науке",
        8,
        Decimal(8),
        Decimal(2500),
    )
    assert (programme.group_minimum, programme.group_maximum) == (10, 25)
    assert (programme.audience, programme.aims, programme.topics) == (
        "наставници физике",
        "Да огледи буду лаки.",
        "Безбедност\nМерење",
    )
    assert set(programme.trainers.values_list("name", flat=True)) == {
        "Јелена Ђурић",
        "Ђорђе Њагић",
        "Љубица Џаковић",
    }
    leader = Trainer.objects.get(name="Јелена Ђурић")
    assert (leader.person, leader.about) == (
        proposal.authors.get(leads=True).person,
        "Ради у школи.",
    )
    assert programme.source == f"Предлог {proposal.code}, одлука 120/2026"


def test_competences_and_priorities_of_the_cycle_are_copied(staff):
    proposal = institute.written()
    competence, priority = institute.of_cycle(proposal.call)
    stranger, _other = institute.of_cycle(CallFactory(cycle__name="Други циклус"))
    content = proposal.versions.get().content
    content["sections"][0]["questions"] += [
        {"code": code, "label": code, "kind": "listed", "text": "", "values": values}
        for code, values in (
            (meanings.COMPETENCES, [competence.pk, stranger.pk]),
            (meanings.PRIORITIES, [priority.pk]),
        )
    ]
    entry = entries.entry(proposal, None, Content.read(content))

    programme = catalogue.add(entry=entry, by=staff)

    assert list(programme.competences.all()) == [competence]
    assert list(programme.priority_areas.all()) == [priority]


def test_without_topics_the_schedule_tells_them():
    content = institute.written().versions.get().content
    for one in content["sections"][0]["questions"]:
        one["text"] = ""

    entry = entries.entry(Proposal.objects.get(), None, Content.read(content))

    assert entry.topics == "Увод\nОгледи"


@pytest.mark.parametrize(
    ("leader", "names"),
    [
        ("Ана Анић, Бојан Бојић; Цеца Цицић", ["Ана Анић", "Бојан Бојић", "Цеца Цицић"]),
        ("Ана Анић и Бојан Бојић", ["Ана Анић", "Бојан Бојић"]),
        ("Ivana Ilić i Mina Mitić", ["Ivana Ilić", "Mina Mitić"]),
        ("Илија Ивић", ["Илија Ивић"]),
        ("", []),
        ("JELENA ĐURIĆ", []),
    ],
)
def test_who_leads_an_hour_is_read_from_what_was_typed(leader, names):
    content = institute.written().versions.get().content
    content["authors"] = content["authors"][:1]
    content["schedule"] = [{"topic": "", "way": "", "hours": "1", "leader": leader}] * 2

    found = list(entries.leaders(Content.read(content)))

    assert [one.name for one in found] == ["Јелена Ђурић", *names]


def test_trainers_whom_the_catalogue_knows_are_not_made_anew(staff):
    proposal = accredit(institute.written(), staff)
    author = proposal.authors.get(leads=True)
    known = TrainerFactory(name="Проф. др Јелена Ђурић", person=author.person)
    by_name = TrainerFactory(name="Ljubica Džaković")
    somebody_else = TrainerFactory(name="Ђорђе Њагић", person=PersonFactory())

    programme = operations.make(proposal_id=proposal.pk, by=staff).programme

    trainers = set(programme.trainers.all())
    assert {known, by_name} < trainers
    assert somebody_else not in trainers
    assert len(trainers) == 3


def test_one_size_of_a_group_moves_the_usual_other_one(staff):
    add = catalogue.add
    small = add(entry=catalogue.Entry(title="А", form="programme", group_maximum=8), by=staff)
    large = add(entry=catalogue.Entry(title="Б", form="programme", group_minimum=40), by=staff)

    assert (small.group_minimum, small.group_maximum) == (8, 8)
    assert (large.group_minimum, large.group_maximum) == (40, 40)
    wrong = catalogue.Entry(title="В", form="programme", group_minimum=9, group_maximum=8)
    with pytest.raises(Refusal, match="The largest group is smaller than the smallest"):
        add(entry=wrong, by=staff)


def test_a_meeting_is_known_by_its_decision(staff):
    proposal = institute.accredited(staff, Call.Kind.MEETING)

    programme = operations.make(proposal_id=proposal.pk, by=staff).programme

    assert (programme.form, programme.number) == (Programme.Form.MEETING, "120/2026")


def test_a_workshop_that_the_centre_accepted_needs_no_institute(staff):
    proposal = institute.accepted(Call.Kind.WORKSHOP)

    programme = operations.make(proposal_id=proposal.pk, by=staff).programme

    assert (programme.form, programme.number) == (Programme.Form.WORKSHOP, "")


@pytest.mark.parametrize("state", ["accepted", "filed", "returned", "refused"])
def test_what_is_not_accredited_is_not_entered(staff, state):
    proposal = institute.filed(staff)
    Proposal.objects.filter(pk=proposal.pk).update(state=state)

    with pytest.raises(Refusal, match="Only what is accredited"):
        operations.make(proposal_id=proposal.pk, by=staff)


def test_it_is_entered_once(staff):
    proposal = institute.made(staff)

    with pytest.raises(Refusal, match="It is in the catalogue already"):
        operations.make(proposal_id=proposal.pk, by=staff)
    assert Programme.objects.count() == 1


def test_a_number_that_was_given_meanwhile_is_refused_and_nothing_is_left(staff):
    proposal = institute.accredited(staff)
    ProgrammeFactory(cycle=proposal.call.cycle, number="345")

    with pytest.raises(Refusal, match="already has a programme with this number"):
        operations.make(proposal_id=proposal.pk, by=staff)

    assert not MadeProgramme.objects.exists()
    assert Programme.objects.count() == 1


def test_a_draft_seminar_is_planned_from_it(staff):
    proposal = institute.made(staff)

    seminar = operations.plan(
        proposal_id=proposal.pk, by=staff, town="Топола", first_day=days(40), begins_at=time(10)
    )

    assert (seminar.programme, seminar.event.state, seminar.event.place) == (
        proposal.made.programme,
        Event.State.DRAFT,
        "Топола",
    )
    assert [day.starts_at.date() for day in seminar.event.days] == [days(40)]
    assert set(seminar.trainers.all()) == set(proposal.made.programme.trainers.all())
    assert operations.plan(proposal_id=proposal.pk, by=staff).event.starts_at is None


def test_a_seminar_is_planned_for_days_to_come_and_with_an_hour(staff):
    proposal = institute.made(staff)

    for facts, field in (
        ({"first_day": days(0), "begins_at": time(10)}, "first_day"),
        ({"first_day": days(3)}, "begins_at"),
    ):
        with pytest.raises(Refusal) as refused:
            operations.plan(proposal_id=proposal.pk, by=staff, **facts)
        assert refused.value.field == field
    assert not Seminar.objects.exists()


def test_a_seminar_needs_a_programme(staff):
    proposal = institute.accredited(staff)

    with pytest.raises(Refusal, match="Enter it into the catalogue first"):
        operations.plan(proposal_id=proposal.pk, by=staff)


@pytest.mark.parametrize("missing", ["accreditation.change_filing", "trainings.add_programme"])
def test_entering_needs_both_rights(staff, missing):
    proposal = institute.accredited(staff)
    rights = [name for name in institute.AFTER if name != missing]

    with pytest.raises(Refusal, match="Only the Centre's staff"):
        operations.make(proposal_id=proposal.pk, by=StaffFactory(permissions=rights))


@pytest.mark.parametrize("missing", ["accreditation.change_filing", "events.change_event"])
def test_planning_needs_both_rights(staff, missing):
    proposal = institute.made(staff)
    rights = [name for name in institute.AFTER if name != missing]

    with pytest.raises(Refusal):
        operations.plan(proposal_id=proposal.pk, by=StaffFactory(permissions=rights))


def test_the_link_is_kept_both_ways_and_only_for_the_staff(client, staff):
    proposal = institute.made(staff)
    programme = proposal.made.programme
    desk = reverse("accreditation:desk_proposal", args=[proposal.pk])
    public = reverse("trainings:programme", args=[programme.pk])
    in_admin = reverse("admin:trainings_programme_change", args=[programme.pk])
    by_staff = office.desk_of(staff)

    assert desk in by_staff.get(public).content.decode()
    assert desk in by_staff.get(in_admin).content.decode()
    assert public in by_staff.get(desk).content.decode()
    for stranger in (client, office.desk_of(UserFactory()), office.desk_of(StaffFactory())):
        answer = stranger.get(public)
        assert (answer.status_code, proposal.code in answer.content.decode()) == (200, False)


def test_a_visitor_pays_no_query_for_it(client, django_assert_num_queries, staff):
    path = reverse("trainings:programme", args=[institute.made(staff).made.programme_id])
    client.get(path)
    plain = ProgrammeFactory()
    with django_assert_num_queries(7) as of_made:
        client.get(path + "?1")
    with django_assert_num_queries(len(of_made)):
        client.get(reverse("trainings:programme", args=[plain.pk]))


def test_versions_never_change_by_any_of_it(staff):
    proposal = institute.accepted()
    before = list(Version.objects.values())

    accredit(proposal, staff)
    operations.make(proposal_id=proposal.pk, by=staff)

    assert list(Version.objects.values()) == before
