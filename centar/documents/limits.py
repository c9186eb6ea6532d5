"""How often somebody unknown may ask. The counts are shared by all processes (settings.CACHES)."""

from __future__ import annotations

import ipaddress
import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

# Enough for somebody who checks the papers of a whole staff, hopeless for somebody who guesses.
MOST_A_MINUTE = 30


def may_verify(request: HttpRequest) -> bool:
    """Count one question of this visitor's address; False once there were too many."""
    return _count(request, "verified") <= MOST_A_MINUTE


def is_guessing(request: HttpRequest, what: str) -> bool:
    """Whether too many wrong codes of this kind came from the visitor's address."""
    guesses: int = cache.get(_key(request, what), 0)
    return guesses >= MOST_A_MINUTE


def note_guess(request: HttpRequest, what: str) -> None:
    """Count one wrong code of this kind. Of those who have a right one nothing is kept."""
    _count(request, what)


def _count(request: HttpRequest, what: str) -> int:
    key = _key(request, what)
    cache.add(key, 0, timeout=120)
    try:
        return int(cache.incr(key))
    except ValueError:
        return 0  # a full cache has just let go of it


def _key(request: HttpRequest, what: str) -> str:
    """A name for the visitor in this minute, from which the address cannot be read."""
    minute = int(time.time()) // 60
    visitor = salted_hmac("documents.limits", _visitor(request)).hexdigest()
    return f"documents-{what}:{visitor}:{minute}"


def _visitor(request: HttpRequest) -> str:
    """The visitor's address; one of IPv6 counts by the network of 64 bits, which is what one
    visitor has.
    """
    text: str = get_adapter(request).get_client_ip(request)
    address = ipaddress.ip_address(text)
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)
    return str(address)
