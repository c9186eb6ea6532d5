"""Files of a proposal: what is taken, who reads them, and what stays for ever."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accreditation.models import Attachment, Rules
from accreditation.operations import attachments
from centar.access import Refusal
from centar.files import kinds
from centar.files import office as office_files
from centar.files import operations as files
from centar.files.models import PrivateFile
from tests.accreditation import writing_scene
from tests.factories import files as made
from tests.factories.accreditation import STAFF_MAY, AskedDocumentFactory, AttachmentFactory
from tests.factories.people import PersonFactory, StaffFactory
from tests.office import desk_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return writing_scene.furnish()


def attach(scene, upload=None, document=None, by=None):
    return attachments.attach(
        proposal_id=scene.draft.pk,
        document=document,
        upload=upload or made.upload("plan.pdf"),
        by=by or scene.leader,
    )


def read(client, attachment):
    """The answer to whoever tries the address of the file."""
    answer = client.get(f"/predlozi/prilog/{attachment.pk}/")
    if answer.streaming:
        assert b"".join(answer.streaming_content) == made.pdf()
    return answer.status_code


def bomb():
    """An archive of a few kilobytes that unpacks to more than a document ever has."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"\0" * (office_files.LARGEST_UNPACKED + 1))
    return written.getvalue()


class TestTaking:
    @pytest.mark.parametrize(
        ("name", "content"), [("plan.pdf", made.pdf()), ("plan.docx", made.office(kinds.DOCX))]
    )
    def test_pdf_and_word_are_taken(self, scene, name, content):
        attachment = attach(scene, made.upload(name, content))

        assert (attachment.file.name, attachment.added_by) == (name, scene.lead)

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("plan.pdf", b"MZ\x90\x00 program"),
            ("plan.pdf", made.office(kinds.DOCX)),
            ("plan.docx", made.pdf()),
            ("slika.jpg", made.picture()),
            ("tabela.xlsx", made.office(kinds.XLSX)),
            ("plan.pdf", b"<html><script>alert(1)</script></html>"),
            ("makro.docx", made.office(kinds.DOCX, **{"word/vbaProject.bin": b"x"})),
            ("skript.pdf", made.pdf().replace(b"/Catalog", b"/S /JavaScript /JS (app.alert(1))")),
            ("prazan.pdf", b""),
        ],
    )
    def test_what_is_mislabelled_or_something_else_is_refused_beside_its_field(
        self, scene, name, content
    ):
        with pytest.raises(Refusal) as no:
            attach(scene, made.upload(name, content))

        assert no.value.field == "file"
        assert (Attachment.objects.count(), PrivateFile.objects.count()) == (0, 0)

    def test_a_bomb_is_refused(self, scene):
        with pytest.raises(Refusal, match="unpacks to far more"):
            attach(scene, made.upload("plan.docx", bomb()))

    def test_two_hundred_megabytes_are_refused_without_being_read(self, scene):
        class Huge(SimpleUploadedFile):
            def read(self, *sizes):
                pytest.fail("It was read.")

        upload = Huge("plan.pdf", made.pdf())
        upload.size = 200 * 1024 * 1024

        with pytest.raises(Refusal, match="takes files of up to"):
            attach(scene, upload)

    def test_not_more_than_the_rules_say(self, scene):
        Rules.objects.create(most_files=1)
        attach(scene)

        with pytest.raises(Refusal, match="at most 1 files"):
            attach(scene)

    def test_a_document_of_another_call_is_refused(self, scene):
        with pytest.raises(Refusal, match="not asked for"):
            attach(scene, document=AskedDocumentFactory())

    def test_a_stranger_attaches_nothing(self, scene):
        with pytest.raises(Refusal, match="not an author"):
            attach(scene, by=PersonFactory().user)


class TestTakingOut:
    def test_of_a_draft_the_bytes_go_too(self, scene, django_capture_on_commit_callbacks):
        attachment = attach(scene)
        path = attachment.file.path

        with django_capture_on_commit_callbacks(execute=True):
            attachments.take_out(attachment_id=attachment.pk, by=scene.colleague)

        assert (PrivateFile.objects.count(), default_storage.exists(path)) == (0, False)

    def test_what_a_version_holds_stays_and_is_read_there(self, scene):
        scene.finish()
        attachment = attach(scene)
        scene.sign()
        version = scene.submit()
        type(scene.draft).objects.update(state="revision")

        attachments.take_out(attachment_id=attachment.pk, by=scene.leader)
        attachments.take_out(attachment_id=attachment.pk, by=scene.leader)

        attachment.refresh_from_db()
        assert attachment.removed_at is not None
        assert list(version.attachments.all()) == [attachment]
        assert read(scene.desk, attachment) == 200

    def test_what_is_submitted_is_not_taken_out(self, scene):
        scene.finish()
        attachment = attach(scene)
        scene.sign()
        scene.submit()

        with pytest.raises(Refusal, match="stays as it is"):
            attachments.take_out(attachment_id=attachment.pk, by=scene.leader)


class TestReading:
    def who(self, scene):
        """The answer to each who tries the address of the file."""
        people = {
            "lead": scene.leader,
            "co-author": scene.colleague,
            "stranger": PersonFactory().user,
            "staff": StaffFactory(permissions=STAFF_MAY),
            "other staff": StaffFactory(),
        }
        answers = {name: read(desk_of(user), scene.attachment) for name, user in people.items()}
        return {**answers, "anonymous": read(Client(), scene.attachment)}

    def test_a_drafts_file_is_for_its_authors_only(self, scene):
        scene.attachment = AttachmentFactory(proposal=scene.draft)

        assert self.who(scene) == {
            "lead": 200,
            "co-author": 200,
            "stranger": 404,
            "staff": 404,
            "other staff": 404,
            "anonymous": 302,
        }

    def test_what_is_submitted_is_for_the_staff_too(self, scene):
        scene.finish()
        scene.attachment = AttachmentFactory(proposal=scene.draft)
        scene.sign()
        scene.submit()

        assert self.who(scene) == {
            "lead": 200,
            "co-author": 200,
            "stranger": 404,
            "staff": 200,
            "other staff": 404,
            "anonymous": 302,
        }

    def test_it_is_a_download_that_nobody_keeps(self, scene):
        attachment = attach(scene)

        answer = scene.desk.get(f"/predlozi/prilog/{attachment.pk}/")

        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "no-store" in answer.headers["Cache-Control"]
        assert b"".join(answer.streaming_content) == made.pdf()


class TestPage:
    def test_a_file_is_attached_as_the_document_that_is_asked_for(self, scene):
        document = AskedDocumentFactory(call=scene.call, title="Биографије", required=True)
        page = f"{scene.path}prilozi/"

        answer = scene.desk.post(page, {"document": document.pk, "file": made.upload("b.pdf")})

        assert answer.headers["Location"] == page
        assert Attachment.objects.get().document == document

    def test_an_exe_named_pdf_is_refused_on_the_page(self, scene):
        upload = made.upload("plan.pdf", b"MZ\x90\x00 program")

        answer = scene.desk.post(f"{scene.path}prilozi/", {"file": upload})

        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["file"])

    def test_the_button_takes_out_only_for_authors(self, scene):
        attachment = attach(scene)
        path = f"/predlozi/prilog/{attachment.pk}/vadjenje/"

        assert desk_of(PersonFactory().user).post(path).status_code == 404
        assert desk_of(scene.colleague).post(path).status_code == 302
        assert Attachment.objects.count() == 0

    def test_the_largest_file_fits_what_the_page_says(self):
        assert files.LARGEST == 10 * 1024 * 1024
