"""A small HTTP client and the load it makes. Only ever for servers of this machine."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.bench import servers

HOST = "127.0.0.1"
# A proxy in front has taken the request over https.
ORIGIN = f"https://{HOST}"
PATIENCE_SECONDS = 60


class UnexpectedAnswer(RuntimeError):
    """A server did not answer what was asked; no figure can come of that."""


@dataclass(frozen=True)
class Answer:
    """What came back, and in how many seconds."""

    status: int
    location: str
    body: bytes
    seconds: float


@dataclass(frozen=True)
class Head:
    """Status and headers of an answer, by their names in lower case."""

    status: int
    fields: dict[str, list[str]]

    @classmethod
    def parse(cls, sent: bytes) -> Head:
        """What gunicorn sends: one line a header."""
        first, *lines = sent.decode("latin-1").rstrip().split("\r\n")
        fields: dict[str, list[str]] = {}
        for line in lines:
            name, _, value = line.partition(": ")
            fields.setdefault(name.lower(), []).append(value)
        return cls(int(first.split()[1]), fields)

    def last(self, name: str) -> str:
        """The header's last value, or nothing."""
        return self.fields.get(name, [""])[-1]


@dataclass
class Client:
    """One visitor with one kept connection and cookies; cookies that are set are kept."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    _streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> Answer:
        """Ask for a page."""
        return await self._ask("GET", path)

    async def post(self, path: str, values: dict[str, str]) -> Answer:
        """Send a form with its token; a redirect is not followed."""
        token = self.cookies.get("csrftoken", "")
        return await self._ask("POST", path, {**values, "csrfmiddlewaretoken": token})

    def leave(self) -> None:
        """Close the connection."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None

    async def _ask(self, method: str, path: str, form: dict[str, str] | None = None) -> Answer:
        request = self._request(method, path, urlencode(form).encode() if form else b"")
        started = time.perf_counter()
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                head, body = await self._exchange(request)
        except (OSError, EOFError) as failed:  # time-outs are among them
            raise UnexpectedAnswer(f"{method} {path}: no answer; see {servers.LOG}.") from failed
        seconds = time.perf_counter() - started
        for cookie in head.fields.get("set-cookie", ()):
            jar = SimpleCookie(cookie)
            self.cookies |= {name: morsel.value for name, morsel in jar.items()}
        if head.last("connection") == "close":
            self.leave()
        return Answer(head.status, head.last("location"), body, seconds)

    async def _exchange(self, request: bytes) -> tuple[Head, bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection(HOST, self.port)
        reader, writer = self._streams
        writer.write(request)
        head = Head.parse(await reader.readuntil(b"\r\n\r\n"))
        return head, await reader.readexactly(int(head.last("content-length") or 0))

    def _request(self, method: str, path: str, body: bytes) -> bytes:
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: {HOST}",
            f"Origin: {ORIGIN}",
            "X-Forwarded-Proto: https",
            "Accept: text/html",
        ]
        if self.cookies:
            jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            lines.append(f"Cookie: {jar}")
        if method == "POST":
            lines.append("Content-Type: application/x-www-form-urlencoded")
            lines.append(f"Content-Length: {len(body)}")
        return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass(frozen=True)
class Load:
    """What a number of visits took: the whole, and each answer, in seconds."""

    seconds: float
    answers: list[float]


def visit(
    port: int, path: str, *, visits: int, clients: int, cookies: dict[str, str] | None = None
) -> Load:
    """Ask for one page so many times, by so many clients at once who each wait for the answer."""
    return asyncio.run(_visit(port, path, visits, clients, cookies or {}))


async def _visit(port: int, path: str, visits: int, clients: int, cookies: dict[str, str]) -> Load:
    left = iter(range(visits))
    answers: list[float] = []

    async def come() -> None:
        client = Client(port, dict(cookies))
        try:
            for _ in left:  # shared by all clients
                answer = await client.get(path)
                if answer.status != 200:
                    raise UnexpectedAnswer(f"{path} answered {answer.status}.")
                answers.append(answer.seconds)
        finally:
            client.leave()

    started = time.perf_counter()
    await asyncio.gather(*(come() for _ in range(clients)))
    return Load(time.perf_counter() - started, answers)
