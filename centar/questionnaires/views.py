"""The page of one section of a questionnaire that several people fill in.

It is saved while somebody types, by a button without JavaScript, and shows two who save at once
both versions. An app says by its `Desk` whose section it is and how it is kept.
"""

from __future__ import annotations

import secrets
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from centar import access, kept_forms
from centar.questionnaires import comparison
from centar.questionnaires.drafts import ChangedMeanwhile, SectionDraft, Seen, Values
from centar.questionnaires.forms import AnswerForm, bound, stepped
from centar.questionnaires.forms.answers import CONFIRM
from centar.questionnaires.models import Questionnaire, Section

CHECK = "provera"
"""In the address: show what is missing too, as the check page does."""
KEPT = "kept"
"""Where a page says that it was saved on the way."""


@dataclass(frozen=True)
class Desk(ABC):
    """A section as it lies before its writer; `back` is the page with all sections."""

    questionnaire: Questionnaire
    section: Section
    drafts: Mapping[int, SectionDraft]
    back: str

    @property
    @abstractmethod
    def title(self) -> str:
        """What the whole is called, on the way back to it."""

    @property
    def subtitle(self) -> str:
        """Whose it is, where that has to be said."""
        return ""

    @property
    @abstractmethod
    def verdict(self) -> access.Verdict:
        """Whether it can be written now."""

    @property
    def closed(self) -> str:
        """What is said above the reason when it cannot."""
        return _("It cannot be answered now")

    @abstractmethod
    def keep(
        self, values: dict[str, list[str]], seen: Seen, *, is_whole: bool, by_button: bool
    ) -> SectionDraft:
        """Save what was typed; `is_whole` when nothing is missing. Refuses with a sentence."""

    @property
    def draft(self) -> SectionDraft | None:
        """What is kept of the section."""
        return self.drafts.get(self.section.pk)

    def form(self, data: Values, *, is_draft: bool = True) -> AnswerForm:
        """The section's form with this in it, which knows what the other sections say."""
        elsewhere: dict[str, list[str]] = {}
        for key, draft in self.drafts.items():
            if key != self.section.pk:
                elsewhere |= draft.values
        return AnswerForm(
            data if isinstance(data, MultiValueDict) else bound(data),
            questionnaire=self.questionnaire,
            section=self.section,
            is_draft=is_draft,
            elsewhere=elsewhere,
        )


def answer(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Show the section, or save what was typed into it: by the button, on the way, or by a choice
    between two versions. What was sent after the sign-in had ended is shown again.
    """
    typed = kept_forms.sent(request)
    if typed is None:
        draft = desk.draft.values if desk.draft else {}
        form = desk.form(draft, is_draft=CHECK not in request.GET)
        return _page(request, desk, form, fresh(desk.draft.revision if desk.draft else 0))
    seen = seen_by(typed)
    data = stepped(typed, desk.questionnaire)
    form = desk.form(typed if data is None else data)
    is_sent = request.method == "POST"
    if "resolve" in typed and desk.draft is not None:
        theirs = desk.form(desk.draft.values)
        found = comparison.differences(form, theirs, typed)
        is_decided = seen.revision == desk.draft.revision and all(one.chosen for one in found)
        if not (is_sent and is_decided):
            return _conflict(request, desk, form, desk.draft, seen, typed)
        form = desk.form(comparison.merged(form, theirs, typed) | _confirmed(form))
    if not is_sent:
        return _page(request, desk, form, seen)
    on_the_way = data is not None or is_automatic(request)
    try:
        draft = _keep(desk, form, seen, on_the_way=on_the_way)
    except ChangedMeanwhile as meanwhile:
        if is_automatic(request):
            return told(request, meanwhile.draft, seen)
        if data is not None:
            return _page(request, desk, form, seen)
        return _conflict(request, desk, form, meanwhile.draft, seen, typed)
    except access.Refusal as refusal:
        # Out of time: what was typed is shown, so that nothing is lost.
        if is_automatic(request):
            return told(request, desk.draft, seen, refused=str(refusal))
        return _page(request, desk, form, seen, refused=str(refusal), status=409)
    seen = Seen(draft.revision, seen.page)
    if is_automatic(request):
        return told(request, draft, seen, is_kept=True)
    if data is not None:
        return _page(request, desk, form, seen)
    if form.errors:
        return _page(request, desk, form, seen, status=422)
    _say_saved(request, desk, desk.form(form.values(), is_draft=False))
    return redirect(desk.back)


def fresh(revision: int) -> Seen:
    """What a page that is opened now sees."""
    return Seen(revision, secrets.token_hex(8))


def seen_by(typed: QueryDict) -> Seen:
    """What the page that was sent had seen."""
    revision = typed.get("seen", "")
    number = int(revision[:9]) if revision.isascii() and revision.isdigit() else 0
    return Seen(number, typed.get("page", "").replace("\0", "")[:32])


def is_automatic(request: HttpRequest) -> bool:
    """Whether the browser saves while somebody is typing."""
    return request.headers.get("HX-Target") == KEPT


def told(
    request: HttpRequest, draft: object, seen: Seen, *, is_kept: bool = False, refused: str = ""
) -> HttpResponse:
    """What stands beside the button after saving on the way."""
    context = {"draft": draft, "seen": seen, "is_kept": is_kept, "refused": refused}
    return render(request, "questionnaires/_kept.html", context)


def _keep(desk: Desk, form: AnswerForm, seen: Seen, *, on_the_way: bool) -> SectionDraft:
    is_whole = desk.form(form.values(), is_draft=False).is_valid()
    return desk.keep(_typed(form), seen, is_whole=is_whole, by_button=not on_the_way)


def _typed(form: AnswerForm) -> dict[str, list[str]]:
    """What was typed, and which doubts were confirmed."""
    return form.values() | _confirmed(form)


def _confirmed(form: AnswerForm) -> dict[str, list[str]]:
    confirmed = form.confirmed()
    return {CONFIRM: confirmed} if confirmed else {}


def _page(
    request: HttpRequest,
    desk: Desk,
    form: AnswerForm,
    seen: Seen,
    *,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "desk": desk,
        "form": form,
        "seen": seen,
        "refused": refused or desk.verdict.reason,
        "is_lost": bool(refused),
        "kept": KEPT,
    }
    return render(request, "questionnaires/section.html", context, status=status)


def _conflict(
    request: HttpRequest,
    desk: Desk,
    mine: AnswerForm,
    draft: SectionDraft,
    seen: Seen,
    typed: QueryDict,
) -> HttpResponse:
    """Both versions, answer by answer, for whoever came later to choose."""
    theirs = desk.form(draft.values)
    context = {
        "desk": desk,
        "draft": draft,
        "mine": _typed(mine),
        "differences": comparison.differences(mine, theirs, typed),
        "seen": Seen(draft.revision, seen.page),
        "is_undecided": "resolve" in typed and seen.revision == draft.revision,
    }
    return render(request, "questionnaires/conflict.html", context, status=409)


def _say_saved(request: HttpRequest, desk: Desk, whole: AnswerForm) -> None:
    wanting = sum(bool(part.errors) for part in whole.parts())
    if wanting:
        words = ngettext(
            "Saved. %(number)d question of this section still needs an answer.",
            "Saved. %(number)d questions of this section still need an answer.",
            wanting,
        )
        messages.warning(request, words % {"number": wanting})
    else:
        messages.success(request, _("Saved: %(section)s.") % {"section": desk.section})
