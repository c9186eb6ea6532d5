"""Co-authors: invited by letter, accepting or not, removed, leading."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from accreditation.models import Author, Rules
from accreditation.operations import authors, invitations
from centar.access import Refusal
from centar.outbox import operations as outbox
from centar.outbox import secret_links
from centar.outbox.models import Letter
from tests.accreditation import writing_scene
from tests.factories.accreditation import AuthorFactory, ProposalFactory
from tests.factories.people import PersonFactory, UserFactory
from tests.office import desk_of, serbian

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return writing_scene.furnish()


def invite(scene, email="nova@example.org", by=None):
    return invitations.invite(
        proposal_id=scene.draft.pk, name="Нова Ауторка", email=email, by=by or scene.leader
    )


def delivered():
    """The letters that came now."""
    mail.outbox.clear()
    outbox.deliver_due()
    return list(mail.outbox)


def link():
    """The path of the link in the only letter that has just come."""
    (letter,) = delivered()
    return re.search(r"https?://[^/\s]+(/\S*predlozi/poziv/\S+)", letter.body)[1]


def token():
    """The token of the only letter that has just come."""
    return link().rstrip("/").rsplit("/", 1)[1]


class TestInviting:
    def test_a_letter_brings_a_link_of_which_only_the_digest_is_kept(self, scene):
        author = invite(scene)
        found = token()

        author.refresh_from_db()
        assert author.digest == secret_links.digest_of(found)
        letter = Letter.objects.get(kind="accreditation.invited")
        assert (letter.context, letter.text) == ({}, "")

    @pytest.mark.parametrize("spelled", ["nova@example.org", "NOVA@example.org"])
    def test_nobody_is_invited_twice(self, scene, spelled):
        invite(scene)

        with pytest.raises(Refusal, match="among the authors already") as no:
            invite(scene, spelled)

        assert no.value.field == "email"
        assert Author.objects.filter(email__iexact=spelled).count() == 1

    def test_nobody_invites_an_author_or_oneself(self, scene):
        for person in (scene.lead, scene.second):
            with pytest.raises(Refusal, match="among the authors already"):
                invite(scene, person.email)

    def test_an_address_that_was_taken_back_can_be_invited_again(self, scene):
        invitations.take_back(author_id=invite(scene).pk, by=scene.leader)

        assert invite(scene).removed_at is None

    def test_only_whoever_leads_invites(self, scene):
        refused = {}
        for name, user in (("co-author", scene.colleague), ("stranger", PersonFactory().user)):
            with pytest.raises(Refusal) as no:
                invite(scene, by=user)
            refused[name] = str(no.value)

        assert refused == {
            "co-author": "Only the author who leads may do this.",
            "stranger": "You are not an author of this proposal.",
        }

    def test_not_more_than_the_rules_say(self, scene):
        Rules.objects.create(most_authors=2)

        with pytest.raises(Refusal, match="at most 2 authors"):
            invite(scene)

    def test_after_the_last_day_the_authors_stay(self, scene):
        author = invite(scene)
        waits = scene.desk.get(f"{scene.path}autori/").content.decode()
        with time_machine.travel(timezone.now() + timedelta(days=11)):
            late = scene.desk.get(f"{scene.path}autori/").content.decode()
            assert [serbian("no answer") in page for page in (waits, late)] == [False, True]
            assert ["tag-wait" in page for page in (waits, late)] == [True, False]
            for deed in (
                lambda: invite(scene, "druga@example.org"),
                lambda: invitations.renew(author_id=author.pk, by=scene.leader),
                lambda: authors.remove(author_id=scene.author(scene.second).pk, by=scene.leader),
                lambda: authors.leave(author_id=scene.author(scene.second).pk, by=scene.colleague),
            ):
                with pytest.raises(Refusal, match="ended on"):
                    deed()

    def test_in_a_revision_after_the_last_day_the_text_is_open_and_the_authors_are_not(self, scene):
        type(scene.draft).objects.update(state="revision", submitted_at=timezone.now())
        with time_machine.travel(timezone.now() + timedelta(days=11)):
            assert scene.write("Измењено.").saved_by == scene.lead
            with pytest.raises(Refusal, match="the authors stay as they are"):
                invite(scene)


class TestAnswering:
    def test_whoever_has_the_link_accepts_with_an_account_of_another_address(self, scene):
        invite(scene)
        person = PersonFactory(user__email="sasvim.druga@example.org")

        author = invitations.accept(token=token(), by=person.user)

        assert (author.person, author.name, author.email) == (person, str(person), person.email)
        assert (author.digest, author.school) == ("", person.school)
        assert [letter.to for letter in delivered()] == [[scene.lead.email]]

    def test_a_used_link_opens_nothing(self, scene):
        invite(scene)
        found = token()
        invitations.accept(token=found, by=PersonFactory().user)

        with pytest.raises(Refusal, match="no longer valid"):
            invitations.accept(token=found, by=PersonFactory().user)
        assert Client().get(f"/predlozi/poziv/{found}/").status_code == 404

    def test_an_author_does_not_accept_for_a_second_time(self, scene):
        invite(scene)

        with pytest.raises(Refusal, match="already"):
            invitations.accept(token=token(), by=scene.colleague)

    def test_an_account_without_a_profile_is_sent_to_it(self, scene):
        invite(scene)

        with pytest.raises(Refusal, match="profile first"):
            invitations.accept(token=token(), by=UserFactory())

    def test_a_new_letter_ends_the_link_before(self, scene):
        author = invite(scene)
        first = token()
        invitations.renew(author_id=author.pk, by=scene.leader)
        second = token()

        assert [Client().get(f"/predlozi/poziv/{one}/").status_code for one in (first, second)] == [
            404,
            200,
        ]

    def test_declining_needs_no_account_and_is_told_to_the_lead(self, scene):
        invite(scene)
        path = link()

        answer = Client().post(path, {"answer": "decline"})

        assert answer.status_code == 200
        assert Author.objects.get(email="nova@example.org").removed_at is not None
        assert [letter.to for letter in delivered()] == [[scene.lead.email]]
        assert Client().get(path).status_code == 404

    def test_the_page_changes_nothing_until_a_button_is_pressed(self, scene):
        invite(scene)
        path = link()
        pages = [client.get(path) for client in (Client(), desk_of(PersonFactory().user))]

        assert [page.status_code for page in pages] == [200, 200]
        assert Author.objects.get(email="nova@example.org").accepted_at is None

    def test_accepting_without_an_account_is_refused_with_a_sentence(self, scene):
        invite(scene)

        answer = Client().post(link(), {"answer": "accept"})

        assert answer.status_code == 409
        assert Author.objects.get(email="nova@example.org").accepted_at is None

    def test_accepting_on_the_page_leads_to_the_proposal(self, scene):
        invite(scene)
        person = PersonFactory()

        answer = desk_of(person.user).post(link(), {"answer": "accept"})

        assert answer.headers["Location"] == scene.path
        assert desk_of(person.user).get(scene.path).status_code == 200

    def test_after_the_last_day_it_is_too_late_to_join(self, scene):
        invite(scene)
        path = link()
        with time_machine.travel(timezone.now() + timedelta(days=11)):
            answer = desk_of(PersonFactory().user).post(path, {"answer": "accept"})

        assert answer.status_code == 409

    def test_a_letter_that_was_taken_back_meanwhile_is_not_sent(self, scene):
        author = invite(scene)
        invitations.take_back(author_id=author.pk, by=scene.leader)

        assert delivered() == []


class TestChanging:
    def test_the_lead_is_given_to_one_who_has_accepted(self, scene):
        authors.hand_over(author_id=scene.author(scene.second).pk, by=scene.leader)

        assert [scene.author(one).leads for one in (scene.lead, scene.second)] == [False, True]
        assert [letter.to for letter in delivered()] == [[scene.second.email]]

    def test_not_to_one_who_was_only_invited(self, scene):
        author = invite(scene)

        with pytest.raises(Refusal, match="who has accepted"):
            authors.hand_over(author_id=author.pk, by=scene.leader)

    def test_whoever_leads_is_neither_removed_nor_leaves(self, scene):
        own = scene.author(scene.lead).pk
        for deed in (authors.remove, authors.leave):
            with pytest.raises(Refusal, match="Give the lead to another"):
                deed(author_id=own, by=scene.leader)

    def test_a_co_author_who_left_does_not_write_and_what_was_written_stays(self, scene):
        draft = scene.write("Колегине речи.", by=scene.colleague)
        authors.leave(author_id=scene.author(scene.second).pk, by=scene.colleague)

        with pytest.raises(Refusal):
            scene.write("Још.", by=scene.colleague)
        draft.refresh_from_db()
        assert draft.values == {f"q{scene.aims.pk}": ["Колегине речи."]}

    def test_every_author_writes_the_own_biography(self, scene):
        page = f"{scene.path}biografija/"
        answers = [
            desk_of(one.user).post(page, {"biography": f"Ја, {one}.", "seen": "1", "page": "a"})
            for one in (scene.lead, scene.second)
        ]

        assert [one.status_code for one in answers] == [302, 302]
        assert [scene.author(one).biography for one in (scene.lead, scene.second)] == [
            f"Ја, {scene.lead}.",
            f"Ја, {scene.second}.",
        ]

    def test_a_biography_written_elsewhere_meanwhile_is_shown_and_not_overwritten(self, scene):
        page = f"{scene.path}biografija/"
        scene.desk.post(page, {"biography": "Са телефона.", "seen": "1", "page": "tel"})

        answer = scene.desk.post(page, {"biography": "Са стола.", "seen": "1", "page": "sto"})

        content = answer.content.decode()
        assert answer.status_code == 409
        assert ("Са телефона." in content, "Са стола." in content) == (True, True)
        assert scene.author(scene.lead).biography == "Са телефона."


class TestPage:
    def page(self, scene):
        return f"{scene.path}autori/"

    def test_inviting_twice_says_so_beside_the_field_and_keeps_what_was_typed(self, scene):
        typed = {"name": "Нова Ауторка", "email": "nova@example.org"}
        answers = [scene.desk.post(self.page(scene), typed) for _twice in range(2)]

        assert [one.status_code for one in answers] == [302, 422]
        assert list(answers[1].context["form"].errors) == ["email"]
        assert "nova@example.org" in answers[1].content.decode()

    @pytest.mark.parametrize("action", ["novo-pismo", "povlacenje", "uklanjanje", "vodjenje"])
    def test_only_whoever_leads_presses_its_buttons(self, scene, action):
        author = invite(scene) if action in ("novo-pismo", "povlacenje") else None
        key = (author or scene.author(scene.second)).pk
        path = f"/predlozi/autor/{key}/{action}/"
        others = (
            PersonFactory().user,
            scene.colleague,
            ProposalFactory().authors.get().person.user,
        )

        assert [desk_of(one).post(path).status_code for one in others] == [404] * 3
        assert scene.desk.post(path).headers["Location"] == self.page(scene)

    def test_a_co_author_leaves_by_a_button(self, scene):
        answer = desk_of(scene.colleague).post(f"{scene.path}izlazak/")

        assert answer.headers["Location"] == "/predlozi/"
        assert desk_of(scene.colleague).get(scene.path).status_code == 404

    def test_queries_do_not_grow_with_the_authors(self, scene, django_assert_num_queries):
        desk = scene.desk
        with django_assert_num_queries(6):
            desk.get(self.page(scene))
        for _more in range(2):
            AuthorFactory(proposal=scene.draft)
        with django_assert_num_queries(6):
            desk.get(self.page(scene))
