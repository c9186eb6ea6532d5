from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.translation import gettext_lazy, override

from centar import access
from tests.factories.people import UserFactory


def view(request, number=0):
    return HttpResponse(f"seen {number}")


def test_a_verdict_is_a_truth_value():
    assert bool(access.YES) is True
    assert bool(access.no("Not today.")) is False


def test_demanding_lets_a_yes_pass():
    access.demand(access.YES)
    access.require(access.YES)


def test_a_demand_refuses_with_the_sentence():
    with pytest.raises(access.Refusal) as refusal:
        access.demand(access.no("The door is closed."))

    assert (str(refusal.value), refusal.value.field) == ("The door is closed.", None)


def test_a_refusal_may_name_the_field_it_belongs_to():
    assert access.Refusal("Too many.", field="capacity").field == "capacity"


def test_a_refusal_speaks_the_reader_s_language():
    refusal = access.Refusal(gettext_lazy("English"))

    with override("sr"):
        said = str(refusal)

    assert said == "енглески"


def test_a_page_that_is_required_answers_403_with_the_reason():
    with pytest.raises(PermissionDenied, match="It belongs to somebody else"):
        access.require(access.no("It belongs to somebody else."))


@pytest.mark.parametrize(
    ("mark", "entrance"),
    [
        (access.everyone, "everyone"),
        (access.shared, "shared"),
        (access.by_link, "link"),
        (access.signed_in, "signed_in"),
    ],
)
def test_each_mark_is_written_on_the_view(mark, entrance):
    def entered(request):
        return HttpResponse()

    assert mark(entered).entrance == entrance


def test_a_stranger_is_sent_to_sign_in_and_back():
    request = RequestFactory().get("/mesto/?strana=2")
    request.user = AnonymousUser()

    answer = access.signed_in(view)(request)

    assert (answer.status_code, answer.url) == (
        302,
        "/nalog/login/?next=/mesto/%3Fstrana%3D2",
    )


@pytest.mark.django_db
def test_somebody_with_an_account_comes_in():
    request = RequestFactory().get("/")
    request.user = UserFactory()

    assert access.signed_in(view)(request, number=5).content == b"seen 5"
