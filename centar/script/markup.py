"""Serbian Latin for a page of HTML, without touching what the page does.

Not a parser but a tokenizer by regular expressions, after the states of the HTML standard's own:
it is fast, takes broken markup as it comes, and every character it does not convert stays.
"""

from __future__ import annotations

import re

from centar.script import latin

# Attributes that a person reads or hears, on any element; data-label names a cell on a phone, the
# others hold what a script says.
_READ = {
    "title", "alt", "placeholder", "aria-label", "aria-description", "hx-confirm", "data-label",
    "data-lost", "data-said", "data-room",
}  # fmt: skip
_LABELLED = {"optgroup", "option", "track"}
_READ_META = {"description", "og:title", "og:description"}
_BUTTONS = {"submit", "button", "reset"}
# The content of these is no markup; a textarea's must come back as it was typed.
_RAW = {"script", "style", "textarea", "iframe", "noembed", "noframes", "xmp"}
_OPTIONS = {"option", "optgroup", "select", "datalist"}
_VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
}  # fmt: skip

# Repetitions are possessive (++, *+): nothing is tried twice, so broken markup costs no time.
# Quotation marks count only after an equals sign.
_ATTRIBUTES = r"""(?:[^>=]++|=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+|))*+"""
_TAG_OR_COMMENT = (
    rf"<(?P<closing>/?)(?P<name>[a-zA-Z][^\s/>]*+)(?P<attributes>{_ATTRIBUTES})(?:>|\Z)"
    r"|<!--(?:-?>|(?s:.*?)(?:--!?>|\Z))"
    r"|<[!?/][^>]*+(?:>|\Z)"
)
_TAG = re.compile(_TAG_OR_COMMENT)

# Most of a page has nothing to convert, and is passed over in one step: text and tags without
# Cyrillic that do not change what happens to their content. Capitals are rare: the slow way.
_SPECIAL = rf"(?:code|{'|'.join(sorted(_RAW | _OPTIONS))})(?=[\s/>])"
_CYRILLIC = "Ѐ-ӿ"
_DULL_TAG = (
    rf"</?+(?!{_SPECIAL})[a-z][a-z0-9:-]*+"
    rf"(?:\s++(?!translate|T)[^\s>={_CYRILLIC}]*+"
    rf"""(?:=(?:"[^"{_CYRILLIC}]*+"|'[^'{_CYRILLIC}]*+'|[^\s>"'{_CYRILLIC}][^\s>{_CYRILLIC}]*+))?+)*+/?+>"""
)
_DULL = rf"(?:[^<{_CYRILLIC}]++(?=<|\Z)|{_DULL_TAG})*+"
_TOKEN = re.compile(rf"{_DULL}(?:(?P<text>[^<]++)|{_TAG_OR_COMMENT}|<)?")

_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s/=>]++)(?:\s*+=\s*+(?P<value>"[^"]*+"?|'[^']*+'?|[^\s>]++))?"""
)
_SEPARATOR = "\0"
_FINISHED, _FINISHED_END = "<!--finished-->", "<!--/finished-->"

Span = tuple[int, int]


def latinise_html(html: str) -> str:
    """The page or fragment with everything that a person reads in Serbian Latin.

    Converted are text and the attributes title, alt, placeholder, aria-label, aria-description,
    hx-confirm, data-label and what scripts say (data-lost, data-said, data-room), a label of an
    option, optgroup or track, the value of a button made by <input> and the descriptions in <meta>.
    Never converted is what a form posts back (<textarea>, values, the text of an <option> without
    a value), <code>, <script>, <style>, and an element with translate="no" with all that is in it.
    """
    if latin.CYRILLIC.search(html):
        html = _converted(html)
    return html.replace(_FINISHED, "").replace(_FINISHED_END, "")


def finished(html: str) -> str:
    """A part that is in Latin already, marked so that it is not read again within its page.

    `latinise_html` of the page takes the marks out.
    """
    return f"{_FINISHED}{latinise_html(html)}{_FINISHED_END}"


def _converted(html: str) -> str:
    spans = _readable(html)
    texts = [html[start:end] for start, end in spans]
    # One conversion of everything is several times faster than one for each text.
    converted = latin.to_latin(_SEPARATOR.join(texts)).split(_SEPARATOR)
    if len(converted) != len(texts):
        converted = [latin.to_latin(text) for text in texts]
    pieces: list[str] = []
    done = 0
    for (start, end), text in zip(spans, converted, strict=True):
        pieces += html[done:start], text
        done = end
    return "".join(pieces) + html[done:]


def _readable(html: str) -> list[Span]:
    """Where the texts for people start and end."""
    spans: list[Span] = []
    posts_its_text = False
    position = 0
    while position < len(html) and (token := _TOKEN.match(html, position)):
        position = token.end()
        if html.endswith(_FINISHED, 0, position):
            position = max(position, html.find(_FINISHED_END, position))
            continue
        kind = token.lastgroup
        if kind == "text" and not posts_its_text:
            spans.append(token.span("text"))
        if kind != "attributes":
            continue
        name = token["name"].lower()
        attributes = _attributes(token)
        if name in _OPTIONS:
            is_open = name == "option" and not token["closing"]
            posts_its_text = is_open and "value" not in attributes
        if token["closing"]:
            continue
        is_kept = name == "code" or _value(html, attributes, "translate") == "no"
        if not is_kept:
            read = _read_attributes(html, name, attributes)
            spans += [span for key, span in attributes.items() if key in read and span[0] >= 0]
        if name in _RAW:
            position = _end_of_raw(html, name, position)
        elif is_kept and name not in _VOID:
            position = _end_of_element(html, name, position)
    return spans


def _attributes(tag: re.Match[str]) -> dict[str, Span]:
    """The place of each attribute's value, with its quotation marks; (-1, -1) without a value."""
    start, end = tag.span("attributes")
    return {
        attribute["name"].lower(): attribute.span("value")
        for attribute in _ATTRIBUTE.finditer(tag.string, start, end)
    }


def _value(html: str, attributes: dict[str, Span], name: str) -> str:
    start, end = attributes.get(name, (0, 0))
    return html[start:end].strip("\"'").lower()


def _read_attributes(html: str, name: str, attributes: dict[str, Span]) -> set[str]:
    if name in _LABELLED:
        return _READ | {"label"}
    if name == "input" and _value(html, attributes, "type") in _BUTTONS:
        return _READ | {"value"}
    if name == "meta" and _READ_META & {
        _value(html, attributes, "name"),
        _value(html, attributes, "property"),
    }:
        return _READ | {"content"}
    return _READ


def _end_of_raw(html: str, name: str, position: int) -> int:
    end = re.compile(rf"(?i)</{name}(?=[\s/>])").search(html, position)
    return end.start() if end else len(html)


def _end_of_element(html: str, name: str, position: int) -> int:
    """Behind the end tag that closes the element; elements of its name may be inside."""
    depth = 1
    while depth and (tag := _TAG.search(html, position)):
        position = tag.end()
        inner = (tag["name"] or "").lower()
        if inner in _RAW and not tag["closing"]:
            position = _end_of_raw(html, inner, position)
        elif inner == name:
            depth += -1 if tag["closing"] else 1
    return len(html) if depth else position
