"""`python -m centar.embedded_postgres [--for-tests] DATA COMMAND …`: a command beside its server.

The server that keeps its data in the folder DATA is started before the command, and stopped
after it when it was not running before. DATA goes to the command as LOCAL_POSTGRES. A server for
tests is quick: nothing waits for the disk, and nothing would outlive a power cut.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from centar.embedded_postgres import server


def main(data: Path, command: list[str], options: str = "") -> int:
    """Run the command beside a server with these options; gives the command's exit code."""
    was_running = server.locate(data).answers()
    running = server.ensure(data, options)
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
    arguments = sys.argv[1:]
    for_tests = arguments[0] == "--for-tests"
    folder, *called = arguments[for_tests:]
    sys.exit(main(Path(folder).resolve(), called, server.FOR_TESTS if for_tests else ""))
