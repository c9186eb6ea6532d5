"""The fields of a registration: `{% load registration %}`."""

from __future__ import annotations

from crispy_forms.utils import render_crispy_form
from django import template
from django.utils.safestring import SafeString

from centar.events.forms import RegistrationForm
from centar.events.models import Event
from centar.people.models import Person
from centar.script import remembered

register = template.Library()


@register.simple_tag
def registration_fields(form: RegistrationForm) -> SafeString:
    """The form's fields. Unfilled, with the note alone, they are the same for everybody, and are
    drawn once: hundreds open this page when the registration for a seminar opens.
    """
    if form.is_bound or form.needs_birth:
        return SafeString(render_crispy_form(form))
    return _note_alone()


@remembered.in_each_face
def _note_alone() -> SafeString:
    return SafeString(render_crispy_form(RegistrationForm(event=Event(), person=Person())))
