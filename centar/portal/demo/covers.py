"""Covers of the Centre's own books: a ground, a sun and hills, other ones for every title."""

from __future__ import annotations

import io
import random

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

SIZE = (400, 600)
GROUNDS = ("#1f4d3f", "#5b3a63", "#7a3b2e", "#24476b", "#6a5a1c")
SUN = "#e5b84b"
PAPER = "#f6efe1"


def cover(title: str) -> ContentFile[bytes]:
    """A picture as the staff would upload it; the same title has the same one."""
    chance = random.Random(title)  # noqa: S311 - nothing is kept secret by it
    width, height = SIZE
    picture = Image.new("RGB", SIZE, chance.choice(GROUNDS))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((40, 60, width - 40, 150), fill=PAPER)
    left, across = chance.randrange(60, 220), chance.randrange(90, 150)
    draw.ellipse((left, 230, left + across, 230 + across), fill=SUN)
    for depth, colour in ((0, "#3f7f5f"), (70, "#2c6049"), (140, "#173a2d")):
        hills = [(x, 400 + depth + chance.randrange(-35, 35)) for x in range(0, width + 80, 80)]
        draw.polygon([(0, height), *hills, (width, height)], fill=colour)
    written = io.BytesIO()
    picture.save(written, "PNG")
    return ContentFile(written.getvalue(), name="korice.png")
