"""Everybody at once for the last places: a form, the registration, the answer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from tests.bench.load import Answer, Client, UnexpectedAnswer


@dataclass(frozen=True)
class Rush:
    """What one rush took: the whole, and the answer to each order, in seconds."""

    seconds: float
    answers: list[float]


def rush(port: int, path: str, visitors: Sequence[dict[str, str]]) -> Rush:
    """Every visitor, known by cookies, opens the form, sends it and opens the answer."""

    async def come(client: Client) -> Answer:
        _expect(await client.get(path), 200)
        answer = _expect(await client.post(path, {}), 302)
        _expect(await client.get(answer.location), 200)
        return answer

    return asyncio.run(_all_at_once(port, visitors, come))


def order_alone(port: int, path: str, visitors: Sequence[dict[str, str]]) -> Rush:
    """Every visitor sends the form, and has its token already."""

    async def come(client: Client) -> Answer:
        return _expect(await client.post(path, {}), 302)

    return asyncio.run(_all_at_once(port, visitors, come))


async def _all_at_once(
    port: int,
    visitors: Sequence[dict[str, str]],
    come: Callable[[Client], Awaitable[Answer]],
) -> Rush:
    clients = [Client(port, dict(cookies)) for cookies in visitors]
    started = time.perf_counter()
    answers = await asyncio.gather(*(come(client) for client in clients))
    seconds = time.perf_counter() - started
    for client in clients:
        client.leave()
    return Rush(seconds, [answer.seconds for answer in answers])


def _expect(answer: Answer, status: int) -> Answer:
    if answer.status != status:
        raise UnexpectedAnswer(f"{answer.status} instead of {status}: {answer.body[:500]!r}")
    return answer
