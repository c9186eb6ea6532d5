"""What a person sees of a page: its words, its language, its headings, its links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

# Attributes whose text is shown or read aloud.
SPOKEN = ("alt", "aria-label", "placeholder", "title")
# What was typed is not what the page says.
SILENT = {"script", "style", "template", "textarea"}
# Words in neighbouring elements of these kinds run together as they stand.
INLINE = {"a", "abbr", "b", "em", "i", "small", "span", "strong", "sup", "time"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Page(HTMLParser):
    """A page as it is read. What stands inside translate="no" is kept apart, as foreign."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.lang = ""
        self.title = ""
        self.texts: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.headings: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        """The visible words in one line."""
        return " ".join("".join(self.texts).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag == "html":
            self.lang = known.get("lang") or ""
        foreign = self._foreign or tag in SILENT or known.get("translate") == "no"
        if tag not in VOID:
            self._open.append((tag, foreign))
        if tag == "a":
            self.links.append((known.get("href") or "", ""))
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append("")
        if not foreign:
            if tag not in INLINE:
                self.texts.append(" ")
            self.texts += [f" {known[name]} " for name in SPOKEN if known.get(name)]
            is_button = tag == "input" and known.get("type") in ("submit", "button")
            if is_button and known.get("value"):
                self.texts.append(f" {known['value']} ")

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self.texts.append(" ")
        while self._open:
            name, _ = self._open.pop()
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        inside = [name for name, _ in self._open]
        if "title" in inside and "svg" not in inside:
            self.title += data
        if not self._foreign:
            self.texts.append(data)
        if "a" in inside and self.links:
            href, text = self.links[-1]
            self.links[-1] = (href, f"{text} {data.strip()}".strip())
        if self.headings and any(re.fullmatch(r"h[1-6]", name) for name in inside):
            self.headings[-1] = f"{self.headings[-1]} {data.strip()}".strip()

    @property
    def _foreign(self) -> bool:
        return bool(self._open) and self._open[-1][1]


def latin_words(text: str) -> Iterator[str]:
    """The words written in Latin letters; addresses of pages and of people are left out."""
    text = re.sub(r"\S+@\S+|\b(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?", " ", text)
    yield from re.findall(r"[A-Za-zČĆŽŠĐčćžšđ]+", text)


def cyrillic_words(text: str) -> list[str]:
    """The words with a Cyrillic letter in them."""
    return re.findall(r"\w*[\u0400-\u04FF]\w*", text)


class Fields(HTMLParser):
    """What a browser would send from the form of a page with the most fields, untouched."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[dict[str, list[str]]] = []
        self._select = ""
        self._first_option: str | None = None
        self._textarea = ""
        self.feed(html)
        self.close()

    @property
    def largest(self) -> dict[str, list[str]]:
        """The fields of that form; a field without a value is sent empty, as browsers do."""
        return max(self.forms, key=len)

    def _put(self, name: str, value: str) -> None:
        if self.forms and name:
            self.forms[-1].setdefault(name, []).append(value)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        name, value = known.get("name", ""), known.get("value", "")
        if tag == "form":
            self.forms.append({})
        elif tag == "input":
            kind = known.get("type", "text")
            if kind in ("checkbox", "radio") and "checked" in known:
                self._put(name, value or "on")
            elif kind not in ("checkbox", "radio", "submit", "button", "file", "image"):
                self._put(name, value)
        elif tag == "select":
            self._select, self._first_option = name, None if "multiple" not in known else ""
        elif tag == "option" and self._select:
            if "selected" in known:
                self._put(self._select, value)
                self._first_option = ""
            elif self._first_option is None:
                self._first_option = value
        elif tag == "textarea":
            self._textarea = name
            self._put(name, "")

    def handle_data(self, data: str) -> None:
        if self._textarea and self.forms:
            self.forms[-1][self._textarea][-1] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            if self._first_option:
                self._put(self._select, self._first_option)
            self._select = ""
        elif tag == "textarea":
            self._textarea = ""


def typed(html: str, **changes: object) -> dict[str, object]:
    """The page's form as a browser would send it, with these fields typed anew."""
    return {**Fields(html).largest, **changes}
