"""The staff prepare a version for blind reviewers."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accreditation.models import BlindCopy, Masking, Version
from centar.files.models import PrivateFile
from tests.accreditation.test_review_pages import word_file
from tests.factories import files
from tests.factories.accreditation import (
    AttachmentFactory,
    AuthorFactory,
    ProposalFactory,
    VersionFactory,
)
from tests.factories.people import PersonFactory
from tests.factories.reviews import staff
from tests.office import desk_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> Version:
    proposal = ProposalFactory(title="Сунчани сат Зоране Ћирковић", lead=lead())
    AttachmentFactory(proposal=proposal, file=files.stored("cv.docx", word_file()))
    proposal.state, proposal.submitted_at = "submitted", timezone.now()
    proposal.save()
    made: Version = VersionFactory(proposal=proposal)
    return made


def lead() -> object:
    return PersonFactory(first_name="Зорана", last_name="Ћирковић")


@pytest.fixture
def desk() -> Client:
    return desk_of(staff())


def page(version: Version, name: str = "blinding", *args: object) -> str:
    return reverse(f"accreditation:{name}", args=[version.pk, *args])


def test_words_are_masked_and_shown_again(desk: Client, version: Version) -> None:
    typed = {"words": "Сунчани сат", "instead": "[пројекат]"}
    desk.post(page(version), typed)
    desk.post(page(version), {**typed, "instead": "[рад]"})
    masked = desk.get(page(version)).context["content"].title

    desk.post(page(version, "unmask", Masking.objects.get().pk))
    shown = desk.get(page(version)).context["content"].title

    assert (masked, shown) == ("[рад] [аутор]", "Сунчани сат [аутор]")


def test_nothing_is_no_word(desk: Client, version: Version) -> None:
    response = desk.post(page(version), {"words": " "})

    assert response.status_code == 422
    assert not Masking.objects.exists()


def test_a_copy_takes_the_place_of_the_file_and_of_an_earlier_copy(
    desk: Client, version: Version
) -> None:
    attachment = version.attachments.get()
    address = page(version, "blind_copy", attachment.pk)
    before = desk.get(page(version)).context["files"]

    first = desk.post(address, {"file": files.upload("prva.docx", word_file("Прва"))})
    second = desk.post(address, {"file": files.upload("druga.docx", word_file("Друга"))})
    after = desk.get(page(version)).context["files"]

    assert [one.is_shown for one in before] == [False]
    assert (first.status_code, second.status_code) == (302, 302)
    assert BlindCopy.objects.get().file.name == "druga.docx"
    assert PrivateFile.objects.count() == 2
    assert [one.is_shown for one in after] == [True]


@pytest.mark.parametrize(
    ("name", "content"),
    [("cv.exe", b"MZ nothing"), ("cv.pdf", files.pdf()), ("slika.png", files.picture("PNG"))],
)
def test_what_cannot_be_a_copy_says_why_beside_its_field(
    desk: Client, version: Version, name: str, content: bytes
) -> None:
    address = page(version, "blind_copy", version.attachments.get().pk)

    response = desk.post(address, {"file": files.upload(name, content)})

    assert response.status_code == 422
    assert response.context["copy_form"].errors["file"]
    assert not BlindCopy.objects.exists()


def test_a_file_of_another_version_is_refused(desk: Client, version: Version) -> None:
    address = page(version, "blind_copy", AttachmentFactory().pk)

    response = desk.post(address, {"file": files.upload("a.docx", word_file())})

    assert response.status_code == 422


def test_words_of_another_version_are_not_found(desk: Client, version: Version) -> None:
    strange = Masking.objects.create(version=VersionFactory(), words="тајна")

    assert desk.post(page(version, "unmask", strange.pk)).status_code == 404


def test_four_people(desk: Client, version: Version) -> None:
    partial = staff()
    AuthorFactory(proposal=version.proposal, person=PersonFactory(user=partial))

    assert desk.get(page(version)).status_code == 200
    assert desk_of(partial).get(page(version)).status_code == 403
    assert desk_of(PersonFactory().user).get(page(version)).status_code == 403
    assert Client().get(page(version)).status_code == 302
