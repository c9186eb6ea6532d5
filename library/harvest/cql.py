"""The part of the Contextual Query Language that the catalogue understands.

Indexes for words anywhere, in the title, in names, in subjects, and for numbers; the relations =,
==, exact, adj, all and any; and, or, not, brackets, quoted terms, and * at the end of a word. Of
everything else the protocol's own diagnostic says that it is not supported.
http://www.loc.gov/standards/sru/cql/
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from library.queries import cql as conditions
from library.queries.cql import Condition, How, Where

LONGEST = 1000
MOST_TERMS = 20
"""Each costs a look into the index."""
DEEPEST = 20
"""Brackets within brackets."""

INDEXES: dict[str, Where] = {
    "cql.serverChoice": "anywhere",
    "cql.anywhere": "anywhere",
    "cql.keywords": "anywhere",
    "dc.title": "title",
    "dc.creator": "creator",
    "dc.subject": "subject",
    "bath.isbn": "number",
    "bath.issn": "number",
}
# Without the prefix of a context set it is the server that says which is meant.
_INDEXES = {
    written: where
    for name, where in INDEXES.items()
    for written in (name.lower(), name.lower().partition(".")[2])
}
RELATIONS: dict[str, How] = {
    "=": "all",
    "scr": "all",
    "all": "all",
    "any": "any",
    "==": "phrase",
    "exact": "phrase",
    "adj": "phrase",
}
BOOLEANS = {"and": conditions.both, "or": conditions.either, "not": conditions.without}

_TOKEN = re.compile(
    r'\s*(?:(?P<quoted>"(?:[^"\\]|\\.)*")|(?P<sign>[()/]|==|<>|<=|>=|[<>=])'
    r'|(?P<word>(?:[^\s()/<>="\\]|\\.)+))',
    re.DOTALL,
)
_MASKED_WITHIN = re.compile(r"(?<!\\)(?:\?|\^|\*(?!\s|$))|(?:^|\s)\*")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class Diagnostic(Exception):
    """What the protocol says of a request it cannot answer: a number, its words, and details."""

    def __init__(self, number: int, message: str, details: str = "") -> None:
        super().__init__(message)
        self.number = number
        self.details = details


@dataclass(frozen=True)
class _Token:
    text: str
    is_quoted: bool = False
    is_sign: bool = False

    @property
    def keyword(self) -> str:
        """The word in small letters, as the language's own words are read; empty when quoted."""
        return "" if self.is_quoted or self.is_sign else self.text.lower()


def read(query: str) -> Condition:
    """The condition that a query states."""
    if len(query) > LONGEST:
        raise Diagnostic(12, "Too many characters in query", str(LONGEST))
    reader = _Reader(_tokens(query))
    condition = reader.query()
    if reader.here is not None:
        if reader.here.keyword == "sortby":
            raise Diagnostic(80, "Sort not supported")
        raise _syntax(reader.here.text)
    return condition


def _syntax(details: str) -> Diagnostic:
    return Diagnostic(10, "Query syntax error", details)


def _tokens(query: str) -> list[_Token]:
    tokens, place, query = [], 0, query.rstrip()
    while place < len(query):
        match = _TOKEN.match(query, place)
        if match is None:
            raise _syntax(query[place : place + 20])
        place = match.end()
        if match["quoted"] is not None:
            tokens.append(_Token(match["quoted"][1:-1], is_quoted=True))
        else:
            is_sign = match["sign"] is not None
            tokens.append(_Token(match["sign"] or match["word"], is_sign=is_sign))
    return tokens


class _Reader:
    """Reads tokens from left to right; booleans have no order of their own in this language."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.place = 0
        self.terms = 0
        self.depth = 0

    @property
    def here(self) -> _Token | None:
        """The next token, if there is one."""
        return self.tokens[self.place] if self.place < len(self.tokens) else None

    def take(self) -> _Token:
        """The next token, which must be there."""
        token = self.here
        if token is None:
            raise _syntax("the query ends too early")
        self.place += 1
        return token

    def is_next(self, sign: str) -> bool:
        """Whether this sign comes next."""
        return self.here is not None and self.here.is_sign and self.here.text == sign

    def query(self) -> Condition:
        """Clauses joined by booleans."""
        condition = self.clause()
        while self.here is not None and self.here.keyword in (*BOOLEANS, "prox"):
            keyword = self.take().keyword
            if keyword == "prox":
                raise Diagnostic(39, "Proximity not supported")
            if self.is_next("/"):
                raise Diagnostic(46, "Unsupported boolean modifier", self._modifier())
            condition = BOOLEANS[keyword](condition, self.clause())
        return condition

    def clause(self) -> Condition:
        """A query in brackets, a term, or an index with its relation and term."""
        if self.is_next("("):
            self.take()
            self.depth += 1
            if self.depth > DEEPEST:
                raise _syntax(f"more than {DEEPEST} brackets within each other")
            condition = self.query()
            if not self.is_next(")"):
                raise _syntax("a bracket is not closed")
            self.take()
            self.depth -= 1
            return condition
        first = self.take()
        if first.is_sign:
            if first.text == ">":
                raise Diagnostic(10, "Query syntax error", "prefix assignment")
            raise _syntax(first.text)
        relation = self.here
        if relation is None or not (relation.is_sign or relation.keyword in RELATIONS):
            return self.term("anywhere", "all", first)
        if relation.is_sign and relation.text in "()":
            return self.term("anywhere", "all", first)
        self.take()
        if relation.is_sign and relation.text not in RELATIONS:
            raise Diagnostic(19, "Unsupported relation", relation.text)
        if self.is_next("/"):
            raise Diagnostic(20, "Unsupported relation modifier", self._modifier())
        where = _INDEXES.get(first.keyword)
        if where is None:
            raise Diagnostic(16, "Unsupported index", first.text)
        return self.term(where, RELATIONS[relation.text.lower()], self.take())

    def term(self, where: Where, how: How, token: _Token) -> Condition:
        """The condition of one term."""
        if token.is_sign or token.keyword in BOOLEANS:
            raise _syntax(token.text)
        self.terms += 1
        if self.terms > MOST_TERMS:
            raise Diagnostic(11, "Too many boolean operators in query", str(MOST_TERMS))
        if not token.text.strip():
            raise Diagnostic(27, "Empty term unsupported")
        if _MASKED_WITHIN.search(token.text):
            raise Diagnostic(29, "Masking character not supported", "only * at the end of a word")
        # What is escaped is a sign like any other, and signs are not searched.
        text = _ESCAPED.sub(lambda sign: " " if sign[1] == "*" else sign[1], token.text)
        return conditions.of_term(where, how, text.replace("\0", " "))

    def _modifier(self) -> str:
        self.take()
        return self.here.text if self.here is not None else ""
