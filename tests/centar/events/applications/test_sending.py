"""From what a coordinator typed to an application."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from centar.access import Refusal
from centar.audit.models import Entry
from centar.events.applications import effects, matching
from centar.events.applications.drafts import Typed
from centar.events.applications.matching import Standing
from centar.events.applications.pasting import Row
from centar.events.models import Booking, BookingGroup
from centar.events.operations import applications
from centar.outbox import operations as outbox
from centar.outbox.models import Letter
from centar.people.models import Coordination, Person
from tests.centar.events import scenes
from tests.factories.events import EventFactory
from tests.factories.people import PersonFactory
from tests.factories.schools import SchoolFactory, SubjectFactory

State = Booking.State
Policy = BookingGroup.Policy
SCHOOL, PERSON = Booking.Payer.SCHOOL, Booking.Payer.PERSON
pytestmark = pytest.mark.django_db


def standings(event, school, rows, chosen=()):
    return [one.standing for one in matching.judged(event, school, chosen, rows)]


def draft_of(event, school, by, **typed):
    return applications.keep_draft(
        event_id=event.pk, school=school, typed=Typed(**typed).kept(), by=by
    )


def sent(event, school, by, policy=Policy.SPLIT, payer=SCHOOL, **typed):
    draft = draft_of(event, school, by, **typed)
    return applications.send(draft_id=draft.pk, policy=policy, payer=payer, by=by)


class TestMatching:
    def test_the_same_address_or_the_same_name_and_birth(self, event, school):
        known = PersonFactory(
            user=None,
            school=school,
            first_name="Ђорђе",
            last_name="Љубичић",
            contact_email="djordje@example.org",
            birth_date=date(1980, 1, 2),
        )
        rows = [
            Row("Неко", "Други", email="DJORDJE@example.org"),
            Row("Djordje", "Ljubičić", birth_date="2.1.1980."),
            Row("ЂОРЂЕ", "љубичић"),
            Row("Ђорђе", "Љубичић", birth_date="3.1.1980."),
        ]

        judged = matching.judged(event, school, [], rows)

        assert [one.person for one in judged] == [known, known, known, None]
        assert [one.standing for one in judged] == [
            Standing.KNOWN,
            Standing.DOUBLED,
            Standing.DOUBLED,
            Standing.NEW,
        ]

    def test_the_address_of_a_stranger_tells_nothing(self, event, school):
        PersonFactory(school=SchoolFactory(), user__email="tajna@example.org")
        [judged] = matching.judged(
            event, school, [], [Row("Измишљено", "Име", email="tajna@example.org")]
        )

        assert (judged.standing, judged.name, judged.email, judged.person) == (
            Standing.NEW,
            "Измишљено Име",
            "tajna@example.org",
            None,
        )

    def test_the_address_of_a_colleagues_account_is_not_shown(self, event, school):
        PersonFactory(
            school=school, first_name="Вера", last_name="Симић", user__email="tajna@example.org"
        )

        [judged] = matching.judged(event, school, [], [Row("Вера", "Симић")])

        assert (judged.standing, judged.email, judged.is_reachable) == (Standing.KNOWN, "", True)

    @pytest.mark.parametrize(
        "row",
        [
            Row("Vera", "Simić", email="vera@example.org"),
            Row("Вера", "Симић", birth_date="5.6.1979"),
        ],
    )
    def test_a_person_of_another_school_is_told_and_not_added(
        self, event, school, coordinator, row
    ):
        PersonFactory(
            school=SchoolFactory(),
            first_name="Вера",
            last_name="Симић",
            user__email="vera@example.org",
            birth_date=date(1979, 6, 5),
        )

        assert standings(event, school, [row]) == [Standing.ELSEWHERE]
        with pytest.raises(Refusal, match="Name at least one person"):
            sent(event, school, coordinator, rows=(row,))

    def test_doubles_in_the_paste_and_those_registered_already(
        self, event, school, coordinator, colleagues
    ):
        sent(event, school, coordinator, chosen=(colleagues[0].pk,))
        rows = [
            Row("Нова", "Нић", email="nova@example.org"),
            Row("Nova", "Nić", email="NOVA@example.org"),
            Row("Јован", "Лазић 0"),
            Row("Јован", "Лазић 1"),
        ]

        assert standings(event, school, rows, chosen=[colleagues[1].pk]) == [
            Standing.KNOWN,
            Standing.NEW,
            Standing.DOUBLED,
            Standing.REGISTERED,
            Standing.DOUBLED,
        ]

    def test_what_is_wrong_and_what_is_missing(self, school):
        event = EventFactory(asks_birth=True)
        SubjectFactory(name="Физика")
        rows = [
            Row("Ана", ""),
            Row("Ана", "Ђ", email="није адреса", birth_date="31.2.1980."),
            Row("Ана", "Ђурић", subject="физика", post="учитељица", birth_date="1.2.1980."),
            Row("Ена", "Ђурић", subject="летење", birth_date="1.2.1980.", birth_place="Рача"),
        ]

        judged = matching.judged(event, school, [], rows)

        assert [one.standing for one in judged] == [
            Standing.WRONG,
            Standing.WRONG,
            Standing.NEW,
            Standing.NEW,
        ]
        assert [len(one.wrong) for one in judged] == [1, 2, 0, 0]
        assert [one.lacks_birth for one in judged] == [False, False, True, False]
        assert judged[2].about.subject.name == "Физика"
        assert judged[3].unread == ("летење",)

    def test_the_number_of_queries_does_not_grow(
        self, event, school, colleagues, django_assert_num_queries
    ):
        rows = [Row("Нова", f"Нић {n}", email=f"n{n}@example.org") for n in range(3)]
        for some in (rows[:1], rows):
            with django_assert_num_queries(4):
                matching.judged(event, school, [colleagues[0].pk], some)


class TestSending:
    def test_new_people_are_added_and_everybody_is_applied_for(
        self, event, school, coordinator, colleagues
    ):
        row = Row("Нова", "Нић", email="nova@example.org", birth_date="1.2.1980.")

        group = sent(event, school, coordinator, chosen=(colleagues[0].pk,), rows=(row,))

        new = Person.objects.get(last_name="Нић")
        assert (new.school, new.user, new.contact_email) == (school, None, "nova@example.org")
        assert (group.school, group.created_by, group.policy) == (school, coordinator, "split")
        assert [(one.person, one.state, one.payer) for one in group.bookings.order_by("pk")] == [
            (colleagues[0], State.PLACED, SCHOOL),
            (new, State.PLACED, SCHOOL),
        ]
        assert list(Entry.objects.order_by("pk").values_list("action", flat=True)) == [
            "people.enter_colleague",
            "events.enrol_group",
        ]

    def test_each_person_is_told_once_and_the_coordinator_once(
        self, event, school, coordinator, colleagues
    ):
        group = sent(event, school, coordinator, chosen=[one.pk for one in colleagues])

        to_people = Letter.objects.exclude(recipient=coordinator.email)
        assert sorted(to_people.values_list("kind", "recipient")) == sorted(
            ("applications.applied", one.contact_email) for one in colleagues
        )
        assert scenes.letters(recipient=coordinator.email) == ["applications.summary"]
        assert Letter.objects.get(kind="applications.summary").object_id == group.pk

    def test_the_summary_names_those_whom_no_letter_reaches(self, event, school, coordinator):
        coordinator.face = "en"
        coordinator.save()
        sent(
            event,
            school,
            coordinator,
            rows=(Row("Без", "Адресе"), Row("Са", "њом", "a@example.org")),
        )
        outbox.deliver_due()

        text = Letter.objects.get(kind="applications.summary").text
        assert "please tell them yourself: Bez Adrese\n" in text
        assert "– Sa njom: has a place\n" in text
        assert Letter.objects.filter(kind="applications.applied").count() == 1

    def test_a_second_click_gives_the_first_ones_application(
        self, event, school, coordinator, colleagues
    ):
        draft = draft_of(event, school, coordinator, chosen=(colleagues[0].pk,))
        facts = {"draft_id": draft.pk, "policy": Policy.SPLIT, "payer": PERSON, "by": coordinator}

        assert applications.send(**facts) == applications.send(**facts)

        assert event.bookings.count() == 1

    def test_a_wrong_row_stops_everything(self, event, school, coordinator, colleagues):
        rows = (Row("Нова", "Нић"), Row("Крива", "Адреса", email="@"))

        with pytest.raises(Refusal, match="Correct the marked rows"):
            sent(event, school, coordinator, rows=rows, chosen=(colleagues[0].pk,))

        assert event.bookings.count() == 0
        assert not Person.objects.filter(last_name="Нић").exists()

    def test_a_group_too_large_leaves_nobody_behind(self, event, school, coordinator):
        rows = tuple(Row("Нова", f"Нић {number}") for number in range(4))

        with pytest.raises(Refusal, match="larger than the whole event"):
            sent(event, school, coordinator, Policy.TOGETHER, rows=rows)

        assert not Person.objects.filter(first_name="Нова").exists()

    def test_what_was_missing_is_filled_in_and_what_is_known_stays(
        self, event, school, coordinator, colleagues
    ):
        row = Row(
            "Јован", "Лазић 1", "jovan1@example.org", birth_date="1.2.1980.", birth_place="Рача"
        )

        sent(event, school, coordinator, rows=(row,))

        colleagues[1].refresh_from_db()
        assert (colleagues[1].birth_date, colleagues[1].birth_place) == (date(1980, 2, 1), "Рача")

    def test_whoever_no_longer_coordinates_sends_nothing(
        self, event, school, coordinator, colleagues
    ):
        draft = draft_of(event, school, coordinator, chosen=(colleagues[0].pk,))
        Coordination.objects.update(ended_at=timezone.now())

        with pytest.raises(Refusal, match="do not coordinate"):
            applications.send(draft_id=draft.pk, policy=Policy.SPLIT, payer=SCHOOL, by=coordinator)

        assert event.bookings.count() == 0

    @pytest.mark.parametrize("policy", Policy)
    def test_what_is_foretold_is_what_happens(self, policy, school, coordinator, colleagues):
        event = EventFactory(capacity=8)
        scenes.crowd(event, 5)
        foretold = effects.effect(event, 5, policy, timezone.now())

        group = sent(event, school, coordinator, policy, chosen=[one.pk for one in colleagues])

        placed = group.bookings.filter(state=State.PLACED).count()
        assert (foretold.placed, foretold.waiting) == (placed, 5 - placed)
