"""The pages on which a school answers."""

from __future__ import annotations

from datetime import timedelta

import pymupdf
import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from centar.questionnaires.models import Question
from needs_survey.models import RoundResponse, SchoolAnswer, SectionDraft
from tests.factories.needs_survey import SURVEYS, InvitationFactory, SectionFactory
from tests.factories.people import CoordinationFactory, PersonFactory, StaffFactory
from tests.factories.questionnaires import QuestionFactory
from tests.needs_survey import scenes
from tests.office import desk_of, serbian

pytestmark = pytest.mark.django_db

Kind = Question.Kind
DAY = timedelta(days=1)
SIGNED = {"name": "Зоран Стевановић", "post": "педагог"}


@pytest.fixture
def scene():
    return scenes.furnish()


def seen_of(response):
    """The hidden fields of the page that was opened."""
    seen = response.context["seen"]
    return {"seen": str(seen.revision), "page": seen.page}


def overview_of(response):
    return response.context["overview"]


class TestEntrance:
    def pages(self, scene):
        sections = [f"deo/{scene.words.pk}/", "kolege/", "provera/", ""]
        return [scene.path + page for page in sections]

    def test_the_coordinator_enters(self, scene):
        assert [scene.client.get(page).status_code for page in self.pages(scene)] == [200] * 4

    def test_to_another_school_it_is_not_there(self, scene):
        for other in (CoordinationFactory().person.user, PersonFactory().user):
            client = desk_of(other)
            assert [client.get(page).status_code for page in self.pages(scene)] == [404] * 4

    def test_a_stranger_is_sent_to_sign_in(self, scene):
        answers = [Client().get(page) for page in self.pages(scene)]

        assert [one.status_code for one in answers] == [302] * 4

    def test_a_coordinator_that_was_is_a_stranger(self, scene):
        scene.user.person.coordinations.update(ended_at=timezone.now())

        assert scene.client.get(scene.path).status_code == 404

    def test_a_round_in_preparation_is_not_there(self, scene):
        type(scene.invitation.round).objects.update(opened_at=None)

        assert scene.client.get(scene.path).status_code == 404

    def test_a_section_of_another_questionnaire_is_not_there(self, scene):
        assert scene.client.get(scene.section_path(SectionFactory())).status_code == 404

    @pytest.mark.parametrize("place", ["odgovor/", "potvrda.pdf"])
    def test_what_was_sent_is_read_by_the_school_and_the_staff(self, scene, place):
        assert scene.client.get(scene.path + place).status_code == 404
        scene.fill()
        scene.send()

        reader = desk_of(StaffFactory(permissions=SURVEYS[:1]))
        other = desk_of(CoordinationFactory().person.user)
        clients = (scene.client, reader, other, desk_of(StaffFactory()))
        assert [client.get(scene.path + place).status_code for client in clients] == [
            200,
            200,
            404,
            404,
        ]


class TestSection:
    def save(self, scene, typed, client=None, **extra):
        client = client or scene.client
        page = client.get(scene.section_path(scene.words))
        return client.post(scene.section_path(scene.words), {**typed, **seen_of(page), **extra})

    def test_saving_leads_back_and_says_who_filled_in(self, scene):
        answer = self.save(scene, scene.said("Желимо огледе."))

        assert answer.headers["Location"] == scene.path
        assert SectionDraft.objects.get().is_done
        page = scene.client.get(scene.path).content.decode()
        assert str(scene.user.person) in page

    def test_what_is_missing_is_saved_and_said(self, scene):
        client = scene.client
        path = scene.section_path(scene.staff)
        answer = client.post(path, scene.numbers("", "5"), follow=True)

        (message,) = answer.context["messages"]
        assert str(message) == "Сачувано. У овом делу још 1 питање чека одговор."
        draft = SectionDraft.objects.get()
        assert not draft.is_done
        assert "5" in str(draft.values)

    def test_a_number_with_letters_is_kept_as_typed_and_refused_beside_its_field(self, scene):
        path = scene.section_path(scene.staff)

        answer = scene.client.post(path, scene.numbers("осам", "5"))

        assert answer.status_code == 422
        assert answer.context["form"].errors[f"q{scene.total.pk}"]
        assert 'value="осам"' in answer.content.decode()
        assert SectionDraft.objects.get().values[f"q{scene.total.pk}"] == ["осам"]

    def test_a_very_long_text_is_kept_and_refused(self, scene):
        answer = self.save(scene, scene.said("а" * 50_000))

        assert answer.status_code == 422
        assert "а" * 50_000 in answer.content.decode()
        assert SectionDraft.objects.get().values == {f"q{scene.text.pk}": ["а" * 50_000]}

    def test_while_typing_a_fragment_says_that_it_is_kept(self, scene):
        client = scene.client
        path = scene.section_path(scene.words)
        seen = seen_of(client.get(path))
        htmx = {"HX-Request": "true", "HX-Target": "kept"}

        answer = client.post(path, {**scene.said("Же"), **seen}, headers=htmx)

        assert "questionnaires/_kept.html" in [one.name for one in answer.templates]
        assert answer.context["seen"].revision == 1
        draft = SectionDraft.objects.get()
        assert (draft.values, draft.is_done) == ({f"q{scene.text.pk}": ["Же"]}, False)

    def test_while_typing_somebody_else_is_not_overwritten(self, scene):
        client = scene.client
        path = scene.section_path(scene.words)
        seen = seen_of(client.get(path))
        scene.keep(scene.words, scene.said("Туђе"), name="Вера")
        htmx = {"HX-Request": "true", "HX-Target": "kept"}

        answer = client.post(path, {**scene.said("Моје"), **seen}, headers=htmx)

        assert "Није сачувано" in answer.content.decode()
        assert "Вера" in answer.content.decode()
        assert SectionDraft.objects.get().values == {f"q{scene.text.pk}": ["Туђе"]}

    def test_after_the_last_day_what_was_typed_is_shown(self, scene):
        client = scene.client
        path = scene.section_path(scene.words)
        seen = seen_of(client.get(path))
        with time_machine.travel(timezone.now() + 11 * DAY):
            client.force_login(scene.user)
            answer = client.post(path, {**scene.said("Дуго писано"), **seen})

        text = answer.content.decode()
        assert answer.status_code == 409
        assert serbian("It is not saved") in text
        assert "Дуго писано" in text
        assert SectionDraft.objects.count() == 0

    def test_what_is_missing_is_marked_when_one_comes_from_the_check(self, scene):
        page = scene.client.get(scene.section_path(scene.words) + "?provera=1")

        assert page.context["form"].errors[f"q{scene.text.pk}"]

    def test_wrong_revisions_of_the_page_are_no_error(self, scene):
        for seen in ("", "x", "-1", "9" * 30, "²"):
            answer = scene.client.post(
                scene.section_path(scene.words), {**scene.said("Ој"), "seen": seen, "page": "\0"}
            )
            assert answer.status_code in (302, 409)


class TestTwoVersions:
    def conflict(self, scene):
        """Two pages are open; the other one saves first."""
        client = scene.client
        path = scene.section_path(scene.staff)
        seen = seen_of(client.get(path))
        scene.keep(scene.staff, scene.numbers("8", "5", "3"), name="Вера")
        return client, client.post(path, {**scene.numbers("8", "6", "3"), **seen})

    @pytest.mark.parametrize(
        ("kind", "offers", "mine", "shown"),
        [
            (Kind.SCALE, (), {"": "2"}, [("", "2")]),
            (Kind.SINGLE, ("Да", "Не"), {"": 0}, [("", "Да")]),
            (Kind.MULTIPLE, ("Да", "Не"), {"": 1}, [("", "Не")]),
            (Kind.NUMBER, (), {"": "7,50"}, [("", "7,5")]),
            (Kind.SHORT, (), {"": "Огледи"}, [("", "Огледи")]),
            (Kind.MATRIX, ("К1", "К2"), {0: "2", 1: "5"}, [("К1", "2"), ("К2", "5")]),
            (Kind.RANKING, ("Дан", "Сат"), {0: "2", 1: "1"}, [("1.", "Сат"), ("2.", "Дан")]),
            (Kind.NUMBERS, ("Дан", "Сат"), {1: "3"}, [("Сат", "3")]),
        ],
    )
    def test_an_answer_of_any_kind_is_read(self, scene, kind, offers, mine, shown):
        asked = QuestionFactory(
            questionnaire=scene.staff.questionnaire, section=scene.words, kind=kind, offers=offers
        )
        keys = [option.pk for option in asked.options.all()]
        typed = {
            f"q{asked.pk}" if where == "" else f"q{asked.pk}_{keys[where]}": (
                str(keys[what]) if isinstance(what, int) else what
            )
            for where, what in mine.items()
        }
        path = scene.section_path(scene.words)
        seen = seen_of(scene.client.get(path))
        scene.keep(scene.words, scene.said("Туђе"), name="Вера")

        page = scene.client.post(path, {**scene.said("Туђе"), **typed, **seen})

        (one,) = page.context["differences"]
        assert page.status_code == 409
        assert [(line.label, line.value) for line in one.mine] == shown
        assert one.theirs == []

    def test_both_are_shown_answer_by_answer(self, scene):
        _client, page = self.conflict(scene)

        assert page.status_code == 409
        (one,) = page.context["differences"]
        assert one.question == scene.posts
        assert [(line.label, line.value) for line in one.theirs] == [
            ("Учитељи", "5"),
            ("Наставници", "3"),
        ]
        assert [line.value for line in one.mine] == ["6", "3"]
        assert one.chosen == ""

    @pytest.mark.parametrize(("choice", "kept"), [("mine", "6"), ("theirs", "5")])
    def test_the_chosen_one_stays(self, scene, choice, kept):
        client, page = self.conflict(scene)
        path = scene.section_path(scene.staff)
        typed = {**scene.numbers("8", "6", "3"), **seen_of(page), "choose_mesta": choice}

        answer = client.post(path, {**typed, "resolve": "1"})

        assert answer.status_code == 302
        first = scene.posts.options.first()
        assert SectionDraft.objects.get().values[f"q{scene.posts.pk}_{first.pk}"] == [kept]

    def test_without_a_choice_nothing_is_saved(self, scene):
        client, page = self.conflict(scene)
        path = scene.section_path(scene.staff)

        again = client.post(path, {**scene.numbers("8", "6", "3"), **seen_of(page), "resolve": "1"})

        assert (again.status_code, again.context["is_undecided"]) == (409, True)
        assert SectionDraft.objects.get().saved_by == "Вера"

    def test_somebody_faster_once_more_is_compared_once_more(self, scene):
        client, page = self.conflict(scene)
        scene.keep(scene.staff, scene.numbers("8", "1", "7"), name="Дара")
        typed = {**scene.numbers("8", "6", "3"), **seen_of(page), "choose_mesta": "mine"}

        again = client.post(scene.section_path(scene.staff), {**typed, "resolve": "1"})

        assert again.status_code == 409
        assert again.context["draft"].saved_by == "Дара"
        assert not again.context["is_undecided"]

    def test_where_only_one_has_answered_that_answer_is_proposed(self, scene):
        client = scene.client
        path = scene.section_path(scene.staff)
        seen = seen_of(client.get(path))
        scene.keep(scene.staff, scene.numbers("8"), name="Вера")

        page = client.post(path, {**scene.numbers("", "6", "3"), **seen})

        chosen = {one.question.code: one.chosen for one in page.context["differences"]}
        assert chosen == {"zaposleni": "theirs", "mesta": "mine"}


class TestSending:
    def test_what_is_missing_is_listed_with_the_way_to_it(self, scene):
        page = scene.client.get(f"{scene.path}provera/").content.decode()

        assert f"{scene.section_path(scene.words)}?provera=1#part_q{scene.text.pk}" in page
        assert "data-takes-focus" in page
        assert serbian("Sign and send") not in page

    def test_signing_sends_and_shows_what_was_sent(self, scene):
        scene.fill()

        answer = scene.client.post(f"{scene.path}provera/", SIGNED, follow=True)

        text = answer.content.decode()
        assert answer.redirect_chain == [(f"{scene.path}odgovor/", 302)]
        assert "Зоран Стевановић, педагог" in text
        assert "Желимо." in text
        assert RoundResponse.objects.count() == 1

    def test_a_second_click_shows_the_same(self, scene):
        scene.fill()
        client = scene.client
        seen = {**SIGNED, "seen": SchoolAnswer.objects.get().revision}
        client.post(f"{scene.path}provera/", seen)

        answer = client.post(f"{scene.path}provera/", seen, follow=True)

        said = [str(one) for one in answer.context["messages"]]
        assert said[-1] == serbian("The answer was sent already; here it is.")

    def test_a_warning_is_confirmed_on_the_way(self, scene):
        scene.fill(numbers=("9", "5", "3"))
        path = f"{scene.path}provera/"

        refused = scene.client.post(path, SIGNED)
        (doubt,) = overview_of(refused).form.unconfirmed()
        sent = scene.client.post(path, {**SIGNED, "confirm": doubt.key})

        assert (refused.status_code, sent.status_code) == (422, 302)
        assert f'name="confirm" value="{doubt.key}"' in refused.content.decode()

    def test_numbers_that_change_after_they_were_confirmed_are_asked_about_again(self, scene):
        scene.fill(numbers=("9", "5", "3"))
        path = f"{scene.path}provera/"
        (doubt,) = overview_of(scene.client.get(path)).form.unconfirmed()
        scene.client.post(path, {**SIGNED, "confirm": doubt.key})
        scene.keep(scene.staff, scene.numbers("9", "4", "3"))

        page = scene.client.get(path)
        again = scene.client.post(
            path, {**SIGNED, "seen": SchoolAnswer.objects.get().revision, "confirm": doubt.key}
        )

        assert " checked>" not in page.content.decode()
        assert (again.status_code, len(overview_of(again).form.unconfirmed())) == (422, 1)

    def test_the_section_with_the_wrong_sum_is_marked(self, scene):
        scene.fill(numbers=("9", "5", "3"))
        page = scene.client.get(scene.path)

        doubts = [len(one.doubts) for one in overview_of(page).sections]
        assert doubts == [1, 0]

    def test_without_a_signature_nothing_is_sent(self, scene):
        scene.fill()

        answer = scene.client.post(f"{scene.path}provera/", {"name": "", "post": "педагог"})

        assert answer.status_code == 422
        assert 'value="педагог"' in answer.content.decode()
        assert RoundResponse.objects.count() == 0

    def test_a_change_after_sending_is_said(self, scene):
        scene.fill()
        scene.send()
        scene.keep(scene.words, scene.said("Ипак другачије."))

        page = scene.client.get(scene.path).content.decode()

        assert "Центар има ранији одговор док га поново не пошаљете" in page

    def test_the_receipt_holds_the_whole_answer(self, scene):
        scene.fill()
        scene.send()

        paper = scene.client.get(f"{scene.path}potvrda.pdf")

        text = " ".join(page.get_text() for page in pymupdf.open(stream=paper.content))
        assert paper.headers["Content-Type"] == "application/pdf"
        for words in (scene.invitation.school.name, "Шта желите?", "Желимо.", "Учитељи", "педагог"):
            assert words in " ".join(text.split())


class TestOtherPages:
    def test_my_page_and_the_page_of_the_school_lead_to_it(self, scene):
        pages = [reverse("portal:my_page"), f"/moja-skola/{scene.invitation.school_id}/"]
        before = [scene.path in scene.client.get(page).content.decode() for page in pages]
        scene.fill()
        scene.send()
        after = [scene.path in scene.client.get(page).content.decode() for page in pages]

        assert (before, after) == ([True, True], [False, False])

    def test_the_list_shows_own_schools_only(self, scene):
        InvitationFactory()

        page = scene.client.get("/anketa/")

        assert page.context["invitations"] == [scene.invitation]


class TestStatements:
    def grow(self, scene):
        """Three times as many sections and questions."""
        questionnaire = scene.invitation.round.questionnaire
        for _ in range(4):
            section = SectionFactory(questionnaire=questionnaire)
            question = QuestionFactory(questionnaire=questionnaire, section=section)
            scene.keep(section, {f"q{question.pk}": "3"})

    @pytest.mark.parametrize(
        ("place", "number"), [("", 9), ("provera/", 10), ("kolege/", 8), ("odgovor/", 12)]
    )
    def test_the_number_does_not_grow(self, scene, place, number, django_assert_num_queries):
        scene.fill()
        scene.send()
        client = scene.client
        with django_assert_num_queries(number):
            client.get(scene.path + place)
        self.grow(scene)

        with django_assert_num_queries(number):
            client.get(scene.path + place)

    def test_nor_does_that_of_a_section(self, scene, django_assert_num_queries):
        client = scene.client
        path = scene.section_path(scene.words)
        with django_assert_num_queries(12):
            client.get(path)
        self.grow(scene)

        with django_assert_num_queries(12):
            client.get(path)

    def test_nor_that_of_the_list(self, scene, django_assert_num_queries):
        client = scene.client
        with django_assert_num_queries(3):
            client.get("/anketa/")
        for _ in range(2):
            InvitationFactory(school=scene.invitation.school)

        with django_assert_num_queries(3):
            client.get("/anketa/")
