"""Parts of pages that depend on nothing but what they are given: `{% load fixed %}`."""

from __future__ import annotations

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from centar.script import faces, markup

register = template.Library()

MOST_DRAWN = 512
"""How many drawings a part keeps, in all faces together; then it begins anew."""


class FixedNode(template.Node):
    """Draws its content once for each face and for each of the values given."""

    def __init__(self, nodelist: NodeList, values: dict[str, FilterExpression]) -> None:
        self.nodelist = nodelist
        self.values = values
        self.drawn: dict[tuple[object, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """The content, as it was drawn the first time."""
        values = {name: value.resolve(context) for name, value in self.values.items()}
        # Each face has a prefix of its own, which is at hand sooner than the face.
        key = (get_script_prefix(), get_language(), *values.values())
        kept = self.drawn.get(key)
        if kept is None:
            # Nothing of the page is known inside, so nothing of one reader reaches another.
            drawn = self.nodelist.render(context.new({"face": context.get("face"), **values}))
            kept = SafeString(markup.finished(drawn)) if faces.active().is_latin else drawn
            if len(self.drawn) >= MOST_DRAWN:
                self.drawn.clear()
            self.drawn[key] = kept
        return kept


@register.tag
def fixed(parser: Parser, token: Token) -> FixedNode:
    """A part that is drawn once, such as the footer: `{% fixed %}…{% endfixed %}`.

    It knows nothing but the face, and what it is given by name: `{% fixed here=view_name %}`. It
    is drawn once for each of those values, which are hashable and compare by all that is shown
    of them: numbers, texts, frozen rows of a query, never models.
    """
    name, *bits = token.split_contents()
    values = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError(f"{name} takes values by name only.")
    nodelist = parser.parse(("endfixed",))
    parser.delete_first_token()
    return FixedNode(nodelist, values)
