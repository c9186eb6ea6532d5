"""Proposals: begun with a title, their facts, what is missing, who may what, their pages."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from accreditation import overview
from accreditation.jobs import proposals as jobs
from accreditation.models import Author, Proposal, RevisionPoint, RevisionRequest
from accreditation.operations import proposals
from accreditation.permissions import proposals as permissions
from centar.access import Refusal
from centar.outbox import operations as outbox
from centar.questionnaires.drafts import ChangedMeanwhile, Seen
from tests.accreditation import writing_scene
from tests.factories.accreditation import (
    STAFF_MAY,
    AskedDocumentFactory,
    AuthorFactory,
    CallFactory,
    ProposalFactory,
    question,
    write,
)
from tests.factories.people import PersonFactory, StaffFactory, UserFactory
from tests.office import desk_of

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
State = Proposal.State


@pytest.fixture
def scene():
    return writing_scene.furnish()


def sentences(standing):
    return [one.sentence for one in standing.missing]


def delivered():
    mail.outbox.clear()
    outbox.deliver_due()
    return sorted(letter.to[0] for letter in mail.outbox)


def midnight_after(call):
    """The first moment of the day after the call."""
    day = call.closes_on + DAY
    return timezone.make_aware(timezone.datetime(day.year, day.month, day.day))


class TestBeginning:
    def test_a_draft_needs_nothing_but_a_title(self):
        person, call = PersonFactory(), CallFactory()

        answer = desk_of(person.user).post(f"/pozivi/{call.pk}/predlog/", {"title": "Огледи"})

        proposal = Proposal.objects.get()
        author = proposal.authors.get()
        assert answer.headers["Location"] == f"/predlozi/{proposal.pk}/"
        assert (proposal.state, author.person, author.leads) == ("draft", person, True)
        assert author.accepted_at is not None

    def test_without_a_title_it_is_not_begun(self):
        call = CallFactory()

        answer = desk_of(PersonFactory().user).post(f"/pozivi/{call.pk}/predlog/", {"title": " "})

        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["title"])

    @pytest.mark.parametrize("days", [-1, 11])
    def test_outside_the_days_of_the_call_it_is_refused(self, days):
        call = CallFactory(opens_on=timezone.localdate())
        user = PersonFactory().user
        with time_machine.travel(timezone.now() + DAY * days), pytest.raises(Refusal):
            proposals.begin(call_id=call.pk, title="Огледи", by=user)

    def test_who_has_no_profile_is_sent_to_it_and_who_is_not_signed_in_to_sign_in(self):
        path = f"/pozivi/{CallFactory().pk}/predlog/"

        answers = [
            client.post(path, {"title": "а"}) for client in (Client(), desk_of(UserFactory()))
        ]

        assert [one.headers["Location"].split("?")[0] for one in answers] == [
            "/nalog/login/",
            "/profil/",
        ]


class TestFacts:
    def keep(self, scene, title="Нов наслов", seen=1, page="a", by=None):
        facts = proposals.Facts(title=title, area=scene.draft.area, hours=16, wished_on=None)
        return proposals.keep_facts(
            proposal_id=scene.draft.pk, facts=facts, seen=Seen(seen, page), by=by or scene.leader
        )

    def test_they_are_kept_with_who_wrote_them(self, scene):
        self.keep(scene)

        kept = scene.proposal
        assert (kept.title, kept.hours, kept.saved_by) == ("Нов наслов", 16, scene.lead)

    def test_another_authors_facts_are_not_overwritten(self, scene):
        self.keep(scene, "Колегин наслов", page="b", by=scene.colleague)

        with pytest.raises(ChangedMeanwhile):
            self.keep(scene, "Мој наслов")
        assert scene.proposal.title == "Колегин наслов"

    def test_the_page_shows_both_and_saving_again_decides(self, scene):
        self.keep(scene, "Колегин наслов", page="b", by=scene.colleague)
        page = f"{scene.path}podaci/"
        typed = {"title": "Мој наслов", "hours": "16", "area": scene.draft.area_id}

        first = scene.desk.post(page, {**typed, "seen": "1", "page": "a"})
        seen = first.context["seen"]
        second = scene.desk.post(page, {**typed, "seen": seen.revision, "page": seen.page})

        content = first.content.decode()
        assert (first.status_code, second.status_code) == (409, 302)
        assert ("Колегин наслов" in content, "Мој наслов" in content) == (True, True)
        assert scene.proposal.title == "Мој наслов"

    @pytest.mark.parametrize("typed", ["осам", "0", "-3", "99999999999"])
    def test_wrong_hours_get_a_sentence_beside_the_field_and_stay(self, scene, typed):
        page = {"title": "Огледи", "hours": typed, "seen": "1", "page": "a"}

        answer = scene.desk.post(f"{scene.path}podaci/", page)

        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["hours"])
        assert f'value="{typed}"' in answer.content.decode()

    def test_while_it_is_typed_a_wrong_field_says_not_saved(self, scene):
        answer = scene.desk.post(
            f"{scene.path}podaci/",
            {"title": "", "seen": "1", "page": "a"},
            headers={"HX-Request": "true", "HX-Target": "kept"},
        )

        assert answer.status_code == 200
        assert answer.context["refused"] != ""
        assert scene.proposal.title == "Огледи из физике"

    def test_only_a_meeting_has_a_wished_day(self, scene):
        meeting = writing_scene.furnish("meeting")
        pages = [one.desk.get(f"{one.path}podaci/") for one in (scene, meeting)]

        assert ["wished_on" in page.context["form"].fields for page in pages] == [False, True]
        assert "Скуп се пријављује Заводу најмање 60 дана" in pages[1].content.decode()

    def test_of_a_meeting_the_other_day_is_shown_too(self):
        scene = writing_scene.furnish("meeting")
        Proposal.objects.update(wished_on=date(2027, 5, 30), revision=2)
        typed = {"title": "Скуп", "wished_on": "1.6.2027.", "seen": "1", "page": "a"}

        answer = scene.desk.post(f"{scene.path}podaci/", typed)

        assert answer.status_code == 409
        assert "30. маја 2027." in answer.content.decode()


class TestMissing:
    def test_everything_is_named_with_the_page_where_it_is_mended(self, scene):
        AskedDocumentFactory(call=scene.call, title="План", required=True)
        AuthorFactory(proposal=scene.draft, invited=True, name="Позвана Ана")
        Author.objects.filter(person=scene.second).update(biography=" ")
        Proposal.objects.update(area=None, hours=None)

        missing = {one.sentence: one.address.split("?")[0] for one in scene.standing.missing}

        title = scene.aims.section.title
        assert missing == {
            "The area is not chosen.": f"{scene.path}podaci/",
            "The duration in hours is not written.": f"{scene.path}podaci/",
            f"{title}, “Који су циљеви?”: This field is required.": (
                f"{scene.path}deo/{scene.aims.section_id}/"
            ),
            "The schedule is empty.": f"{scene.path}satnica/",
            "Not attached yet: План.": f"{scene.path}prilozi/",
            f"The biography of {scene.second} is missing.": f"{scene.path}biografija/",
        }

    def test_when_all_is_there_nothing_is(self, scene):
        scene.finish()

        assert sentences(scene.standing) == []

    def test_hours_that_do_not_add_up_stand_in_the_way(self, scene):
        scene.finish()
        Proposal.objects.update(hours=16)

        assert sentences(scene.standing) == [
            "The rows make 8 hours together, but the proposal lasts 16."
        ]

    def test_a_largest_group_below_the_smallest_stands_in_the_way(self, scene):
        scene.finish()
        smallest, largest = (
            question(scene.call, code, "number") for code in ("group_smallest", "group_largest")
        )
        write(scene.draft, (smallest, 30), (largest, 20))
        (wrong,) = scene.standing.missing
        write(scene.draft, (largest, 30))

        assert wrong.sentence == "The largest group is smaller than the smallest."
        assert wrong.address == f"{scene.path}deo/{largest.section_id}/#part_q{largest.pk}"
        assert sentences(scene.standing) == []

    def test_a_meeting_too_near_says_when_it_can_be(self):
        scene = writing_scene.furnish("meeting", with_schedule=False)
        scene.write()
        Proposal.objects.update(wished_on=None)
        without = sentences(scene.standing)
        Proposal.objects.update(wished_on=timezone.localdate() + 59 * DAY)
        near = sentences(scene.standing)
        Proposal.objects.update(wished_on=timezone.localdate() + 60 * DAY)

        assert without == ["The wished day of the meeting is not written."]
        assert [one.split(" had to be filed")[0][:12] for one in near] == ["A meeting on"]
        assert sentences(scene.standing) == []

    def test_points_without_an_answer_stand_in_the_way_of_a_revision(self, scene):
        scene.finish()
        scene.sign()
        request = RevisionRequest.objects.create(
            version=scene.submit(), due_on=timezone.localdate()
        )
        point = RevisionPoint.objects.create(request=request, text="Додајте литературу.")
        Proposal.objects.update(state=State.REVISION)

        before = sentences(scene.standing)
        RevisionPoint.objects.filter(pk=point.pk).update(answer="Додата.")

        assert before == ["Not answered yet: Додајте литературу."]
        assert sentences(scene.standing) == []


class TestPermissions:
    """The truth table: whose deed it is in each state."""

    @pytest.mark.parametrize("state", State.values)
    def test_who_may_what(self, scene, state):
        withdrawn_at = timezone.now() if state == State.WITHDRAWN else None
        Proposal.objects.update(state=state, submitted_at=timezone.now(), withdrawn_at=withdrawn_at)
        proposal, today = scene.proposal, timezone.localdate()
        people = {
            "lead": scene.leader,
            "co-author": scene.colleague,
            "invited": UserFactory(email=AuthorFactory(proposal=proposal, invited=True).email),
            "stranger": PersonFactory().user,
            "staff": StaffFactory(permissions=STAFF_MAY),
            "other staff": StaffFactory(),
        }
        deeds = {
            "write": lambda by: permissions.may_write(proposal, by, today),
            "sign": lambda by: permissions.may_sign(proposal, by, today),
            "change authors": lambda by: permissions.may_change_authors(proposal, by, today),
            "submit": lambda by: permissions.may_submit(proposal, by, today),
            "withdraw": lambda by: permissions.may_withdraw(proposal, by),
            "read what was submitted": lambda by: permissions.may_read_submitted(proposal, by),
        }

        allowed = {
            deed: [name for name, user in people.items() if ask(user)]
            for deed, ask in deeds.items()
        }

        is_open = state in (State.DRAFT, State.REVISION)
        assert allowed == {
            "write": ["lead", "co-author"] if is_open else [],
            "sign": ["lead", "co-author"] if is_open else [],
            "change authors": ["lead"] if is_open else [],
            "submit": ["lead"] if is_open else [],
            "withdraw": ["lead", "staff"]
            if state in (State.DRAFT, State.SUBMITTED, State.REVISION)
            else [],
            "read what was submitted": ["lead", "co-author", "staff"],
        }


class TestPages:
    PAGES = (
        "",
        "podaci/",
        "satnica/",
        "biografija/",
        "prilozi/",
        "autori/",
        "provera/",
        "povlacenje/",
        "verzije/1/",
    )

    def answers(self, scene, client):
        return {page: client.get(scene.path + page).status_code for page in self.PAGES}

    def test_authors_enter_others_find_nothing(self, scene):
        scene.finish()
        scene.sign()
        scene.submit()
        everything, nothing = dict.fromkeys(self.PAGES, 200), dict.fromkeys(self.PAGES, 404)

        assert self.answers(scene, scene.desk) == everything
        assert self.answers(scene, desk_of(scene.colleague)) == everything
        assert self.answers(scene, desk_of(PersonFactory().user)) == nothing
        assert self.answers(scene, desk_of(StaffFactory())) == nothing
        assert self.answers(scene, Client()) == dict.fromkeys(self.PAGES, 302)
        reader = desk_of(StaffFactory(permissions=STAFF_MAY))
        assert self.answers(scene, reader) == {**nothing, "verzije/1/": 200}

    def test_every_part_is_reached_from_the_proposal(self, scene):
        content = scene.desk.get(scene.path).content.decode()
        section = f"deo/{scene.aims.section_id}/"
        pages = (*self.PAGES[1:-1], section)

        assert [f'href="{scene.path}{page}"' in content for page in pages] == [True] * len(pages)

    @pytest.mark.parametrize("deed", ["potpis/", "molba-za-potpis/", "slanje/", "izlazak/"])
    def test_deeds_on_anothers_proposal_are_not_there(self, scene, deed):
        assert desk_of(PersonFactory().user).post(scene.path + deed).status_code == 404

    def test_the_check_signs_and_submits(self, scene):
        scene.finish()
        seen = {"seen": scene.standing.fingerprint}

        signed = desk_of(scene.colleague).post(f"{scene.path}potpis/", seen)
        submitted = scene.desk.post(f"{scene.path}slanje/", seen)

        assert signed.headers["Location"] == f"{scene.path}provera/"
        assert submitted.headers["Location"] == f"{scene.path}verzije/1/"

    def test_a_refusal_is_said_on_the_check(self, scene):
        answer = scene.desk.post(f"{scene.path}slanje/", {"seen": "нешто"})

        assert (answer.status_code, answer.context["refused"] != "") == (409, True)

    def test_html_in_titles_and_biographies_is_shown_as_it_was_typed(self, scene):
        Proposal.objects.update(title="<img src=x onerror=alert(1)>")
        Author.objects.update(biography="<script>alert(1)</script>")
        scene.plan([{**writing_scene.ROWS[0], "topic": "<b>x</b><script>y</script>"}])
        pages = ["/predlozi/", scene.path, *(scene.path + one for one in self.PAGES[:-1])]

        contents = [scene.desk.get(page).content.decode() for page in pages]

        for words in ("<img src=x", "<script>alert", "<script>y"):
            assert [words in content for content in contents] == [False] * len(contents)

    def test_queries_of_the_list_do_not_grow(self, scene, django_assert_num_queries):
        scene.finish()
        desk = scene.desk
        with django_assert_num_queries(15):
            desk.get("/predlozi/")
        for _more in range(2):
            other = writing_scene.furnish()
            AuthorFactory(proposal=other.draft, person=scene.lead)
            other.finish()
        with django_assert_num_queries(15):
            desk.get("/predlozi/")


class TestOverview:
    def waits(self, scene, person):
        (entry,) = overview.of_author(person.user)
        return [one.sentence for one in entry.waits]

    def test_what_waits_for_whom(self, scene):
        Author.objects.filter(person=scene.second).update(biography="")
        begun = [self.waits(scene, one) for one in (scene.lead, scene.second)]
        Author.objects.filter(person=scene.second).update(biography="Ради.")
        scene.finish()
        written = [self.waits(scene, one) for one in (scene.lead, scene.second)]
        scene.sign()
        signed = [self.waits(scene, one) for one in (scene.lead, scene.second)]

        assert begun == [[], ["Write your biography."]]
        assert written == [[], ["Read the proposal and sign it off."]]
        assert signed == [["Everything is there: submit it."], []]

    def test_after_the_last_day_nothing_waits(self, scene):
        scene.finish()
        with time_machine.travel(midnight_after(scene.call)):
            assert self.waits(scene, scene.second) == []

    def test_an_invitation_to_my_address_stands_there(self, scene):
        person = PersonFactory()
        invited = AuthorFactory(proposal=scene.draft, invited=True, email=person.email)

        page = desk_of(person.user).get("/predlozi/")

        assert page.context["invitations"] == [invited]


class TestReminder:
    def test_authors_of_drafts_are_reminded_once_before_the_end(self, scene):
        ProposalFactory(call=scene.call, submitted=True)
        early = jobs.remind_of_drafts()
        with time_machine.travel(midnight_after(scene.call) - 3 * DAY):
            numbers = [jobs.remind_of_drafts() for _twice in range(2)]
            letters = delivered()

        assert (early, numbers) == (0, [1, 1])
        assert letters == sorted([scene.lead.email, scene.second.email])


def test_every_part_says_how_far_it_is(scene):
    tag = re.compile(r'<div class="entry-side"><span class="tag[^"]*">([^<]+)')
    before = tag.findall(scene.desk.get(scene.path).content.decode())
    Author.objects.filter(person=scene.lead).update(biography="")
    Proposal.objects.update(area=None)
    scene.finish()
    after = tag.findall(scene.desk.get(scene.path).content.decode())

    # Facts, the section, the schedule, the biography, files.
    assert before == ["написано", "празно", "празно", "написано", "празно, није обавезно"]
    assert after == ["започето", "написано", "написано", "празно", "празно, није обавезно"]
