"""Building blocks of the pages, for templates: `{% load components %}`.

Parts with a body are block tags, parts without one are snippets in `templates/components/`.
Their looks are in `static/css/components.css`. What a part is given is escaped, as everywhere in
templates; only its body, which the template engine has already rendered, goes in as it is.
"""

from __future__ import annotations

from django import template
from django.template.context import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

CALLOUT_ICONS = {"success": "success", "warning": "warning", "error": "error"}


@register.simple_tag
def icon(name: str, kind: str = "") -> SafeString:
    """A drawing from `static/img/icons.svg`, hidden from screen readers: words stand beside it.

    `kind` adds the class `icon-<kind>`, where the style sheet tells one icon from another.
    """
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        f" icon-{kind}" if kind else "",
        static("img/icons.svg"),
        name,
    )


@register.simple_block_tag(takes_context=True)
def menu_link(
    context: Context, content: SafeString, view: str, *also: str
) -> SafeString:
    """A link to a view of the site, marked as current on that view and on the views in `also`."""
    match = getattr(context.get("request"), "resolver_match", None)
    here = match.view_name if match else ""
    current = "page" if here == view else "true" if here in also else ""
    mark = format_html(' aria-current="{}"', current) if current else ""
    return format_html('<a href="{}"{}>{}</a>', reverse(view), mark, content)


@register.simple_block_tag
def card(
    content: SafeString, title: str = "", level: int = 2, kind: str = ""
) -> SafeString:
    """A framed part of a page with a heading of the given level; `kind` adds `card-<kind>`."""
    heading = (
        format_html('<h{} class="card-title h3">{}</h{}>', level, title, level)
        if title
        else ""
    )
    return format_html(
        '<section class="card{}"><div class="card-body">{}{}</div></section>',
        f" card-{kind}" if kind else "",
        heading,
        content,
    )


@register.simple_block_tag
def callout(content: SafeString, kind: str = "info", title: str = "") -> SafeString:
    """A message that stands out: `kind` is info, success, warning or error."""
    heading = format_html('<p class="callout-title">{}</p>', title) if title else ""
    return format_html(
        '<div class="callout callout-{}">{}<div class="callout-body">{}{}</div></div>',
        kind,
        icon(CALLOUT_ICONS.get(kind, "info")),
        heading,
        content,
    )


@register.simple_block_tag
def empty_state(
    content: SafeString, title: str, drawing: str = "calendar"
) -> SafeString:
    """Said where a list has nothing to show: what is missing, and in the body what to do next."""
    return format_html(
        '<div class="empty">{}<h2 class="h3">{}</h2>{}</div>',
        icon(drawing),
        title,
        content,
    )


@register.simple_block_tag
def disclosure(
    content: SafeString, title: str, is_open: bool = False, count: int = 0
) -> SafeString:
    """A part that the reader opens; `count` shows a number beside its title, such as filters set."""
    return format_html(
        '<details class="disclosure"{}><summary>{}{}{}</summary>'
        '<div class="disclosure-body">{}</div></details>',
        " open" if is_open else "",
        title,
        format_html(' <span class="filter-count">{}</span>', count) if count else "",
        icon("chevron", "chevron"),
        content,
    )
