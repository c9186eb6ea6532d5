"""Typst at work, without anything else of the portal.

`python -m centar.documents.press` prints one long paper in a process of its own: Typst holds on to
what it has laid out, some 130 MB for 300 sheets, and gives it back only with the process.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import typst

Standard = Literal["a-2a", "a-2b", "ua-1"]
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Order:
    """What is to be printed: a file of `root`, set in the fonts of these folders.

    `inputs` are the texts that the template reads; `made_at` is in seconds since 1970, or None
    for now.
    """

    template: str
    root: str
    fonts: list[str]
    inputs: dict[str, str]
    standards: list[Standard]
    made_at: int | None


def compiler(order: Order) -> typst.Compiler:
    """A compiler of the order's template, which may print other orders of it too."""
    return typst.Compiler(
        order.template, root=order.root, font_paths=order.fonts, ignore_system_fonts=True
    )


def printed(order: Order, machine: typst.Compiler) -> bytes:
    """The PDF."""
    content = machine.compile(
        format="pdf",
        sys_inputs=order.inputs,
        pdf_standards=list(order.standards),
        timestamp=order.made_at,
    )
    assert isinstance(content, bytes)
    return content


def printed_apart(order: Order) -> bytes:
    """The PDF, made by a process that ends with it; raises what that process complained of."""
    child = subprocess.run(
        [sys.executable, "-m", "centar.documents.press"],
        input=json.dumps(asdict(order)).encode(),
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    if child.returncode:
        raise RuntimeError(child.stderr.decode(errors="replace"))
    return child.stdout


def main() -> None:
    """Print the order that comes in as JSON; the PDF goes out."""
    order = Order(**json.load(sys.stdin))
    sys.stdout.buffer.write(printed(order, compiler(order)))


if __name__ == "__main__":
    main()
