"""Pages of a teacher who answers without saying who it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from centar import access
from centar.documents import limits
from centar.questionnaires.forms import AnswerForm, bound, stepped
from centar.questionnaires.forms.answers import CONFIRM
from centar.questionnaires.forms.parts import Part
from centar.questionnaires.models import Questionnaire, Rules
from needs_survey.forms.teachers import NO_CODE, NO_KEY, KeyForm, LinkCodeForm, SendForm
from needs_survey.operations import teachers as operations
from needs_survey.queries import teachers as queries
from needs_survey.queries.teachers import Step
from needs_survey.views.teacher_visits import GUESSES, Visit, by_code, nameless

CHECK = "provera"
"""In the address: show what is missing too, as the last page does."""


@dataclass(frozen=True)
class StepStanding:
    """A page of the questionnaire, and the questions on it that stand in the way of sending."""

    step: Step
    path: str
    is_begun: bool
    wanting: list[Part]


@access.everyone
@nameless
@require_http_methods(["GET", "HEAD", "POST"])
def entrance(request: HttpRequest) -> HttpResponse:
    """Ask for the code of a slip; a right one leads to the questionnaire."""
    form = LinkCodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        code = form.cleaned_data["code"]
        if queries.invitation_behind(code) is not None:
            return redirect("needs_survey:teacher", code)
        form.add_error("code", NO_CODE)
    if form.is_bound:
        limits.note_guess(request, GUESSES)
    status = 422 if form.errors else 200
    return render(request, "needs_survey/teacher_entrance.html", {"form": form}, status=status)


@by_code
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What is promised; begin here, or go on with the code of a draft, or be forgotten here."""
    if (closed := _closed(request, visit)) is not None:
        return closed
    form = KeyForm(request.POST if "key" in request.POST else None)
    if form.is_bound and form.is_valid():
        key = form.cleaned_data["key"]
        if queries.draft_values(visit.round.pk, key) is not None:
            return _with_key(request, visit, key)
        form.add_error("key", NO_KEY)
    if form.is_bound:
        limits.note_guess(request, GUESSES)
    elif request.method == "POST" and "forget" in request.POST:
        response = redirect(visit.path)
        visit.forget_key(response)
        return response
    elif request.method == "POST":
        return _with_key(request, visit, visit.key or operations.begin(round_id=visit.round.pk))
    context = {
        "visit": visit,
        "intro": visit.round.questionnaire.intro,
        "form": form,
        "smallest": Rules.current().smallest_group,
        "next": visit.step_path(1),
    }
    return render(
        request, "needs_survey/teacher_start.html", context, status=422 if form.errors else 200
    )


@by_code
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Fill in one part of the questionnaire."""
    questionnaire = queries.questionnaire_of(visit.round)
    steps = queries.steps(questionnaire)
    if not 1 <= number <= len(steps):
        raise Http404
    return _fill(request, visit, questionnaire, steps, steps[number - 1])


@by_code
@require_http_methods(["GET", "HEAD", "POST"])
def whole(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Fill in everything on one page."""
    questionnaire = queries.questionnaire_of(visit.round)
    step = Step(1, None)
    return _fill(request, visit, questionnaire, [step], step)


@by_code
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Look at what is missing, say the subject if one wants to, and send."""
    # Sent twice, it is one answer: whoever lost the connection reads that it is here.
    if not visit.key:
        return redirect(visit.path)
    if not visit.is_unfinished and (closed := _closed(request, visit)) is not None:
        return closed
    questionnaire = queries.questionnaire_of(visit.round)
    confirmed = request.POST.getlist(CONFIRM)
    answers = AnswerForm(bound({**visit.values, CONFIRM: confirmed}), questionnaire=questionnaire)
    is_whole = answers.is_valid()
    form = SendForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and is_whole and not answers.unconfirmed():
        subject = form.cleaned_data["subject"]
        try:
            operations.send(
                invitation_id=visit.invitation.pk,
                key=visit.key,
                subject_id=subject.pk if subject else None,
                answers=answers.answers(),
            )
        except operations.AlreadyAnswered:
            return redirect(visit.path)
        except access.Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            response = redirect(visit.path)
            visit.forget_key(response)
            return response
    context = {
        "visit": visit,
        "questionnaire": questionnaire,
        "form": form,
        "steps": _standing(visit, questionnaire, answers),
        "is_whole": is_whole,
        "doubts": answers.doubts() if is_whole else [],
        "confirmed": confirmed,
    }
    status = 422 if form.is_bound else 200
    return render(request, "needs_survey/teacher_send.html", context, status=status)


def _closed(request: HttpRequest, visit: Visit) -> HttpResponse | None:
    """The page that says why nothing can be answered; None where it can."""
    if visit.is_unfinished:
        return redirect(visit.send_path)
    if not visit.invitation.is_used and visit.verdict:
        return None
    # Reading that it was sent is no conflict; writing over it would be one.
    status = 403 if not visit.invitation.is_used else 409 if request.method == "POST" else 200
    response = render(request, "needs_survey/teacher_closed.html", {"visit": visit}, status=status)
    if visit.invitation.is_used:
        visit.forget_key(response)
    return response


def _with_key(request: HttpRequest, visit: Visit, key: str) -> HttpResponse:
    """To the first page that is filled in, with the draft of this key."""
    first = visit.whole_path if "whole" in request.POST else visit.step_path(1)
    response = redirect(first)
    visit.keep_key(response, request, key)
    return response


def _fill(
    request: HttpRequest,
    visit: Visit,
    questionnaire: Questionnaire,
    steps: list[Step],
    step: Step,
) -> HttpResponse:
    if (closed := _closed(request, visit)) is not None:
        return closed
    if not visit.key:
        return redirect(visit.path)
    data = stepped(request.POST, questionnaire)
    typed = request.POST if data is None else data
    form = AnswerForm(
        typed if request.method == "POST" else bound(visit.values),
        questionnaire=questionnaire,
        section=step.section,
        is_draft=request.method == "POST" or CHECK not in request.GET,
        elsewhere=visit.values,
    )
    refused = ""
    if request.method == "POST":
        asked = [f"q{part.question.pk}" for part in form.parts()]
        try:
            operations.save(
                round_id=visit.round.pk, key=visit.key, values=form.values(), instead_of=asked
            )
        except access.Refusal as refusal:
            refused = str(refusal)
        else:
            if data is None and not form.errors:
                return redirect(_after(request, visit, steps, step))
    context = {
        "visit": visit,
        "questionnaire": questionnaire,
        "form": form,
        "step": step,
        "last": len(steps),
        "refused": refused,
    }
    status = 409 if refused else 422 if form.errors and request.method == "POST" else 200
    if data is not None and not refused:
        status = 200
    return render(request, "needs_survey/teacher_step.html", context, status=status)


def _after(request: HttpRequest, visit: Visit, steps: list[Step], step: Step) -> str:
    """Where the button that was pressed leads."""
    if "back" in request.POST:
        return visit.step_path(step.number - 1) if step.number > 1 else visit.path
    if "end" in request.POST or step.number == len(steps):
        return visit.send_path
    return visit.step_path(step.number + 1)


def _standing(
    visit: Visit, questionnaire: Questionnaire, answers: AnswerForm
) -> list[StepStanding]:
    def of(step: Step, parts: Iterable[Part]) -> list[Part]:
        return [one for one in parts if step.section in (None, one.question.section)]

    return [
        StepStanding(
            step,
            visit.step_path(step.number),
            any(name in visit.values for one in of(step, answers.parts()) for name in one.names),
            [one for one in of(step, answers.parts()) if one.errors],
        )
        for step in queries.steps(questionnaire)
    ]
