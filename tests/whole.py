"""`python -m tests.whole`, which `make test` runs: the journeys beside all other tests.

A browser's page waits more than it works, so the two share two cores well. Each has a database of
its own. With arguments there is one run, of what they name.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

JOURNEYS = "tests/journeys"
PYTEST = (sys.executable, "-m", "pytest")


def main(arguments: list[str]) -> int:
    """Run the tests; gives 0 when all passed."""
    if arguments:
        return subprocess.call([*PYTEST, *arguments])
    with tempfile.TemporaryFile("w+") as said:
        journeys = subprocess.Popen(
            [*PYTEST, JOURNEYS, "-p", "no:cacheprovider"],
            env={**os.environ, "TEST_DATABASE": "test_centar_journeys"},
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        try:
            others = subprocess.call([*PYTEST, f"--ignore={JOURNEYS}"])
        finally:
            # After Ctrl-C too, which reaches both: each tidies up its database.
            journey = journeys.wait()
            said.seek(0)
            sys.stdout.write(said.read())
    return others or journey


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
