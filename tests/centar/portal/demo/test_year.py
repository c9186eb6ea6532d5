"""The demonstration year: people, programmes, seminars."""

from __future__ import annotations

from collections import Counter
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from centar.events import queries
from centar.events.models import Booking, Event
from centar.outbox.models import Letter
from centar.people.models import Coordination, Person, User
from centar.portal.demo import accounts, surveys, year
from centar.script import homoglyphs
from needs_survey.models import Round, SchoolAnswer
from needs_survey.overview import Overview
from needs_survey.queries import results, rounds
from trainings.models import Programme, Trainer

DEMONSTRATION = "демонстрација"


def teacher() -> Person:
    return Person.objects.get(user__email=accounts.TEACHER)


def coming() -> Any:
    return Event.objects.coming(timezone.now()).with_seats()


@pytest.mark.usefixtures("demo")
def test_loading_again_does_nothing() -> None:
    models = [model for model in apps.get_models() if model._meta.managed]
    rows = [model._default_manager.count() for model in models]

    assert not year.load()
    assert [model._default_manager.count() for model in models] == rows


@pytest.mark.usefixtures("demo")
def test_the_command_says_that_the_year_is_there_already() -> None:
    said = StringIO()
    with translation.override("en"):
        call_command("load_demo", stdout=said)

    assert said.getvalue() == "The demonstration year is here already; nothing is changed.\n"


@pytest.mark.usefixtures("demo")
def test_production_can_be_forced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CENTAR_MODE", "production")

    call_command("load_demo", force=True, stdout=StringIO())


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("address", accounts.ADDRESSES)
def test_every_account_signs_in_with_the_password(
    client: Client, settings: Any, address: str
) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

    client.post(reverse("account_login"), {"login": address, "password": accounts.PASSWORD})

    user = User.objects.get(email=address)
    assert client.session.get("_auth_user_id") == str(user.pk)


@pytest.mark.usefixtures("demo")
def test_nobody_else_has_a_password() -> None:
    others = User.objects.exclude(email__in=accounts.ADDRESSES)

    assert others.count() == 54
    assert [user for user in others if user.has_usable_password()] == []


@pytest.mark.usefixtures("demo")
def test_staff_and_administrator_enter_the_back_office_with_their_own_rights(
    client: Client,
) -> None:
    staff = User.objects.get(email=accounts.STAFF)
    client.force_login(staff)

    assert client.get(reverse("admin:trainings_seminarevent_changelist")).status_code == 200
    assert client.get(reverse("admin:outbox_letter_changelist")).status_code == 200
    assert client.get(reverse("admin:people_user_changelist")).status_code == 403
    administrators = User.objects.filter(is_superuser=True)
    assert list(administrators.values_list("email", flat=True)) == [accounts.ADMINISTRATOR]


@pytest.mark.usefixtures("demo")
def test_the_coordinator_is_confirmed_for_a_school_of_kragujevac() -> None:
    coordination = Coordination.objects.get(person__user__email=accounts.COORDINATOR)

    assert coordination.ended_at is None
    assert coordination.school.municipality.name == "Крагујевац"
    assert coordination.confirmed_by == User.objects.get(email=accounts.ADMINISTRATOR)


@pytest.mark.usefixtures("demo")
def test_the_teacher_has_a_place_a_turn_an_offer_and_a_past() -> None:
    mine = queries.bookings_of(teacher(), timezone.now())

    kept = [len(part) for part in (mine.offers, mine.coming, mine.waiting, mine.past)]
    assert kept == [1, 1, 1, 3]
    turn = mine.waiting[0].turn
    assert turn is not None
    assert (turn.position, turn.waiting) == (3, 6)
    assert mine.past[0].booking.state == Booking.State.PLACED


@pytest.mark.usefixtures("demo")
def test_seminars_ahead_and_behind_show_every_state() -> None:
    now = timezone.now()

    assert Counter(coming().values_list("state", flat=True)) == {
        Event.State.OPEN: 14,
        Event.State.CLOSED: 1,
        Event.State.CANCELLED: 1,
        Event.State.DRAFT: 2,
    }
    assert Event.objects.filter(ends_at__lte=now).count() == 9
    assert coming().filter(registration_opens_at__gt=now).count() == 1
    assert coming().exclude(online_link="").get().place == ""
    assert coming().filter(waiting_count__gt=0).count() == 2
    assert coming().filter(seminar__fee=0).count() == 3
    assert queries.below_minimum(coming(), now).get().place == "Свилајнац"
    assert {len(event.days) for event in coming()} == {1, 2, 3}


@pytest.mark.usefixtures("demo")
def test_nobody_is_placed_beyond_the_places() -> None:
    crowded = Event.objects.with_seats().filter(held_count__gt=F("capacity"))

    assert list(crowded) == []


@pytest.mark.usefixtures("demo")
def test_one_survey_is_open_with_some_answers_and_last_years_is_closed() -> None:
    today = timezone.localdate()
    this, last = Round.objects.filter(kind=Round.Kind.SCHOOLS).order_by("-opens_on")

    assert last.published_at is not None
    assert (this.is_open_on(today), last.is_open_on(today)) == (True, False)
    assert (this.title, last.title) == (
        "Потребе школа за 2026/27. годину",
        "Потребе школа за 2025/26. годину",
    )
    assert this.compared_with == last
    assert [rounds.standing(one) for one in (this, last)] == [
        rounds.Standing(invited=129, begun=11, sent=8),
        rounds.Standing(invited=129, begun=14, sent=14),
    ]
    assert {row.response.on.year for row in last.responses.select_related("response")} == {2025}


@pytest.mark.usefixtures("demo")
def test_teachers_have_answered_and_some_answers_wait_under_seal() -> None:
    survey = Round.objects.get(kind=Round.Kind.TEACHERS)
    used = survey.teacher_invitations.filter(is_used=True).count()

    assert survey.is_open_on(timezone.localdate())
    assert (used, survey.responses.count(), survey.ballots.count()) == (57, 52, 5)
    # Some ways of narrowing are open, and some are hidden.
    offered = results.offered(survey)
    assert [name for _key, name in offered.municipality] == [
        "Аранђеловац",
        "Јагодина",
        "Крагујевац",
        "Параћин",
    ]
    # Of other subjects too few answered, or from too few kinds of schools.
    assert [name for _key, name in offered.subject] == ["Математика"]
    assert not results.results(survey).tally.is_hidden
    assert survey.teacher_invitations.filter(email=accounts.TEACHER, is_used=False).exists()


@pytest.mark.usefixtures("demo")
def test_every_answer_of_the_demonstration_could_be_sent(client: Client) -> None:
    for survey in Round.objects.all():
        for answer in SchoolAnswer.objects.filter(invitation__round=survey, sent_at__isnull=False):
            overview = Overview.of(answer.invitation)
            assert overview.is_whole
            assert overview.form.doubts() == []


@pytest.mark.usefixtures("demo")
def test_the_coordinator_has_begun_with_a_colleague(client: Client) -> None:
    client.force_login(User.objects.get(email=accounts.COORDINATOR))
    answer = SchoolAnswer.objects.get(contributors__email=surveys.HELPER[1])

    page = client.get(reverse("needs_survey:school_answer", args=[answer.invitation_id]))

    filled = [one.section.order for one in page.context["overview"].sections if one.is_complete]
    assert filled == [1, 2]


@pytest.mark.usefixtures("demo")
def test_letters_go_to_the_teacher_only() -> None:
    waiting = Letter.objects.filter(state=Letter.State.QUEUED)
    assert set(waiting.values_list("recipient", flat=True)) == {accounts.TEACHER}

    dropped = Letter.objects.exclude(pk__in=waiting)
    assert set(dropped.values_list("state", "error")) == {(Letter.State.DROPPED, DEMONSTRATION)}


@pytest.mark.usefixtures("demo")
def test_invented_programmes_say_so_and_known_ones_name_their_sources() -> None:
    invented = Programme.objects.filter(source=DEMONSTRATION)
    known = Programme.objects.filter(source__startswith="http")
    made = Programme.objects.filter(made_from__isnull=False)

    assert (invented.count(), known.count(), made.count()) == (41, 11, 2)
    assert Programme.objects.count() == 54
    assert set(invented.values_list("form", flat=True)) == set(Programme.Form)
    others = Trainer.objects.exclude(programmes__in=made)
    assert set(others.values_list("about", flat=True)) == {DEMONSTRATION}
    for programme in invented:
        programme.full_clean()


@pytest.mark.usefixtures("demo")
def test_people_are_of_example_org_and_of_schools_that_exist() -> None:
    people = Person.objects.select_related("user", "school")

    assert len(people) == 67
    assert {person.email.split("@")[1] for person in people} == {"example.org"}
    assert [person for person in people if person.school is None and not person.employer] == []
    assert len({person.school for person in people}) > 30


@pytest.mark.usefixtures("demo")
def test_the_texts_have_no_letters_of_the_other_script_inside_words() -> None:
    texts = [
        text
        for row in Programme.objects.values_list("title", "audience", "aims", "topics")
        for text in row
    ]
    assert [text for text in texts if homoglyphs.mend(text) != text] == []
