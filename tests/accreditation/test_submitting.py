"""Signing off, submitting once and in time, and withdrawing."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import DatabaseError, transaction
from django.utils import timezone

from accreditation import states
from accreditation.models import Author, Proposal, RevisionRequest, Version
from accreditation.operations import authors, invitations, submitting
from accreditation.permissions import proposals as permissions
from accreditation.versions import Content
from centar.access import Refusal
from centar.audit.models import Entry
from centar.outbox import operations as outbox
from centar.outbox.models import Letter
from tests.accreditation import writing_scene
from tests.factories.accreditation import (
    STAFF_MAY,
    AttachmentFactory,
)
from tests.factories.people import PersonFactory, StaffFactory
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


class TestSigning:
    def test_a_signature_holds_until_something_is_changed_and_then_says_who(self, scene):
        scene.finish()
        scene.sign()
        held = [one.author.person for one in scene.standing.unsigned]
        scene.write("Измењено.", seen=1)

        (broken,) = scene.standing.unsigned
        assert held == []
        assert (broken.author.person, broken.is_broken) == (scene.second, True)
        assert broken.changed.by == str(scene.lead)

    def test_what_was_changed_back_is_signed_again_by_itself(self, scene):
        scene.finish()
        scene.sign()
        scene.write("Измењено.", seen=1)
        scene.write("Огледом.", seen=2)

        assert scene.standing.unsigned == []

    @pytest.mark.parametrize("what", ["file", "biography", "hours"])
    def test_files_biographies_and_facts_count_too(self, scene, what):
        scene.finish()
        scene.sign()
        match what:
            case "file":
                AttachmentFactory(proposal=scene.draft, added_by=scene.lead)
            case "biography":
                Author.objects.filter(person=scene.lead).update(biography="Друга.")
            case _:
                Proposal.objects.update(title="Други наслов")

        assert [one.is_broken for one in scene.standing.unsigned] == [True]

    def test_what_the_author_has_not_seen_is_not_signed(self, scene):
        scene.finish()
        seen = scene.standing.fingerprint
        scene.write("Измењено.", seen=1)

        with pytest.raises(Refusal, match="changed meanwhile"):
            authors.sign(proposal_id=scene.draft.pk, seen=seen, by=scene.colleague)

    def test_what_is_not_whole_is_not_signed(self, scene):
        with pytest.raises(Refusal, match="still missing"):
            scene.sign()

    def test_signing_twice_is_one_signature(self, scene):
        scene.finish()
        first = scene.sign()

        assert scene.sign().signed_at == first.signed_at
        assert Entry.objects.filter(action="accreditation.sign").count() == 1

    def test_co_authors_are_asked_once_for_the_same_text(self, scene):
        scene.finish()
        asked = [
            authors.ask_to_sign(proposal_id=scene.draft.pk, by=scene.leader) for _twice in range(2)
        ]

        assert (asked, delivered()) == ([1, 1], [scene.second.email])


class TestInvitationsWithoutAnAnswer:
    @pytest.fixture
    def token(self, scene):
        """Of somebody who is invited to a proposal that is ready."""
        scene.finish()
        scene.sign()
        ana = {"name": "Позвана Ана", "email": "ana@example.org"}
        invitations.invite(proposal_id=scene.draft.pk, by=scene.leader, **ana)
        return Letter.objects.get(kind="accreditation.invited").context["token"]

    def test_they_hold_nobody_up_and_end(self, scene, token):
        page = scene.desk.get(f"{scene.path}provera/").content.decode()
        version = scene.submit()

        assert "Позвана Ана" in page
        assert "предај без оних који нису прихватили" in page
        assert [one.name for one in Content.of(version).authors] == [
            str(scene.lead),
            str(scene.second),
        ]
        assert scene.standing.waiting == []
        with pytest.raises(Refusal, match="no longer valid"):
            invitations.accept(token=token, by=PersonFactory().user)
        assert Entry.objects.filter(action="accreditation.take_back_invitation").count() == 1
        assert delivered() == sorted(["ana@example.org", scene.lead.email, scene.second.email])
        (letter,) = [one for one in mail.outbox if one.to == ["ana@example.org"]]
        assert "Предат је пре вашег одговора." in letter.body

    def test_whoever_accepts_meanwhile_is_not_left_out(self, scene, token):
        seen = scene.standing.fingerprint
        invitations.accept(token=token, by=PersonFactory().user)

        with pytest.raises(Refusal, match="changed meanwhile"):
            scene.submit(seen)

    def test_the_page_that_takes_one_back_is_shown_again(self, scene, token):
        address = f"/predlozi/autor/{scene.standing.waiting[0].pk}/povlacenje/"

        assert scene.desk.post(address, {"back": "check"}).url == f"{scene.path}provera/"
        assert scene.standing.waiting == []


class TestSubmitting:
    @pytest.fixture
    def ready(self, scene):
        scene.finish()
        scene.sign()
        return scene

    def test_it_freezes_a_version_and_all_authors_get_a_receipt(self, ready):
        AttachmentFactory(proposal=ready.draft)
        ready.sign()
        version = ready.submit()

        kept = ready.proposal
        assert (kept.state, version.number, version.made_by) == ("submitted", 1, ready.lead)
        assert kept.submitted_at is not None
        assert Content.of(version).answer("aims") == "Огледом."
        assert version.attachments.count() == 1
        assert delivered() == sorted([ready.lead.email, ready.second.email])

    def test_the_lead_signs_by_submitting(self, ready):
        version = ready.submit()

        assert ready.author(ready.lead).signed_content == version.sha256

    def test_twice_is_once(self, ready):
        seen = ready.standing.fingerprint

        assert ready.submit(seen).pk == ready.submit(seen).pk
        assert Version.objects.count() == 1
        assert Entry.objects.filter(action="accreditation.submit").count() == 1

    def test_without_every_signature_it_is_refused_by_name(self, scene):
        scene.finish()

        with pytest.raises(Refusal) as no:
            scene.submit()
        assert str(no.value) == f"Not signed off yet: {scene.second}."

    def test_a_call_may_do_without_signatures(self):
        scene = writing_scene.furnish(all_sign=False)
        scene.finish()

        assert scene.submit().number == 1

    def test_what_was_changed_after_the_page_was_opened_is_not_submitted(self, ready):
        seen = ready.standing.fingerprint
        ready.write("Измењено.", seen=1)

        with pytest.raises(Refusal, match="changed meanwhile"):
            ready.submit(seen)

    def test_a_second_after_the_last_day_it_is_too_late(self, ready):
        midnight = midnight_after(ready.call)
        seen = ready.standing.fingerprint
        with time_machine.travel(midnight, tick=False), pytest.raises(Refusal, match="ended on"):
            ready.submit(seen)
        assert Version.objects.count() == 0
        with time_machine.travel(midnight - timedelta(seconds=1), tick=False):
            assert ready.submit(seen).number == 1

    def test_nothing_is_left_when_the_letters_cannot_be_queued(self, ready, monkeypatch):
        monkeypatch.setattr(submitting.letters, "queue_receipts", lambda *_args: 1 / 0)

        with pytest.raises(ZeroDivisionError), transaction.atomic():
            ready.submit()
        assert (ready.proposal.state, Version.objects.count()) == ("draft", 0)

    def test_a_version_is_never_changed_or_deleted(self, ready):
        version = ready.submit()
        for deed in (
            lambda: Version.objects.filter(pk=version.pk).update(number=9),
            lambda: Version.objects.filter(pk=version.pk)._raw_delete("default"),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                deed()

    def test_after_changes_that_were_asked_for_it_is_the_second_version(self, ready):
        first = ready.submit()
        request = RevisionRequest.objects.create(
            version=first, due_on=timezone.localdate() + 20 * DAY
        )
        Proposal.objects.update(state=State.REVISION)
        with time_machine.travel(midnight_after(ready.call) + DAY):
            ready.write("Измењено.", seen=1)
            ready.sign()
            second = ready.submit()

        request.refresh_from_db()
        assert (second.number, request.answered_by) == (2, second)
        assert Entry.objects.filter(action="accreditation.resubmit").count() == 1
        assert ready.proposal.state == State.SUBMITTED
        assert Content.of(first).answer("aims") == "Огледом."

    def test_after_the_day_that_was_said_changes_are_too_late(self, ready):
        RevisionRequest.objects.create(version=ready.submit(), due_on=timezone.localdate())
        Proposal.objects.update(state=State.REVISION)

        late = time_machine.travel(timezone.now() + DAY)
        with late, pytest.raises(Refusal, match="expected until"):
            ready.write("Измењено.", seen=1)


class TestWithdrawing:
    def test_what_was_submitted_needs_a_reason_and_all_authors_are_told(self, scene):
        scene.finish()
        scene.sign()
        scene.submit()
        delivered()
        with pytest.raises(Refusal) as no:
            submitting.withdraw(proposal_id=scene.draft.pk, reason=" ", by=scene.leader)

        submitting.withdraw(proposal_id=scene.draft.pk, reason="Нема времена.", by=scene.leader)

        assert no.value.field == "reason"
        assert (scene.proposal.state, delivered()) == (
            State.WITHDRAWN,
            sorted([scene.lead.email, scene.second.email]),
        )
        assert Entry.objects.get(action="accreditation.withdraw").reason == "Нема времена."
        text = mail.outbox[0].body
        assert f"Повлачи га {scene.lead}." in text
        assert "Разлог: Нема времена." in text
        again = permissions.may_withdraw(scene.proposal, scene.leader)
        assert again.reason == "This proposal is withdrawn."

    def test_a_draft_needs_none_and_who_was_invited_is_told_too(self, scene):
        ana = {"name": "Позвана Ана", "email": "ana@example.org"}
        invitations.invite(proposal_id=scene.draft.pk, by=scene.leader, **ana)
        delivered()

        answer = scene.desk.post(f"{scene.path}povlacenje/", {"reason": ""})

        assert (answer.status_code, scene.proposal.state) == (302, State.WITHDRAWN)
        assert delivered() == sorted(["ana@example.org", scene.lead.email, scene.second.email])
        (letter,) = [one for one in mail.outbox if one.to == ["ana@example.org"]]
        assert "У међувремену је повучен." in letter.body
        assert scene.standing.waiting == []

    @pytest.mark.parametrize("state", [one for one in State.values if one != "withdrawn"])
    def test_until_the_decision(self, scene, state):
        Proposal.objects.update(state=state, submitted_at=timezone.now())

        verdict = permissions.may_withdraw(scene.proposal, scene.leader)

        assert bool(verdict) == (state in states.transition("withdraw").before)

    def test_the_staff_withdraws_for_the_authors(self, scene):
        staff = StaffFactory(permissions=STAFF_MAY)
        path = f"/admin/accreditation/proposal/{scene.draft.pk}/radnja/povlacenje/"

        answer = desk_of(staff).post(path, {"reason": "На молбу аутора."})

        assert (answer.status_code, scene.proposal.state) == (302, State.WITHDRAWN)
        delivered()
        assert "Повукао га је Центар.\n\nРазлог: На молбу аутора." in mail.outbox[0].body
