"""What a run ran on."""

from __future__ import annotations

import os
import platform
from pathlib import Path

import django

from tests.bench import database, servers


def describe() -> str:
    """Processor, cores, versions and the server's options, in one line."""
    return (
        f"{_processor()}, {os.cpu_count()} cores; Python {platform.python_version()}, "
        f"Django {django.__version__}, PostgreSQL {database.version()}; "
        f"gunicorn, {servers.WORKERS} workers of {servers.THREADS} threads"
    )


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.machine()
