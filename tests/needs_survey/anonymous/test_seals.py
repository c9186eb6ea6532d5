from __future__ import annotations

import secrets

import pytest

from needs_survey.anonymous import seals

KEY = secrets.token_bytes(32)


def test_what_is_sealed_is_read_again_with_the_key_only():
    content = {"одговор": ["Дужи одмор.", 4], "ништа": None}
    sealed = seals.seal(content, KEY)

    assert seals.unseal(sealed, [KEY]) == content
    assert "одмор".encode() not in sealed
    with pytest.raises(seals.BrokenSeal):
        seals.unseal(sealed, [secrets.token_bytes(32)])


def test_a_key_that_was_replaced_still_opens():
    old, new = secrets.token_bytes(32), secrets.token_bytes(32)

    assert seals.unseal(seals.seal("да", old), [new, old]) == "да"


def test_what_was_changed_is_not_read():
    sealed = bytearray(seals.seal("да", KEY))
    sealed[-1] ^= 1

    with pytest.raises(seals.BrokenSeal):
        seals.unseal(bytes(sealed), [KEY])


def test_the_same_content_never_looks_the_same():
    assert seals.seal("да", KEY) != seals.seal("да", KEY)


def test_the_length_tells_next_to_nothing():
    lengths = [len(seals.seal("а" * length, KEY)) for length in (0, 1, 500, 4000, 4200, 8100)]

    assert len(set(lengths[:4])) == 1
    assert lengths[4] == lengths[5] == lengths[0] + seals.SMALLEST
