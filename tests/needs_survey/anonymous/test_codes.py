from __future__ import annotations

from uuid import uuid4

from django.test import override_settings

from needs_survey.anonymous import codes


def test_a_link_is_the_same_whenever_it_is_computed_and_another_for_each_invitation():
    one, other = uuid4(), uuid4()

    assert codes.link_code(one) == codes.link_code(one) != codes.link_code(other)
    assert len(codes.link_code(one)) == codes.LINK_LENGTH


def test_without_the_secret_nothing_is_computed():
    key, link = codes.new_key(), uuid4()
    made = (codes.link_code, link), (codes.door, "A" * 16), (codes.draft_digest, key)
    made += ((codes.claim, key), (codes.draft_seal, key), (codes.urn_seal, 7))

    here = [function(value) for function, value in made]
    with override_settings(SECRET_KEY="x" * 50):
        elsewhere = [function(value) for function, value in made]

    assert not set(here) & set(elsewhere)


def test_what_is_kept_of_a_key_for_one_purpose_is_nothing_like_that_for_another():
    key = codes.new_key()

    assert len({codes.draft_digest(key), codes.claim(key), codes.draft_seal(key).hex()}) == 3


def test_a_code_is_read_as_people_type_it():
    key = codes.new_key()

    assert codes.read_key(codes.printed(key).lower()) == key
    assert codes.printed("ABCDEFGHJKMN") == "ABCD-EFGH-JKMN"
    assert codes.read_key("ABCD") is codes.read_link_code(key) is None
