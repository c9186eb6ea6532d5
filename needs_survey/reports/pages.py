"""The results of a round drawn as the main part of their page."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from centar.script import faces, markup
from needs_survey.forms.results import NarrowingForm
from needs_survey.models import Round
from needs_survey.queries import results as queries
from needs_survey.queries.results import Beside, Results
from needs_survey.reports.drawn import Drawing
from needs_survey.reports.parts import Part, part


def results_page(round: Round, chosen: dict[str, str], face: faces.Face) -> Drawing:
    """The results narrowed as `chosen`, with the form that narrows them."""
    offered = queries.offered(round)
    form = NarrowingForm(chosen, offered=offered)
    narrowing = form.narrowing()
    found = queries.results(round, narrowing)
    context = {
        "round": round,
        "form": form,
        "narrowed": len(narrowing.chosen) if narrowing else 0,
        "results": found,
        "is_anonymous": round.kind == Round.Kind.TEACHERS,
        "parts": parts(found),
    }
    head = drawn("needs_survey/_results_head.html", context, face)
    return Drawing(str(round), drawn("needs_survey/_results.html", context, face), head)


def parts(found: Results) -> list[Part]:
    """Each question as it is shown, beside that of the round before."""
    names = [found.round.title]
    if found.before is not None:
        assert found.round.compared_with is not None
        names.append(found.round.compared_with.title)
    return [part(one, names) for one in found.found]


def public_parts(round: Round) -> list[Part]:
    """Each question as everybody may see it: nothing of what was written in words."""
    tally = queries.public_tally(round)
    return [part(Beside(one), [round.title]) for one in tally.found if one.rows or one.is_hidden]


def drawn(template: str, context: dict[str, object], face: faces.Face) -> SafeString:
    """A part of a page as it stays, already in the script of the face."""
    text = render_to_string(template, context)
    return SafeString(markup.finished(text)) if face.is_latin else SafeString(text)
