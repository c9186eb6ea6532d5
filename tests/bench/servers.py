"""gunicorn as in production, for the portal and for the bare project alike."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

WORKERS, THREADS = 2, 4
OPTIONS = (
    f"--workers={WORKERS}",
    "--worker-class=gthread",
    f"--threads={THREADS}",
    "--no-control-socket",
    "--log-level=warning",
)
STOP_SECONDS = 20
LOG: Path = settings.VAR_DIR / "bench.log"


@dataclass(frozen=True)
class WebServer:
    """A running server: where it answers, and its process that keeps the workers."""

    port: int
    master: int

    def cpu_seconds(self) -> float:
        """Processor time that its workers have used so far, the system's part included."""
        # utime and stime are the 14th and 15th.
        ticks = sum(int(fields[11]) + int(fields[12]) for fields in self._workers())
        return ticks / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """The memory that its workers hold at this moment, in megabytes."""
        # rss, in pages, is the 24th.
        pages = sum(int(fields[21]) for fields in self._workers())
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

    def _workers(self) -> Iterator[list[str]]:
        """What the system says of each, from its state on, which is the third: see proc(5)."""
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                # The name in brackets may hold anything.
                fields = stat.read_text().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue  # ended meanwhile
            if int(fields[1]) == self.master:
                yield fields


@contextmanager
def running(application: str, environment: Mapping[str, str]) -> Iterator[WebServer]:
    """The WSGI application under gunicorn, on a free port of the loopback, until the end."""
    command = [sys.executable, "-m", "gunicorn", *OPTIONS]
    # Closed here at once: nobody answers on the port when the server could not start.
    with socket.create_server(("127.0.0.1", 0)) as listener, LOG.open("a") as log:
        port: int = listener.getsockname()[1]
        process = subprocess.Popen(
            [*command, f"--bind=fd://{listener.fileno()}", application],
            env={**os.environ, **environment},
            pass_fds=[listener.fileno()],
            stdout=log,
            stderr=log,
            # Ctrl-C in the terminal reaches the bench alone, which stops the server in order.
            start_new_session=True,
        )
    try:
        yield WebServer(port, process.pid)
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
