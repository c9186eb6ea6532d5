"""A letter as a mail server receives it, over a real connection."""

from __future__ import annotations

import email
import socket
from email import policy
from email.header import decode_header, make_header

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler

from centar.outbox import jobs, kinds, operations
from centar.outbox.models import Letter

pytestmark = pytest.mark.django_db


class Inbox(MessageHandler):
    """Keeps what arrives, and refuses the recipients that it is told to refuse."""

    def __init__(self):
        super().__init__()
        self.arrived = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nema@"):
            return "550 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    def prepare_message(self, session, envelope):
        return email.message_from_bytes(envelope.content, policy=policy.default)

    def handle_message(self, message):
        self.arrived.append(message)


def sender(message):
    """The sender; Python's own parser of addresses puts a space between two encoded words."""
    raw = email.message_from_bytes(message.as_bytes(), policy=policy.compat32)["From"]
    return str(make_header(decode_header(raw)))


def free_port():
    """A port that nobody listened on a moment ago; the sink cannot choose one itself."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


@pytest.fixture
def inbox(settings):
    handler = Inbox()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
    settings.DEFAULT_FROM_EMAIL = "Центар за образовање Крагујевац <portal@example.org>"
    settings.SITE_URL = "https://portal.example.org"
    yield handler
    controller.stop()


ENTRY = "BEGIN:VCALENDAR\r\nSUMMARY:Читање ђацима\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def invitation(new_kind):
    def compose(letter):
        attachment = kinds.Attachment("centar.ics", ENTRY, "text/calendar")
        return kinds.Message("Позив: Читање ђацима", "Добар дан.\n\nВидимо се.\n", (attachment,))

    new_kind("tests.invitation", compose)


def queue(recipient="ana@example.org", face="cyr"):
    operations.queue("tests.invitation", object_id=1, recipient=recipient, version="1", face=face)
    return Letter.objects.get(recipient=recipient)


def test_the_letter_arrives_with_its_headers_texts_and_calendar(inbox, invitation):
    letter = queue()

    assert jobs.deliver_due() == 1

    [message] = inbox.arrived
    assert message["Subject"] == "Позив: Читање ђацима"
    assert sender(message) == "Центар за образовање Крагујевац <portal@example.org>"
    assert message["To"] == "ana@example.org"
    assert message["Message-ID"] == f"<letter-{letter.pk}@portal.example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"] is not None
    text, html = message.get_body(["plain"]), message.get_body(["html"])
    assert text.get_content().splitlines() == ["Добар дан.", "", "Видимо се."]
    assert "<p>Видимо се.</p>" in html.get_content()
    [attachment] = message.iter_attachments()
    assert attachment.get_filename() == "centar.ics"
    assert attachment.get_content_type() == "text/calendar"
    assert attachment.get_content_charset() == "utf-8"
    assert attachment.get_content().splitlines() == ENTRY.splitlines()


def test_a_refused_mailbox_is_said_on_the_letter_and_the_next_one_goes(inbox, invitation):
    refused, sent = queue("nema@example.org"), queue()

    assert jobs.deliver_due() == 1

    refused.refresh_from_db()
    sent.refresh_from_db()
    assert (refused.state, sent.state) == (Letter.State.QUEUED, Letter.State.SENT)
    assert "550" in refused.error
    assert [message["To"] for message in inbox.arrived] == ["ana@example.org"]


def test_a_server_that_is_away_is_said_on_the_letter(inbox, invitation, settings):
    settings.EMAIL_PORT = free_port()
    letter = queue()

    jobs.deliver_due()

    letter.refresh_from_db()
    assert letter.state == Letter.State.QUEUED
    assert letter.error.startswith("ConnectionRefusedError: ")
