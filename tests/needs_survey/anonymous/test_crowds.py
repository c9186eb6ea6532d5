"""Whatever leaves the urn leaves it in a crowd."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from needs_survey.anonymous import crowds
from needs_survey.anonymous.crowds import Facts

FACTS = st.builds(
    Facts,
    municipality=st.sampled_from([1, 2]),
    school_kind=st.sampled_from(["primary", "grammar"]),
    subject=st.sampled_from([None, 7, 8]),
)
URN = st.lists(FACTS, max_size=40)
HERE = Facts(1, "primary", 7)
THERE = Facts(2, "grammar", 8)


def is_part(some: Facts, whole: Facts) -> bool:
    """Whether the facts that are kept are true of the respondent."""
    kept = (some.municipality, some.school_kind, some.subject)
    known = (whole.municipality, whole.school_kind, whole.subject)
    return all(one in (None, "") or one == two for one, two in zip(kept, known, strict=True))


@given(URN, st.integers(3, 8), st.booleans())
def test_nobody_leaves_alone_and_few_never_stay_behind(known, smallest, is_over):
    found = crowds.leaving(known, smallest, is_over=is_over)

    members = [number for crowd in found for number in crowd.members]
    assert len(members) == len(set(members))
    assert all(len(crowd.members) >= smallest for crowd in found)
    assert all(is_part(crowd.facts, known[n]) for crowd in found for n in crowd.members)
    staying = len(known) - len(members)
    if is_over:
        assert staying == (len(known) if len(known) < smallest else 0)
    else:
        assert not found or staying >= smallest


@given(URN, st.integers(3, 8))
def test_all_that_say_the_same_are_enough(known, smallest):
    found = crowds.leaving(known, smallest, is_over=True)

    sizes = Counter()
    for crowd in found:
        sizes[crowd.facts] += len(crowd.members)
    assert all(size >= smallest for size in sizes.values())


def test_while_the_round_lasts_a_crowd_leaves_only_when_another_stays():
    assert crowds.leaving([HERE] * 9, 5, is_over=False) == []
    (crowd,) = crowds.leaving([HERE] * 10, 5, is_over=False)
    assert (len(crowd.members), crowd.facts) == (5, HERE)
    assert crowds.leaving([HERE] * 4 + [THERE] * 4, 5, is_over=False) == []


def test_a_single_teacher_of_a_municipality_is_hidden_among_others():
    found = crowds.leaving([HERE] * 12 + [THERE], 5, is_over=True)

    sizes = {crowd.facts: len(crowd.members) for crowd in found}
    assert sizes == {HERE: 8, Facts(): 5}
    (hidden,) = [crowd for crowd in found if crowd.facts == Facts()]
    assert 12 in hidden.members


def test_all_alike_keep_everything():
    (crowd,) = crowds.leaving([HERE] * 6, 5, is_over=True)

    assert (sorted(crowd.members), crowd.facts) == (list(range(6)), HERE)


def test_the_subject_goes_first():
    known = [Facts(1, "primary", subject) for subject in range(6)]

    (crowd,) = crowds.leaving(known, 5, is_over=True)

    assert crowd.facts == Facts(1, "primary", None)


def test_too_few_in_all_stay():
    assert crowds.leaving([HERE] * 4, 5, is_over=True) == []
    assert crowds.leaving([], 5, is_over=True) == []
