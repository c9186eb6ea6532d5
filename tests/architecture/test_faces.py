"""Every page in its three faces: it answers, names its language, and speaks only that one."""

from __future__ import annotations

from functools import cache

import pytest
from django.test import Client

from centar.script import faces
from tests import reader, scenery
from tests.architecture import addresses

pytestmark = pytest.mark.django_db

# Latin letters that stand on the Cyrillic face for a reason.
FOREIGN = {
    "PIN",  # as Serbs write it, and as it stands on every telephone
    "JavaScript",  # names of programs, as their makers write them
    *("Aegis", "Authenticator", "Google"),
    *(
        "PDF",
        "DOCX",
        "JPEG",
        "PNG",
        "HEIC",
        "Word",
        "Excel",
        "KB",
        "MB",
        "QR",
        "XLSX",
        "CSV",
        "SHA",
    ),  # of files
    *("ISBN", "BibTeX", "RIS", "Zotero", "EndNote"),  # of books, and programs that cite them
    *("NBS", "IPS"),  # what the National Bank wants written beside the code
}


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    """The portal, made once for this module and rolled back after it."""
    from django.db import transaction

    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        made = scenery.furnish()
        yield made, made.public_pages(), made.own_pages()
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


def all_paths(pages):
    return [path for paths in pages.values() for path in paths]


@pytest.fixture(scope="module")
def visited(scene, django_db_blocker):
    """Every page of a face, as a stranger and as the teacher got it; each face is visited once."""
    made, public, own = scene
    teacher = Client()
    with django_db_blocker.unblock():
        teacher.force_login(made.login)

    @cache
    def visit(face):
        answers = [
            (path, client.get(faces.address(path, face), follow=True))
            for client, paths in ((Client(), all_paths(public)), (teacher, all_paths(own)))
            for path in paths
        ]
        return [
            (path, answer.status_code, reader.Page(answer.content.decode()))
            for path, answer in answers
        ]

    return visit


def test_no_public_page_is_forgotten_here(scene):
    _made, public, own = scene
    known = {address.name: address for address in addresses.every()}
    pages = {
        name
        for name, address in known.items()
        if address.entrance in ("shared", "everyone", "link", "signed_in")
        and not address.route.endswith((".ics", ".pdf", ".xlsx", ".docx"))
    }
    actions = {
        "events:withdraw",
        "events:answer",
        "events:calendar_address",
        "events:answer_request",
        "events:object_to",
        "events:stop_coordinating",
        "events:note_presence",
        "trainings:remove_material",
        "trainings:material",  # a file
        "people:schools",  # a fragment of the profile
        "library:suggest",  # a fragment of the search
        "library:bibtex",  # files
        "library:ris",
        "library:file",
        "library:cover",
        "library:oai",  # for machines
        "library:sru",
        "trainings:results",  # for the staff
        "trainings:year",
        "needs_survey:demand",
        "needs_survey:plan",
        "needs_survey:held",
        "needs_survey:results_rounds",
        "needs_survey:results",
        "needs_survey:rates",
        "needs_survey:map",
        "needs_survey:publish",
        "needs_survey:summary_school",  # seen by axe with the pages of the staff
        "needs_survey:export_csv",  # files
        "needs_survey:export_sps",
        "library:history",
        "library:renew",
        "library:cancel",
        "library:suspend",
        "library:resume",
        "library:reserve",
        "library:queue",  # for the staff
        "library:desk",
        "library:join",
        "library:aside",
        "library:overdue",
        "library:overdue_table",
        "library:year",
        "library:member",
        "library:card",
        "library:consent",
        "library:reserve_for",
        "library:copy_state",
        "library:loss",
        "library:change_turn",
        "library:stocktakings",
        "library:stocktaking",
        "library:stocktaking_report",
        "trainings:withdraw_entry",
        "trainings:answer_entry",
        "trainings:strike_plan",
        "trainings:proof",  # a file
        "trainings:issue_for_booking",
        "trainings:issue_for_group",
        "trainings:proforma_pdf",  # a paper, always in Cyrillic
        "needs_survey:end_share",
        "accreditation:desk",  # for the staff
        "accreditation:desk_proposal",
        "accreditation:practice_file",  # a file
        "accreditation:begin",
        "accreditation:attachment",  # a file
        "accreditation:take_out",
        "accreditation:renew_invitation",
        "accreditation:take_back_invitation",
        "accreditation:remove_author",
        "accreditation:hand_over",
        "accreditation:leave",
        "accreditation:sign",
        "accreditation:ask_to_sign",
        "accreditation:submit",
        "accreditation:review_file",  # files
        "accreditation:led_file",
        "accreditation:sheet_csv",
        "accreditation:led_assign",
        "accreditation:led_end",
        "accreditation:led_conflict",
        "accreditation:blinding",  # for the staff
        "accreditation:unmask",
        "accreditation:blind_copy",
    }

    assert pages - actions == {name for name in {**public, **own} if known[name].is_own}


@pytest.mark.parametrize("face", faces.ALL, ids=lambda face: face.code)
def test_every_page_answers_and_names_its_language(scene, visited, face):
    refused = scene[0].refused()

    wrong = [
        (path, status, page.lang)
        for path, status, page in visited(face)
        if (status, page.lang) != (refused.get(path, 200), face.html_lang)
    ]

    assert wrong == []


def test_the_cyrillic_face_has_no_word_in_another_language(visited):
    foreign = [
        f"{path}: {' '.join(sorted(words))}"
        for path, _, page in visited(faces.CYRILLIC)
        if (words := set(reader.latin_words(f"{page.title} {page.text}")) - FOREIGN)
    ]

    assert not foreign, "\n".join(foreign)


@pytest.mark.parametrize("face", [faces.LATIN, faces.ENGLISH], ids=lambda face: face.code)
def test_the_faces_in_latin_letters_have_no_cyrillic_one(visited, face):
    left = [
        f"{path}: {' '.join(words)}"
        for path, _, page in visited(face)
        if (words := reader.cyrillic_words(f"{page.title} {page.text}"))
    ]

    assert not left, "\n".join(left)


@pytest.mark.parametrize("face", faces.ALL, ids=lambda face: face.code)
@pytest.mark.parametrize("accident", ["lost", "forged", "broken"])
def test_the_pages_of_accidents_speak_the_face_too(scene, monkeypatch, accident, face):
    visitor = Client(enforce_csrf_checks=True, raise_request_exception=False)
    if accident == "lost":
        answer = visitor.get(faces.address("/nigde/", face))
    elif accident == "forged":
        answer = visitor.post(faces.address("/nalog/login/", face), {"login": "a@example.org"})
    else:
        monkeypatch.setattr("centar.portal.queries.home_page", None)
        answer = visitor.get(faces.address("/?broken=1", face))

    page = reader.Page(answer.content.decode())
    strange = {
        "cyr": set(reader.latin_words(page.text)),
        "lat": set(reader.cyrillic_words(page.text)),
        "en": set(reader.cyrillic_words(page.text)),
    }
    assert (answer.status_code, page.lang, strange[face.code]) == (
        {"lost": 404, "forged": 403, "broken": 500}[accident],
        face.html_lang,
        set(),
    )
