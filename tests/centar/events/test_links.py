"""The signed link of an offer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone

from centar.events import links
from centar.events.models import Booking
from tests.factories.events import BookingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer():
    return BookingFactory(state=Booking.State.OFFERED)


def token(booking):
    """The token in the address of the offer."""
    return links.offer_path(booking).removeprefix("/ponuda/").removesuffix("/")


def test_the_link_leads_to_its_own_offer(offer):
    BookingFactory(state=Booking.State.OFFERED)

    assert links.booking_of(token(offer)) == offer


def test_the_link_still_knows_its_booking_after_the_answer(offer):
    before = token(offer)
    offer.state = Booking.State.PLACED
    offer.offered_until = None
    offer.placed_at = timezone.now()
    offer.save()

    assert links.booking_of(before) == offer


def test_the_link_of_an_older_offer_leads_nowhere(offer):
    before = token(offer)
    Booking.objects.update(offered_at=offer.offered_at + timedelta(microseconds=1))

    assert links.booking_of(before) is None


def test_the_link_of_a_booking_that_is_gone_leads_nowhere(offer):
    before = token(offer)
    offer.delete()

    assert links.booking_of(before) is None


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "a",
        "a:b:c",
        "Ж:Ж:Ж",
        "\x00",
        "..:..:..",
        "A" * 5000,
        signing.dumps([1, 1.0], salt="another.salt"),
        signing.dumps([1, 1.0], key="another-key" * 5, salt=links.OFFER_SALT),
    ],
    ids=["empty", "letter", "signs", "cyrillic", "nul", "dots", "long", "other salt", "other key"],
)
def test_a_forged_token_leads_nowhere(forged, offer):
    assert links.booking_of(forged) is None


def test_a_token_changed_anywhere_leads_nowhere(offer):
    whole = token(offer)

    for index, letter in enumerate(whole):
        other = "A" if letter != "A" else "B"
        assert links.booking_of(whole[:index] + other + whole[index + 1 :]) in (None, offer)
    assert links.booking_of(whole[1:]) is None
    assert links.booking_of(whole[:-1]) is None


def test_one_offer_s_signature_does_not_open_another(offer):
    other = BookingFactory(state=Booking.State.OFFERED)
    claim, *signature = token(offer).split(":")
    other_claim, *_ = token(other).split(":")

    assert links.booking_of(":".join([other_claim, *signature])) is None
    assert claim != other_claim
