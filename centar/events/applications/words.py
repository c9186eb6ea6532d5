"""Posts as people write them in their lists."""

from __future__ import annotations

from centar.people.models import Person
from centar.script.folding import fold

Post = Person.Post

# Beginnings of folded words: the masculine and the feminine begin alike.
_WRITTEN = (
    ("nastavnik razredne", Post.CLASS_TEACHER),
    ("nastavnica razredne", Post.CLASS_TEACHER),
    ("profesor razredne", Post.CLASS_TEACHER),
    ("ucitelj", Post.CLASS_TEACHER),
    ("nastavni", Post.SUBJECT_TEACHER),
    ("predmetni nastavnik", Post.SUBJECT_TEACHER),
    ("profesor", Post.SUBJECT_TEACHER),
    ("vaspitac", Post.PRESCHOOL_TEACHER),
    ("strucni saradnik", Post.ASSOCIATE),
    ("pedagog", Post.ASSOCIATE),
    ("psiholog", Post.ASSOCIATE),
    ("bibliotekar", Post.ASSOCIATE),
    ("direktor", Post.PRINCIPAL),
)


def post_of(text: str) -> str | None:
    """The post that the words name, in either script; None when they name none."""
    key = fold(text)
    for post in Post.values:
        if key == fold(post):
            return str(post)
    return next((str(post) for written, post in _WRITTEN if key.startswith(written)), None)
