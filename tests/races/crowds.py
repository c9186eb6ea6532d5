"""Many people at the very same moment, each with a connection to the database of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection

# Long enough for a slow machine; reached only when somebody waits for ever.
PATIENCE_SECONDS = 60


def at_once(deeds: Sequence[Callable[[], Any]]) -> list[Any]:
    """Do all deeds at once, each in its own thread; gives what each returned or raised."""
    start = threading.Barrier(len(deeds))

    def do(deed: Callable[[], Any]) -> Any:
        try:
            start.wait(PATIENCE_SECONDS)
            return deed()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def met(number: int, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, in which the first `number` callers wait for each other before they go on."""
    barrier = threading.Barrier(number)
    lock = threading.Lock()
    callers = 0

    def meeting(*args: Any, **kwargs: Any) -> Any:
        nonlocal callers
        with lock:
            callers += 1
            waits = callers <= number
        if waits:
            barrier.wait(PATIENCE_SECONDS)
        return function(*args, **kwargs)

    return meeting


def overtaken(function: Callable[..., Any], deed: Callable[[], Any]) -> Callable[..., Any]:
    """The function, after whose first call somebody else does the deed before the caller goes on.

    For controls: only without a lock can anybody do something in between.
    """
    waiting = [deed]

    def asked(*args: Any, **kwargs: Any) -> Any:
        answer = function(*args, **kwargs)
        if waiting:
            (done,) = at_once([waiting.pop()])
            assert not isinstance(done, Exception), done
        return answer

    return asked
