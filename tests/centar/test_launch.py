"""`make run` beneath: everything starts, answers, and is gone after Ctrl-C."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings

from centar.embedded_postgres import server
from tests import reader

pytestmark = pytest.mark.journey

START_SECONDS, STOP_SECONDS = 150, 45


@pytest.fixture
def data(tmp_path):
    """A folder for a server of the test's own."""
    folder = tmp_path / "postgres"
    yield folder
    running = server.locate(folder)
    running.stop()
    shutil.rmtree(running.data.parent, ignore_errors=True)
    shutil.rmtree(running.socket, ignore_errors=True)


@pytest.fixture
def port():
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def launched(data, port):
    """The launcher, running; whatever the test does, it is not left behind."""
    environment = os.environ | {
        "CENTAR_MODE": "development",
        "LOCAL_POSTGRES": str(data),
        "PORT": str(port),
        "EMAIL_URL": "dummymail://",
    }
    environment.pop("DATABASE_URL", None)
    with (data.parent / "said.txt").open("a") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "centar.launch"],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=said,
            stderr=said,
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(STOP_SECONDS)


def answered(process, address, said):
    """The page, as soon as the portal serves it."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, said.read_text()
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                return answer.status, reader.Page(answer.read().decode())
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.3)
    raise AssertionError(said.read_text())


def alive(data):
    """Processes that belong to this data folder: told of it when started, or PostgreSQL itself."""
    own = server.locate(data)
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            told = f"LOCAL_POSTGRES={data}\0".encode() in (process / "environ").read_bytes() + b"\0"
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            if told or str(own.data) in command or str(own.socket) in command:
                found.append(command)
    return found


def test_the_portal_starts_serves_and_leaves_no_process_twice(data, port, tmp_path):
    home, said = f"http://127.0.0.1:{port}/", tmp_path / "said.txt"
    seen = []
    for _ in range(2):
        with launched(data, port) as process:
            status, page = answered(process, f"{home}seminari/", said)
            assert (status, page.lang) == (200, "sr-Cyrl")
            assert len(alive(data)) >= 4  # launcher, worker, web server, PostgreSQL
            process.send_signal(signal.SIGINT)
            assert process.wait(STOP_SECONDS) == 0
        assert alive(data) == []
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0
        seen.append(page.headings)

    assert seen[0] == seen[1]
    assert len(seen[0]) > 5
    assert f"http://127.0.0.1:{port}" in said.read_text()
    assert "nastavnica@example.org" in said.read_text()
