"""`python -m centar.embedded_postgres DATA COMMAND …`: run a command beside its own server.

The server that keeps its data in the folder DATA is started before the command, and stopped
after it when it was not running before. DATA goes to the command as LOCAL_POSTGRES.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from centar.embedded_postgres import server


def main(data: Path, command: list[str]) -> int:
    """Run the command; gives its exit code."""
    was_running = server.locate(data).answers()
    running = server.ensure(data)
    # Ctrl-C reaches the command through the terminal; this process waits to tidy up.
    signal.signal(signal.SIGINT, lambda *_: None)
    try:
        environment = {**os.environ, "LOCAL_POSTGRES": str(data)}
        with subprocess.Popen(command, env=environment) as child:
            signal.signal(signal.SIGTERM, lambda *_: child.terminate())
            return child.wait()
    finally:
        if not was_running:
            running.stop()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(), sys.argv[2:]))
