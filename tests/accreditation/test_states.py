"""The table of states, and the diagram that is kept of it."""

from __future__ import annotations

from accreditation import diagram, states
from accreditation.models import Call, Proposal


def test_the_diagram_in_the_docs_is_current() -> None:
    assert diagram.FILE.read_text(encoding="utf-8") == diagram.drawn()


def test_every_state_is_reached_and_every_action_has_a_name_of_its_own() -> None:
    reached = {row.after for row in states.TRANSITIONS} | {Proposal.State.DRAFT}
    actions = [row.action for row in states.TRANSITIONS]

    assert reached == set(Proposal.State.values)
    assert len(actions) == len(set(actions))


def test_what_the_institute_decides_is_nothing_for_good_practice() -> None:
    accepted = Proposal(state=Proposal.State.ACCEPTED, call=Call(kind=Call.Kind.PRACTICE))
    programme = Proposal(state=Proposal.State.ACCEPTED, call=Call(kind=Call.Kind.PROGRAMME))

    assert states.possible(accepted, states.Who.STAFF) == []
    assert [row.action for row in states.possible(programme, states.Who.STAFF)] == ["file"]
