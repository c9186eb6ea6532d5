"""Colleagues who help by a private link."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from centar.access import Refusal
from centar.outbox import operations as outbox
from centar.outbox import secret_links
from centar.outbox.models import Letter
from needs_survey.models import Contributor, SectionDraft
from needs_survey.operations import contributors
from tests.factories.needs_survey import SectionFactory
from tests.factories.people import CoordinationFactory
from tests.needs_survey import scenes
from tests.office import desk_of, onlooker

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def scene():
    return scenes.furnish()


def share(scene, *sections, email="ana@example.org"):
    return contributors.share(
        invitation_id=scene.invitation.pk,
        name="Ана Љубић",
        email=email,
        sections=sections or [scene.words],
        by=scene.user,
    )


def delivered():
    """The path of the link in the letter that has just come."""
    mail.outbox.clear()
    outbox.deliver_due()
    (letter,) = mail.outbox
    words = next(word for word in letter.body.split() if "/anketa/odeljak/" in word)
    return "/" + words.split("/", 3)[3]


class TestTheLink:
    def test_it_opens_the_shared_sections_without_an_account(self, scene):
        share(scene)
        path = delivered()

        page = Client().get(path)

        assert [one.section for one in page.context["standings"]] == [scene.words]

    def test_what_a_colleague_fills_in_bears_the_name(self, scene):
        share(scene)
        path = f"{delivered()}{scene.words.pk}/"

        answer = Client().post(path, scene.said("Од куће."))

        assert answer.status_code == 302
        assert SectionDraft.objects.get().saved_by == "Ана Љубић"

    def test_other_sections_are_not_there(self, scene):
        share(scene)
        path = delivered()

        for section in (scene.staff, SectionFactory()):
            assert Client().post(f"{path}{section.pk}/", scene.numbers("8")).status_code == 404
        assert SectionDraft.objects.count() == 0

    def test_nothing_but_its_digest_is_kept(self, scene):
        contributor = share(scene)
        token = delivered().split("/")[3]

        assert contributor.digest == secret_links.digest_of(token)
        letter = Letter.objects.get()
        assert token not in f"{letter.text} {letter.context} {contributor.digest}"
        page = desk_of(onlooker()).get(f"/admin/outbox/letter/{letter.pk}/change/")
        assert token not in page.content.decode()

    def test_an_invented_one_opens_nothing(self):
        assert Client().get("/anketa/odeljak/nema/").status_code == 404
        assert Client().get("/anketa/odeljak/nema/1/").status_code == 404

    def test_once_it_is_ended_it_opens_nothing(self, scene):
        contributor = share(scene)
        path = delivered()
        Client().post(f"{path}{scene.words.pk}/", scene.said("Од куће."))

        scene.client.post(f"/anketa/kolege/{contributor.pk}/kraj/")

        assert Client().get(path).status_code == 404
        assert Client().post(f"{path}{scene.words.pk}/", scene.said("Још")).status_code == 404
        assert SectionDraft.objects.get().values == {f"q{scene.text.pk}": ["Од куће."]}

    def test_a_second_link_ends_the_first(self, scene):
        share(scene)
        first = delivered()
        share(scene, scene.staff, email="ANA@example.org")
        second = delivered()

        assert [Client().get(path).status_code for path in (first, second)] == [404, 200]
        assert Contributor.objects.filter(ended_at=None).count() == 1

    def test_a_link_that_was_ended_before_the_letter_went_is_not_sent(self, scene):
        contributor = share(scene)
        contributors.end(contributor_id=contributor.pk, by=scene.user)

        outbox.deliver_due()

        assert (mail.outbox, Letter.objects.get().context) == ([], {})

    def test_after_the_last_day_it_says_so_and_shows_what_was_typed(self, scene):
        share(scene)
        path = f"{delivered()}{scene.words.pk}/"

        with time_machine.travel(timezone.now() + 11 * DAY):
            answer = Client().post(path, scene.said("Касно писано"))

        assert answer.status_code == 409
        assert "Касно писано" in answer.content.decode()


class TestSharing:
    def test_the_coordinator_shares_on_the_page(self, scene):
        typed = {"name": "Ана", "email": "ana@example.org", "sections": [scene.words.pk]}

        answer = scene.client.post(f"{scene.path}kolege/", typed, follow=True)

        (message,) = answer.context["messages"]
        assert str(message) == "Писмо са личном везом је на путу: Ана."
        assert [one.name for one in answer.context["contributors"]] == ["Ана"]

    def test_what_is_wrong_stands_beside_its_field_and_stays(self, scene):
        typed = {"name": "Ана", "email": "ana", "sections": [SectionFactory().pk]}

        answer = scene.client.post(f"{scene.path}kolege/", typed)

        assert answer.status_code == 422
        assert set(answer.context["form"].errors) == {"email", "sections"}
        assert 'value="ana"' in answer.content.decode()

    def test_others_may_neither_share_nor_end(self, scene):
        contributor = share(scene)
        stranger = CoordinationFactory().person.user

        with pytest.raises(Refusal, match="do not coordinate"):
            contributors.share(
                invitation_id=scene.invitation.pk,
                name="Ана",
                email="a@example.org",
                sections=[scene.words],
                by=stranger,
            )
        with pytest.raises(Refusal, match="do not coordinate"):
            contributors.end(contributor_id=contributor.pk, by=stranger)
        path = f"/anketa/kolege/{contributor.pk}/kraj/"
        answers = [desk_of(stranger).post(path), Client().post(path)]
        assert [one.status_code for one in answers] == [404, 302]
        assert Contributor.objects.get().ended_at is None
