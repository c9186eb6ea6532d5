"""How often somebody unknown may ask. The counts are shared by all processes (settings.CACHES)."""

from __future__ import annotations

import ipaddress
import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

# Enough for somebody who checks the papers of a whole staff, hopeless for somebody who guesses.
MOST_A_MINUTE = 30


def may_verify(request: HttpRequest) -> bool:
    """Count one question of this visitor's address; False once there were too many.

    Addresses of IPv6 count by the network of 64 bits, which is what one visitor has.
    """
    minute = int(time.time()) // 60
    key = f"documents-verified:{_visitor(request)}:{minute}"
    cache.add(key, 0, timeout=120)
    try:
        return cache.incr(key) <= MOST_A_MINUTE
    except ValueError:
        return True  # a full cache has just let go of it


def _visitor(request: HttpRequest) -> str:
    text: str = get_adapter(request).get_client_ip(request)
    address = ipaddress.ip_address(text)
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)
    return str(address)
