"""Parts of pages that are the same for every reader of a face: `{% load fixed %}`."""

from __future__ import annotations

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from centar.script import faces, markup

register = template.Library()


class FixedNode(template.Node):
    """Draws its content once for each face and for each of the values given."""

    def __init__(self, nodelist: NodeList, values: dict[str, FilterExpression]) -> None:
        self.nodelist = nodelist
        self.values = values
        self.drawn: dict[tuple[object, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """The content, as it was drawn the first time."""
        values = {name: value.resolve(context) for name, value in self.values.items()}
        face = faces.active()
        key = (face, get_language(), *values.values())
        if key not in self.drawn:
            # Nothing of the page is known inside, so nothing of one reader reaches another.
            drawn = self.nodelist.render(context.new({"face": context.get("face"), **values}))
            self.drawn[key] = SafeString(markup.finished(drawn)) if face.is_latin else drawn
        return self.drawn[key]


@register.tag
def fixed(parser: Parser, token: Token) -> FixedNode:
    """A part that is drawn once, such as the footer: `{% fixed %}…{% endfixed %}`.

    It knows nothing but the face, and what it is given by name: `{% fixed here=view_name %}`.
    Those must have few different values, since what is drawn stays.
    """
    name, *bits = token.split_contents()
    values = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError(f"{name} takes values by name only.")
    nodelist = parser.parse(("endfixed",))
    parser.delete_first_token()
    return FixedNode(nodelist, values)
