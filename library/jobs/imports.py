"""What the worker does for files of records."""

from __future__ import annotations

from library.operations import imports


def work_off(run_id: int) -> None:
    """Read or write a file that somebody has just brought in or confirmed."""
    imports.work_off(run_id)


def continue_imports() -> int:
    """Take up files whose worker was lost; gives how many there were. Every minute."""
    lost = imports.lost()
    for run_id in lost:
        imports.work_off(run_id)
    return len(lost)
