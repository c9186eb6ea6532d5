"""A teacher before a browser, who reads English."""

from __future__ import annotations

from django.test import Client

from tests import reader
from tests.factories.teachers import TeacherInvitationFactory, path, teachers_round


def words(response):
    return reader.Page(response.content.decode()).text


def english(invitation, page=""):
    return "/en" + path(invitation, page)


def asked(sections=0, **facts):
    survey, questions = teachers_round(sections=sections, **facts)
    return TeacherInvitationFactory(round=survey), questions


def begin(invitation, browser=None):
    """Somebody who has begun, with the browser and the code."""
    browser = browser or Client()
    browser.post(english(invitation), {"begin": "1"})
    return browser, browser.cookies["nacrt-en"].value


def typed(question, value="4"):
    return {f"q{question.pk}": value}
