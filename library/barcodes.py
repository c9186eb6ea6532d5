"""Code 128 (ISO/IEC 15417) as a drawing, for readers' cards and the readers that scan lines."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

# Widths of bars and gaps in turn, by the value of the symbol.
WIDTHS = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 "
    "122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 "
    "321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 "
    "211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 "
    "213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 "
    "121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 "
    "241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 "
    "412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 "
    "211214 211232 2331112"
)
PATTERNS = WIDTHS.split()
START_LETTERS, START_DIGITS, STOP = 104, 105, 106
QUIET = 10
"""Modules of white at each end, as the standard asks."""
HEIGHT = 30


def symbols(code: str) -> list[int]:
    """The symbols of a code, start, check and stop included: pairs of digits where it is digits.

    Raises ValueError for what is not printable ASCII.
    """
    if code.isdecimal() and code.isascii() and len(code) % 2 == 0:
        pairs = (code[at : at + 2] for at in range(0, len(code), 2))
        values = [START_DIGITS, *map(int, pairs)]
    elif all(" " <= sign <= "~" for sign in code):
        values = [START_LETTERS, *(ord(sign) - 32 for sign in code)]
    else:
        raise ValueError("Code 128 has printable ASCII only.")
    check = values[0] + sum(place * value for place, value in enumerate(values[1:], 1))
    return [*values, check % 103, STOP]


def svg(code: str) -> SafeString:
    """The bar code as an SVG on its white ground."""
    at, path = QUIET, ""
    for symbol in symbols(code):
        for number, width in enumerate(map(int, PATTERNS[symbol])):
            if number % 2 == 0:
                path += f"M{at} 0h{width}v{HEIGHT}h-{width}z"
            at += width
    return format_html(
        '<svg viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true">'
        '<path fill="#fff" d="M0 0h{}v{}H0z"/><path d="{}"/></svg>',
        at + QUIET,
        HEIGHT,
        at + QUIET,
        HEIGHT,
        path,
    )
