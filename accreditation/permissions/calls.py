"""Who prepares calls, and who may begin a proposal."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.models import Call
from centar.access import YES, Verdict, no
from centar.events import moments
from centar.people import permissions as people
from centar.people.models import User

VIEW_CALL = "accreditation.view_call"
CHANGE_CALL = "accreditation.change_call"


def may_change_calls(by: object) -> Verdict:
    """Whether this user prepares and publishes calls."""
    return people.works_on(by, CHANGE_CALL)


def may_publish(call: Call, today: date) -> Verdict:
    """Whether there is something to publish: a form, and days still to come."""
    if call.published_at is not None:
        return no(gettext_lazy("The call is published already."))
    if call.closes_on < today:
        return no(gettext_lazy("The last day is over. Move the days first."))
    questions = call.form.questions
    if not questions.exists():
        return no(gettext_lazy("The form has no questions yet."))
    if questions.filter(section=None).exists():
        return no(gettext_lazy("Put every question into a section: authors fill in by sections."))
    return YES


def is_open(call: Call, today: date) -> Verdict:
    """Whether the call takes proposals today: a no carries why not. The last day counts whole."""
    if call.published_at is None or today < call.opens_on:
        return no(_("The call opens on %(day)s.") % {"day": moments.day(call.opens_on)})
    if today > call.closes_on:
        sentence = _("The call ended on %(day)s at midnight.")
        return no(sentence % {"day": moments.day(call.closes_on)})
    return YES


def may_begin(call: Call, by: object, today: date) -> Verdict:
    """Whether `by` begins a proposal: whoever has an account and a profile."""
    if not isinstance(by, User) or not by.is_active:
        return no(gettext_lazy("Sign in first, or create an account."))
    if not hasattr(by, "person"):
        return no(gettext_lazy("Fill in your profile first: a proposal names its authors."))
    return is_open(call, today)
