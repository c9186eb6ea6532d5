"""What the apps add, and what people say of themselves."""

from __future__ import annotations

import pytest
from django.utils import timezone

from centar.access import Refusal
from centar.assessment.models import Assignment, Party
from centar.assessment.operations import items
from centar.assessment.operations.items import Whose
from centar.assessment.queries import results
from centar.audit.models import Entry
from centar.outbox.models import Letter
from tests.factories.people import PersonFactory
from tests.factories.schools import SchoolFactory

pytestmark = pytest.mark.django_db


def test_a_thing_comes_with_its_parties(scene):
    author, school = PersonFactory(), SchoolFactory()
    whose = [
        Whose(author.pk, "a@example.org", school.pk),
        Whose(email="b@example.org"),
        Whose(email="b@example.org"),
    ]

    item = items.add(
        panel_id=scene.panel.pk, code="П-1/2", parties=whose, by=None, follows_id=scene.item.pk
    )

    assert (item.code, item.follows) == ("П-1/2", scene.item)
    assert list(Party.objects.order_by("pk").values_list("person", "email", "school")) == [
        (author.pk, "a@example.org", school.pk),
        (None, "b@example.org", None),
    ]


def test_a_panel_whose_work_is_over_gets_nothing(scene):
    scene.panel.ended_at = timezone.now()
    scene.panel.save()

    with pytest.raises(Refusal, match="The work of this panel is over"):
        items.add(panel_id=scene.panel.pk, code="П-1", parties=[], by=None)


def declare(scene, person, by):
    return items.declare_conflict(
        item_id=scene.item.pk, person_id=person.pk, by=by, reason="Сарађујемо."
    )


def test_whoever_says_it_of_themselves_is_asked_no_more(scene):
    scene.send(scene.asked(1))
    Letter.objects.all().delete()
    assignment = scene.asked(0)

    declare(scene, assignment.person, assignment.person.user)

    assignment.refresh_from_db()
    assert assignment.state == "ended"
    assert list(Letter.objects.values_list("kind", flat=True)) == ["assessment.all_in"]


def test_what_they_have_sent_does_not_count(scene):
    sent = scene.sent(0)

    declare(scene, sent.person, scene.lead)

    sent.refresh_from_db()
    assert (sent.state, sent.sent_at) == ("ended", None)
    assert results.results(scene.item, in_full=True).assessments == ()


def test_declaring_twice_changes_nothing(scene):
    person = scene.assessors[0]

    assert declare(scene, person, scene.lead) == declare(scene, person, person.user)
    assert Entry.objects.count() == 1


def test_nobody_declares_for_another(scene):
    first, second, _third = scene.assessors

    for user in (second.user, PersonFactory().user):
        with pytest.raises(Refusal):
            declare(scene, first, user)
    assert Assignment.objects.count() == 0


def test_a_chair_may_declare_for_themselves_but_then_for_nobody(scene):
    declare(scene, scene.chair, scene.lead)

    with pytest.raises(Refusal, match="You have a conflict of interest here"):
        declare(scene, scene.assessors[0], scene.lead)
