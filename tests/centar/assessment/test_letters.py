"""The letters as their recipients read them."""

from __future__ import annotations

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from centar.assessment.letters import assessors, chairs
from centar.assessment.models import Assignment, Item, Panel, Seat
from centar.assessment.operations import assigning, scoring
from centar.assessment.queries import work
from centar.outbox import operations as outbox
from centar.outbox.models import Letter
from tests.factories.assessment import DeclaredConflictFactory, ItemFactory, PanelFactory

pytestmark = pytest.mark.django_db

MORNING = "2027-03-15 07:00:00+01:00"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def panel(scene):
    """A panel with a last day in two weeks; everybody reads English."""
    for person in (scene.chair, *scene.assessors):
        person.user.face = "en"
        person.user.save()
    Panel.objects.update(title="Комисија за математику", due_on="2027-03-29")
    Item.objects.update(code="П-1")
    scene.panel.refresh_from_db()
    scene.item.refresh_from_db()
    return scene


def sent(hour=9):
    """The letters that have gone out by that hour of the day."""
    mail.outbox.clear()
    today = timezone.localtime().replace(hour=hour)
    outbox.deliver_due(today)
    return mail.outbox


def test_one_letter_asks_for_everything_with_its_last_day_and_address(panel):
    second = ItemFactory(panel=panel.panel, code="П-2")
    made = [panel.asked(0), panel.asked(0, second)]

    assessors.queue_asked(made)

    (letter,) = sent()
    assert letter.subject == "Please assess"
    assert letter.to == [panel.assessors[0].email]
    assert letter.body.startswith("Dear Milica,\n\nyou are asked to assess:")
    assert (
        "Komisija za matematiku: radovi učenika\n\n– P-1, until 29 March 2027, midnight\n"
        in letter.body
    )
    for one in made:
        assert f"/en/radovi/{one.pk}/\n" in letter.body


def test_the_letter_about_what_was_revised(panel):
    assessors.queue_again([panel.asked(0)])

    (letter,) = sent()
    assert letter.subject == "It was revised; please assess it again"
    assert "came back revised" in letter.body


def test_what_waits_no_more_is_not_asked_for(panel):
    assignment = panel.asked(0)
    assessors.queue_asked([assignment])
    Assignment.objects.update(state="ended")

    assert sent() == []
    assert Letter.objects.get().state == "dropped"


def test_nobody_is_written_to_about_what_they_are_not_impartial(panel):
    assignment = panel.asked(0)
    assessors.queue_asked([assignment])
    assessors.queue_digests([assignment.person], timezone.localdate())
    DeclaredConflictFactory(item=panel.item, person=assignment.person)

    assert sent() == []


def test_what_need_not_be_assessed_any_more(panel):
    assessors.queue_ended([panel.asked(0, state="ended")])

    (letter,) = sent()
    assert letter.subject == "You need not assess this any more"
    assert "– P-1\n" in letter.body


def test_who_was_asked_again_meanwhile_is_not_told_that_it_is_over(panel):
    assessors.queue_ended([panel.asked(0)])

    assert sent() == []


def test_letters_are_kept_without_what_they_say(panel):
    """Nobody reads in the back office who assesses what."""
    assessors.queue_asked([panel.asked(0)])
    sent()

    kept = Letter.objects.get()
    assert (kept.subject, kept.text, kept.context) == ("Please assess", "", {})
    assert "П-1" not in kept.subject
    assert kept.object_id == panel.assessors[0].pk


def test_the_digest_names_everything_over_all_panels_in_one_letter(panel):
    other = PanelFactory(title="Жири", due_on="2027-03-10")
    panel.asked(0)
    late = panel.asked(0, ItemFactory(panel=other, code="Р-9"))

    assessors.queue_digests([late.person], timezone.localdate())

    (letter,) = sent()
    assert letter.subject == "2 assessments wait for you"
    assert "Žiri: radovi učenika\n\n– R-9, was due on 10 March 2027\n" in letter.body
    assert letter.body.index("R-9") < letter.body.index("P-1")


def finish(scene, item=None, number=0):
    assignment = scene.asked(number, item)
    scene.send(assignment)


def test_all_that_is_in_by_the_morning_is_one_letter_to_the_chair(panel, clock):
    finish(panel)
    clock.move_to("2027-03-15 07:30:00+01:00")
    finish(panel, ItemFactory(panel=panel.panel, code="П-2"))
    waits = ItemFactory(panel=panel.panel, code="П-3")
    panel.asked(0, waits)

    (letter,) = sent(hour=8)

    assert letter.subject == "All assessments are in: Komisija za matematiku"
    assert letter.to == [panel.chair.email]
    assert "– P-1\n– P-2\n" in letter.body
    assert "P-3" not in letter.body
    assert f"/en/komisije/{panel.panel.pk}/\n" in letter.body


def test_what_comes_in_during_the_day_waits_for_the_next_morning(panel, clock):
    clock.move_to("2027-03-15 09:00:00+01:00")
    finish(panel)

    due = timezone.localtime(Letter.objects.get().next_attempt_at)

    assert f"{due:%Y-%m-%d %H:%M}" == "2027-03-16 08:00"


def test_a_chair_does_not_read_of_things_in_which_they_have_a_conflict(panel):
    finish(panel)
    finish(panel, ItemFactory(panel=panel.panel, code="П-2"))
    DeclaredConflictFactory(item=panel.item, person=panel.chair)

    (letter,) = sent(hour=8)

    assert "P-2" in letter.body
    assert "P-1" not in letter.body


def test_who_does_not_lead_any_more_is_not_told(panel):
    finish(panel)
    Seat.objects.filter(role="chair").update(left_at=timezone.now())

    assert sent(hour=8) == []


def test_the_chair_reads_who_declined_and_why(panel):
    assignment = panel.asked(0)
    scoring.decline(assignment_id=assignment.pk, reason="Нисам стручан.", by=assignment.person.user)

    (letter,) = sent()
    assert letter.subject == "An assessor has declined: Komisija za matematiku"
    assert "will not assess P-1 in the panel “Komisija za matematiku”" in letter.body
    assert "\nNisam stručan.\n" in letter.body


def test_a_chair_who_has_a_conflict_by_now_does_not(panel):
    assignment = panel.asked(0, state="declined", declined_because="Не могу.")
    chairs.queue_declined(assignment, [panel.chair])
    DeclaredConflictFactory(item=panel.item, person=panel.chair)

    assert sent() == []


def test_authors_get_no_letter_of_assessment(panel):
    """Whatever happens: the recipients are assessors and the chair."""
    assigning.assign(item_id=panel.item.pk, person_id=panel.assessors[0].pk, by=panel.lead)
    panel.send(Assignment.objects.get())

    assert set(Letter.objects.values_list("recipient", flat=True)) == {
        panel.assessors[0].email,
        panel.chair.email,
    }
    assert list(work.all_in(panel.panel)) == [panel.item]
