from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.test import override_settings

from needs_survey.anonymous import codes


def test_a_link_is_the_same_whenever_it_is_computed_and_another_for_each_invitation():
    one, other = uuid4(), uuid4()
    code = codes.link_code(one, codes.new_door(one))

    assert code == codes.link_code(one, codes.new_door(one))
    assert code != codes.link_code(other, codes.new_door(other))
    assert len(code) == codes.LINK_LENGTH
    assert codes.doors(code) == [codes.new_door(one)]


def test_without_the_secret_nothing_is_computed():
    key, link = codes.new_key(), uuid4()
    door = codes.new_door(link)
    made = (codes.link_code, link, door), (codes.new_door, link), (codes.doors, "A" * 16)
    made += (codes.draft_digests, key), (codes.claims, key), (codes.draft_seals, key)
    made += ((codes.urn_seals, 7),)

    here = [str(function(*values)) for function, *values in made]
    with override_settings(SECRET_KEY="x" * 50):
        elsewhere = [str(function(*values)) for function, *values in made]

    assert not set(here) & set(elsewhere)


def test_a_secret_that_was_replaced_is_tried_after_the_present_one():
    key, link = codes.new_key(), uuid4()
    door = codes.new_door(link)
    code = codes.link_code(link, door)
    made = [codes.doors(code), codes.draft_digests(key), codes.claims(key)]
    made += [codes.draft_seals(key), codes.urn_seals(7)]

    with override_settings(SECRET_KEY="x" * 50, SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        now = [codes.doors(code), codes.draft_digests(key), codes.claims(key)]
        now += [codes.draft_seals(key), codes.urn_seals(7)]
        # The link that was sent is sent again; another invitation gets one of the new secret.
        assert codes.link_code(link, door) == code
        assert codes.new_door(link) != door

    assert [variants[1:] for variants in now] == made


def test_what_is_kept_of_a_key_for_one_purpose_is_nothing_like_that_for_another():
    key = codes.new_key()
    (digest,), (claim,), (seal,) = (
        codes.draft_digests(key),
        codes.claims(key),
        codes.draft_seals(key),
    )

    assert len({digest, claim, seal.hex()}) == 3


def test_a_code_is_read_as_people_type_it():
    key = codes.new_key()

    assert codes.read_key(codes.printed(key).lower()) == key
    assert codes.printed("ABCDEFGHJKMN") == "ABCD-EFGH-JKMN"
    assert codes.read_key("ABCD") is codes.read_link_code(key) is None
