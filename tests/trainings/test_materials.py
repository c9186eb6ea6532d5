"""What a seminar's trainers hand out, and who gets it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from centar.access import Refusal
from centar.audit.models import Entry
from centar.events.models import Booking
from centar.files.models import PrivateFile
from tests.centar.events import days
from tests.factories import files
from tests.factories.events import MANAGES, BookingFactory, PresenceFactory
from tests.factories.people import PersonFactory, StaffFactory
from tests.factories.trainings import SeminarFactory, TrainerFactory
from tests.reader import Page
from trainings.models import Material
from trainings.operations import materials

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer():
    return TrainerFactory(person=PersonFactory()).person.user


@pytest.fixture
def seminar(trainer):
    return SeminarFactory(trainers=[trainer.person.trainer])


@pytest.fixture
def material(seminar, trainer):
    return materials.add(seminar=seminar, upload=files.upload("листови.pdf"), by=trainer)


def page(seminar):
    return "/en" + reverse("trainings:materials", args=[seminar.pk])


def address(material, name="material"):
    return "/en" + reverse(f"trainings:{name}", args=[material.pk])


def held(seminar):
    """The seminar as it stands when it is over."""
    ago = timezone.now() - timedelta(days=3)
    seminar.event.meetings.update(starts_at=ago, ends_at=ago + timedelta(hours=6))
    type(seminar.event).objects.filter(pk=seminar.event.pk).update(
        starts_at=ago, ends_at=ago + timedelta(hours=6)
    )


def read(material, user):
    """The answer to somebody who opens the file, and what they got of it."""
    answer = days.browser(user).get(address(material))
    return answer, answer.getvalue()


def statuses(material, *users):
    return [read(material, user)[0].status_code for user in users]


def test_a_file_is_handed_out_and_read(seminar, trainer):
    browser = days.browser(trainer)

    answer = browser.post(page(seminar), {"file": files.upload("листови.pdf")}, follow=True)

    assert "The participants can read it now." in Page(answer.text).text
    kept = Material.objects.get()
    assert (kept.seminar, kept.file.name) == (seminar, "листови.pdf")
    got, content = read(kept, BookingFactory(event=seminar.event).person.user)
    assert content == files.pdf()
    assert got["Content-Disposition"].startswith("attachment")
    assert got["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("strana.html", b"<!doctype html><script>alert(1)</script>"),
        ("strana.pdf", b"<!doctype html><script>alert(1)</script>"),
        ("program.exe", b"MZ\x90\x00" + b"\x00" * 200),
        ("program.pdf", b"MZ\x90\x00" + b"\x00" * 200),
        ("slika.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        ("prazno.pdf", b""),
    ],
)
def test_what_is_no_paper_and_no_picture_is_refused(seminar, trainer, name, content):
    answer = days.browser(trainer).post(page(seminar), {"file": files.upload(name, content)})

    assert answer.status_code == 422
    assert len(answer.context["form"].errors["file"]) == 1
    assert (Material.objects.count(), PrivateFile.objects.count()) == (0, 0)


def test_without_a_file(seminar, trainer):
    answer = days.browser(trainer).post(page(seminar))

    assert answer.status_code == 422
    assert "Choose a file." in Page(answer.text).text


@pytest.mark.parametrize("who", ["another trainer", "a participant", "staff without the right"])
def test_only_the_staff_and_the_trainer_hand_out(seminar, material, who):
    user = {
        "another trainer": days.another_trainer,
        "a participant": lambda: BookingFactory(event=seminar.event).person.user,
        "staff without the right": StaffFactory,
    }[who]()
    browser = days.browser(user)

    answers = [
        browser.get(page(seminar)),
        browser.post(page(seminar), {"file": files.upload()}),
        browser.post(address(material, "remove_material")),
    ]

    assert [answer.status_code for answer in answers] == [404] * 3
    assert Material.objects.get() == material
    with pytest.raises(Refusal):
        materials.add(seminar=seminar, upload=files.upload(), by=user)
    with pytest.raises(Refusal):
        materials.remove(material_id=material.pk, by=user)


def test_the_staff_hand_out_too(seminar):
    staff = days.browser(StaffFactory(permissions=MANAGES))

    assert staff.get(page(seminar)).status_code == 200
    assert staff.post(page(seminar), {"file": files.upload()}).status_code == 302


def test_whoever_is_not_signed_in_is_asked_to(seminar, material, client):
    answers = [
        client.get(page(seminar)),
        client.get(address(material)),
        client.post(address(material, "remove_material")),
    ]

    assert [answer["Location"].split("?")[0] for answer in answers] == ["/en/nalog/login/"] * 3


def test_who_reads(seminar, material, trainer):
    placed = BookingFactory(event=seminar.event).person.user
    others = [
        BookingFactory(event=seminar.event, state=state).person.user
        for state in set(Booking.State.values) - {Booking.State.PLACED}
    ]

    assert statuses(material, placed, trainer) == [200, 200]
    strangers = [*others, days.another_trainer(), PersonFactory().user, StaffFactory()]
    assert statuses(material, *strangers) == [404] * len(strangers)


def test_after_the_seminar_only_those_who_were_there(seminar, material):
    came, stayed_away = BookingFactory.create_batch(2, event=seminar.event)
    held(seminar)
    people = (came.person.user, stayed_away.person.user)
    before = statuses(material, *people)

    PresenceFactory(booking=came)

    assert (before, statuses(material, *people)) == ([200, 200], [200, 404])


def test_the_page_of_a_booking_lists_them_for_a_place_only(seminar, material):
    pages = [
        days.browser(booking.person.user).get(f"/en/prijave/{booking.pk}/").text
        for booking in (
            BookingFactory(event=seminar.event),
            BookingFactory(event=seminar.event, state=Booking.State.WAITING),
        )
    ]

    assert [address(material) in text for text in pages] == [True, False]


def test_a_file_taken_back_is_gone_with_its_bytes(
    seminar, material, trainer, django_capture_on_commit_callbacks
):
    kept = material.file.path
    browser = days.browser(trainer)

    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(address(material, "remove_material"), follow=True)

    assert "The file is removed." in Page(answer.text).text
    assert statuses(material, trainer) == [404]
    assert not default_storage.exists(kept)
    entry = Entry.objects.get(action="trainings.remove_material")
    assert (entry.actor_id, entry.detail) == (trainer.pk, {"seminar": seminar.pk})


def test_a_file_taken_back_twice(material, trainer):
    for _ in range(2):
        materials.remove(material_id=material.pk, by=trainer)

    assert Entry.objects.filter(action="trainings.remove_material").count() == 1


def test_opening_the_address_of_removal_removes_nothing(material, trainer):
    assert days.browser(trainer).get(address(material, "remove_material")).status_code == 405
    assert Material.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_files(seminar, trainer, django_assert_num_queries, count):
    for _ in range(count):
        materials.add(seminar=seminar, upload=files.upload(), by=trainer)
    browser = days.browser(trainer)

    with django_assert_num_queries(5):
        browser.get(page(seminar))
