"""The demonstration year: proposals at the institute, and examples of good practice."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from accreditation.models import Call, Practice, PracticePaper, Proposal
from accreditation.queries import deadlines
from accreditation.queries import proposals as queries
from accreditation.standing import Standing
from centar.events.models import Event
from centar.portal.demo import accounts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def test_a_call_of_every_kind_takes_proposals() -> None:
    kinds = Call.objects.open_on(timezone.localdate()).values_list("kind", flat=True)

    assert sorted(kinds) == sorted(Call.Kind.values)


def test_proposals_stand_in_every_state_at_the_institute() -> None:
    programmes = Proposal.objects.filter(call__kind=Call.Kind.PROGRAMME)

    assert Counter(programmes.values_list("state", flat=True)) == {
        "draft": 1,
        "submitted": 1,
        "accepted": 1,
        "filed": 1,
        "returned": 1,
        "accredited": 2,
        "refused": 1,
    }


def test_each_list_of_the_work_queue_has_one_to_deal_with_in_time() -> None:
    today = timezone.localdate()

    waiting = [
        deadlines.meetings_to_file(today),
        deadlines.to_complete(),
        deadlines.appeals(today),
        deadlines.ending(today),
    ]
    assert [[due.until > today for due in found if due.until] for found in waiting] == [[True]] * 4
    others = (deadlines.decisions_without_filing(), deadlines.unmade(), deadlines.unpublished())
    assert [found.count() for found in others] == [1, 1, 1]


def test_what_was_accepted_could_be_submitted_as_it_is() -> None:
    # Of a meeting that was held long ago the wished day would be too near today.
    held = timezone.localdate() - timedelta(days=1)
    accepted = Proposal.objects.filter(decision__isnull=False).exclude(wished_on__lt=held)

    standings = Standing.of_many(list(queries.with_call(accepted)))

    assert [one.missing for one in standings] == [[]] * 11


def test_an_accredited_programme_has_a_seminar_that_takes_registrations() -> None:
    event = Event.objects.get(seminar__programme__number="9101")

    assert event.state == Event.State.OPEN
    assert event.seminar.programme.made_from.proposal.authors.count() == 2


def test_examples_are_public_presented_and_confirmed_by_a_paper() -> None:
    public = Practice.objects.published()

    assert [practice.files.count() for practice in public] == [1, 1, 1]
    assert public.filter(presented_at__ends_at__lt=timezone.now()).count() == 1
    assert public.filter(presented_at__starts_at__gt=timezone.now()).count() == 1
    paper = PracticePaper.objects.get()
    assert paper.author.person is not None
    assert paper.author.person.email == accounts.TEACHER
    assert paper.document.is_valid
