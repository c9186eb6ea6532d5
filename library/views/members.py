"""Members as the desk keeps them: joining, the card, blocking, queues and losses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from centar import access, kept_forms
from centar.audit.forms import ReasonForm
from centar.events.forms import ReorderForm
from centar.people.forms import SchoolSearchForm
from centar.people.models import User
from centar.people.queries import SchoolSearch
from centar.script import faces
from library import cards
from library.forms.copies import StateForm
from library.forms.lending import AccountForm, BlockForm, LossForm, MemberForm, TurnForm
from library.models import Copy, Member, Record, Reservation
from library.operations import condition, members, reservations
from library.queries import desk
from library.views.desk import KEY, librarian


def done(form: forms.Form, deed: Callable[[], object]) -> bool:
    """Do it when the form is right; a refusal becomes a sentence at its field."""
    if not form.is_valid():
        return False
    try:
        deed()
    except access.Refusal as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, str(refusal))
        return False
    return True


@access.signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest) -> HttpResponseBase:
    """Make somebody a member; then the desk is open for them."""
    by = librarian(request)
    sent = kept_forms.sent(request)
    search = SchoolSearchForm(sent).search(faces.of(request)) if sent else SchoolSearch()
    looks_for_school = sent is not None and "find_school" in sent
    form = MemberForm(initial=sent.dict()) if sent and looks_for_school else MemberForm(sent)

    def deed() -> None:
        member = members.join(about=form.application, by=by)
        request.session[KEY] = {"member": member.pk}
        messages.success(
            request,
            _("%(member)s is a member, with the card %(card)s.")
            % {"member": member, "card": member.card},
        )

    if request.method == "POST" and not looks_for_school and done(form, deed):
        return redirect("library:desk")
    return render(request, "library/join.html", {"form": form, "search": search})


@access.signed_in
@never_cache
@require_safe
def card(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The reader's card, to be printed."""
    librarian(request)
    member = get_object_or_404(desk.members(), pk=pk)
    context = {"member": member, **cards.drawings(member.card)}
    return render(request, "library/card.html", context)


@access.signed_in
@never_cache
@require_safe
def consent(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The consent for a pupil, to be printed and signed."""
    librarian(request)
    pupil = get_object_or_404(desk.members(), pk=pk, kind=Member.Kind.PUPIL)
    return render(request, "library/consent.html", {"member": pupil})


@access.signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One member: whose consent there is, whose account, and nothing lent for a reason."""
    by = librarian(request)
    one = get_object_or_404(desk.members(), pk=pk)
    action = request.POST.get("action", "") if request.method == "POST" else None
    if action == "unblock":
        members.unblock(member_id=one.pk, by=by)
        return redirect("library:member", pk)
    if action == "leave":
        return _leave(request, one, by)
    account = AccountForm(request.POST if action == "connect" else None)
    if action == "connect" and done(
        account, lambda: members.connect(member_id=one.pk, by=by, **account.cleaned_data)
    ):
        messages.success(request, _("The member sees the loans on the portal now."))
        return redirect("library:member", pk)
    form = BlockForm(request.POST if action == "" else None)
    if action == "" and done(
        form, lambda: members.block(member_id=one.pk, by=by, **form.cleaned_data)
    ):
        messages.success(request, _("Nothing is lent to this member now."))
        return redirect("library:member", pk)
    context = {"sheet": desk.sheet(one), "form": form, "account": account}
    return render(request, "library/member.html", context)


def _leave(request: HttpRequest, member: Member, by: User) -> HttpResponseBase:
    try:
        members.leave(member_id=member.pk, by=by)
    except access.Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("library:member", member.pk)
    messages.success(request, _("%(member)s is no longer a member.") % {"member": member})
    return redirect("library:desk")


@access.signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def copy_state(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say what has become of a copy: lost, damaged, back again."""
    by = librarian(request)
    copy = get_object_or_404(Copy.objects.select_related("record", "issue"), pk=pk)
    asked = Copy.State.LOST if request.GET.get("state") == Copy.State.LOST else copy.state
    form = StateForm(kept_forms.sent(request), initial={"state": asked})

    def deed() -> None:
        aside = condition.mark(
            copy_id=copy.pk,
            state=Copy.State(form.cleaned_data["state"]),
            reason=form.cleaned_data["reason"],
            by=by,
        )
        said = _("The register says so now.")
        if aside is not None:
            said += " " + _("Put it aside for %(member)s.") % {"member": aside.member}
        messages.success(request, said)

    if request.method == "POST" and done(form, deed):
        return redirect("library:desk")
    return render(request, "library/copy_state.html", {"copy": copy, "form": form})


@access.signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def loss(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Note how a lost thing was made good."""
    by = librarian(request)
    loan = get_object_or_404(desk.losses(), pk=pk)
    form = LossForm(kept_forms.sent(request))
    member_id = loan.member_id
    if request.method == "POST" and done(
        form, lambda: condition.settle_loss(loan_id=loan.pk, by=by, **form.cleaned_data)
    ):
        messages.success(request, _("Noted. The loss is made good."))
        return redirect("library:member", member_id)
    return render(request, "library/loss.html", {"loan": loan, "form": form})


@access.signed_in
@never_cache
@require_safe
def queue(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Everybody who has reserved a record, in their order."""
    librarian(request)
    return _queue(request, get_object_or_404(Record, pk=pk))


def _queue(request: HttpRequest, record: Record, **more: Any) -> HttpResponseBase:
    turn = TurnForm(record=record)
    context = {"record": record, "queue": desk.queue_of(record), "turn": turn, **more}
    return render(request, "library/queue.html", context, status=422 if more else 200)


@access.signed_in
@require_POST
def reserve_for(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take a turn for a member who asks at the desk or by telephone."""
    by = librarian(request)
    record = get_object_or_404(Record.objects.published(), pk=pk)
    form = TurnForm(request.POST, record=record)

    def deed() -> None:
        found = desk.meant(form.cleaned_data["member"])
        if len(found) != 1:
            raise access.Refusal(_not_one(found), field="member")
        issue = form.cleaned_data.get("issue")
        reservations.reserve(
            record_id=record.pk,
            member_id=found[0].pk,
            issue_id=issue.pk if issue else None,
            by=by,
        )
        messages.success(request, _("Reserved for %(member)s.") % {"member": found[0]})

    if done(form, deed):
        return redirect("library:queue", record.pk)
    return _queue(request, record, turn=form, form=form)


def _not_one(found: Sequence[Member]) -> str:
    if not found:
        return _("The library knows no member with this card or name.")
    cards = ", ".join(f"{one} ({one.card})" for one in found)
    return _("Several members are called so; type the card: %(cards)s.") % {"cards": cards}


@access.signed_in
@require_POST
def change_turn(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Move somebody in the queue, or cancel a reservation; both with a reason."""
    by = librarian(request)
    rows = Reservation.objects.live().select_related("record")
    reservation = get_object_or_404(rows, pk=pk)
    moves = request.POST.get("action") == "move"
    form = ReorderForm(request.POST) if moves else ReasonForm(request.POST)
    deed = reservations.move if moves else reservations.cancel
    if done(form, lambda: deed(reservation_id=reservation.pk, by=by, **form.cleaned_data)):
        messages.success(
            request, _("The queue is changed.") if moves else _("The reservation is cancelled.")
        )
        return redirect("library:queue", reservation.record_id)
    return _queue(request, reservation.record, form=form, wrong_at=reservation.pk)
