"""`python -m centar.launch`: the whole portal on one machine, for trying and developing.

Prepares the database, loads the region and the demonstration year, then runs the worker and the
web server until Ctrl-C. The embedded server, where it was not running before, stops at the end.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType

from centar.embedded_postgres import server

ROOT = Path(__file__).resolve().parent.parent
ACCOUNTS = """
  The portal:      {address}
  Back office:     {address}/admin/
  Letters go to:   .local/mail/

  Accounts (password: demonstracija-2026)
    teacher        nastavnica@example.org
    coordinator    koordinator@example.org
    trainer        realizatorka@example.org
    staff          osoblje@example.org
    librarian      bibliotekarka@example.org
    administrator  administrator@example.org

  Ctrl-C stops everything.
"""
STOP_SECONDS = 15


def main() -> int:
    """Prepare, run, tidy up; gives the exit code of what ended first."""
    port = os.environ.get("PORT", "8000")
    address = f"http://127.0.0.1:{port}"
    os.environ.setdefault("SITE_URL", address)
    own = _embedded()
    was_running = own is None or own.answers()
    children: list[subprocess.Popen[bytes]] = []

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    # Also where a shell started us in the background, with Ctrl-C ignored.
    for signal_ in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signal_, stop)
    try:
        subprocess.run(_command("prepare"), check=True, cwd=ROOT)
        children.append(_start("qcluster"))
        children.append(_start("runserver", "--nostatic", f"127.0.0.1:{port}"))
        print(ACCOUNTS.format(address=address), flush=True)  # noqa: T201
        return children[-1].wait()
    except KeyboardInterrupt:
        return 0
    except subprocess.CalledProcessError as failed:
        return failed.returncode
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for child in children:
            _stop(child)
        if own is not None and not was_running:
            own.stop()


def _embedded() -> server.Server | None:
    """The embedded server, unless DATABASE_URL names another."""
    if os.environ.get("DATABASE_URL"):
        return None
    data = os.environ.get("LOCAL_POSTGRES") or str(ROOT / ".local" / "postgres")
    return server.locate(Path(data).resolve())


def _command(*arguments: str) -> list[str]:
    return [sys.executable, str(ROOT / "manage.py"), *arguments]


def _start(*arguments: str) -> subprocess.Popen[bytes]:
    # A group of its own: the children of a child are stopped with it, and Ctrl-C in the
    # terminal reaches only this process, which stops the others in order.
    return subprocess.Popen(_command(*arguments), cwd=ROOT, start_new_session=True)


def _stop(child: subprocess.Popen[bytes]) -> None:
    """Ask the whole group to end, and after a while insist."""
    for signal_, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGKILL, STOP_SECONDS)):
        try:
            os.killpg(child.pid, signal_)
        except ProcessLookupError:
            return
        try:
            child.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            continue
    child.wait()


if __name__ == "__main__":
    sys.exit(main())
