"""Sending what is due: once, again after failures, never what is no longer true."""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone, translation

from centar.outbox import jobs, kinds, operations
from centar.outbox.models import Letter

State = Letter.State
pytestmark = pytest.mark.django_db


class Refusing(EmailBackend):
    """A mail server that is told how to fail."""

    failure: Exception | None = None

    def send_messages(self, messages):
        if self.failure is not None:
            raise self.failure
        return super().send_messages(messages)


@pytest.fixture
def server(settings, monkeypatch):
    """The mail server of the test: `server.failure` makes it fail."""
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    monkeypatch.setattr(Refusing, "failure", None)
    return Refusing


def queue(kind="tests.greeting", object_id=1, **more):
    """Queue one letter and give its row."""
    operations.queue(kind, object_id=object_id, recipient="ana@example.org", version="1", **more)
    return Letter.objects.get(kind=kind, object_id=object_id)


def test_a_due_letter_is_sent_and_kept_as_it_was_read(greeting, clock):
    letter = queue(subject="Поздрав\n из Крагујевца", text="Добар дан.\n\nВидимо се.\n")

    assert jobs.deliver_due() == 1

    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.sent_at, letter.error) == (
        State.SENT,
        1,
        timezone.now(),
        "",
    )
    assert letter.text == "Добар дан.\n\nВидимо се.\n"
    [sent] = mail.outbox
    assert (sent.subject, sent.to, sent.body) == (
        "Поздрав из Крагујевца",
        ["ana@example.org"],
        letter.text,
    )


def test_a_long_subject_is_sent_whole_and_kept_cut(greeting):
    letter = queue(subject="Д" * 300)

    jobs.deliver_due()

    letter.refresh_from_db()
    assert (mail.outbox[0].subject, letter.subject) == ("Д" * 300, "Д" * 250)


def test_what_was_sent_is_not_sent_again(greeting):
    queue()
    jobs.deliver_due()

    assert jobs.deliver_due() == 0
    assert len(mail.outbox) == 1


def test_a_letter_of_tomorrow_waits(greeting):
    letter = queue()
    Letter.objects.update(next_attempt_at=timezone.now() + timedelta(days=1))

    assert jobs.deliver_due() == 0

    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (State.QUEUED, 0)


def test_what_is_no_longer_true_is_dropped_with_its_reason(new_kind):
    def compose(letter):
        raise kinds.NoLongerTrue("Књига је враћена.")

    new_kind("tests.overdue", compose)
    letter = queue("tests.overdue")

    assert jobs.deliver_due() == 0

    letter.refresh_from_db()
    assert (letter.state, letter.error) == (State.DROPPED, "Књига је враћена.")
    assert mail.outbox == []


@pytest.mark.parametrize(
    "failure",
    [
        SMTPServerDisconnected("Веза је прекинута."),
        SMTPRecipientsRefused({"ana@example.org": (550, b"unknown")}),
        ConnectionRefusedError(111, "Connection refused"),
        TimeoutError("timed out"),
    ],
    ids=lambda failure: type(failure).__name__,
)
def test_a_failed_letter_is_tried_again_and_says_why(failure, greeting, server, clock):
    letter = queue()
    server.failure = failure

    assert jobs.deliver_due() == 0

    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (State.QUEUED, 1)
    assert letter.error.startswith(f"{type(failure).__name__}: ")
    assert letter.next_attempt_at == timezone.now() + timedelta(minutes=1)


def test_the_pauses_grow_and_after_the_last_one_it_has_failed(greeting, server, clock):
    letter = queue()
    server.failure = SMTPServerDisconnected("Веза је прекинута.")
    pauses = []
    while True:
        jobs.deliver_due()
        letter.refresh_from_db()
        if letter.state == State.FAILED:
            break
        pause = letter.next_attempt_at - timezone.now()
        pauses.append(pause)
        clock.shift(pause - timedelta(microseconds=1))
        assert (jobs.deliver_due(), Letter.objects.get().attempts) == (0, len(pauses))
        clock.shift(timedelta(microseconds=1))

    assert pauses == [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240)]
    assert letter.attempts == 6
    clock.shift(timedelta(days=30))
    jobs.deliver_due()
    assert Letter.objects.get().attempts == 6
    assert list(Letter.objects.failed()) == [letter]


def test_a_letter_that_gets_through_later_forgets_its_failures(greeting, server, clock):
    letter = queue()
    server.failure = SMTPServerDisconnected("Веза је прекинута.")
    jobs.deliver_due()
    server.failure = None
    clock.shift(timedelta(minutes=1))

    assert jobs.deliver_due() == 1

    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.error) == (State.SENT, 2, "")


def test_a_letter_that_cannot_be_written_does_not_stop_the_others(greeting, new_kind, caplog):
    new_kind("tests.broken", lambda letter: 1 / 0)
    broken = queue("tests.broken")
    whole = queue()

    assert jobs.deliver_due() == 1

    broken.refresh_from_db()
    whole.refresh_from_db()
    assert (broken.state, whole.state) == (State.QUEUED, State.SENT)
    assert broken.error == "ZeroDivisionError: division by zero"
    assert [record.getMessage() for record in caplog.records] == [
        f"Letter {broken.pk} could not be written"
    ]


class Died(BaseException):
    """The worker's end in the middle of a letter."""


def test_a_letter_whose_worker_died_is_taken_up_again(new_kind, greeting, clock):
    deaths = [Died()]

    def compose(letter):
        if deaths:
            raise deaths.pop()
        return greeting(letter)

    new_kind("tests.deadly", compose)
    letter = queue("tests.deadly")
    with pytest.raises(Died):
        jobs.deliver_due()
    letter.refresh_from_db()
    assert letter.state == State.SENDING

    clock.shift(operations.LOST_AFTER - timedelta(microseconds=1))
    assert jobs.deliver_due() == 0
    clock.shift(timedelta(microseconds=1))
    assert jobs.deliver_due() == 1

    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (State.SENT, 2)


def test_a_letter_that_kills_every_worker_fails_at_last(new_kind, clock):
    """Otherwise it would be taken first, and kill, for ever."""

    def compose(letter):
        raise Died

    new_kind("tests.deadly", compose)
    letter = queue("tests.deadly")
    for _ in range(6):
        with pytest.raises(Died):
            jobs.deliver_due()
        clock.shift(operations.LOST_AFTER)

    assert jobs.deliver_due() == 0

    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (State.FAILED, 6)
    assert letter.error == "The worker stopped while it sent this letter."


class TestSecretLetters:
    """Letters with a link that opens an account."""

    @pytest.fixture(autouse=True)
    def _kind(self, new_kind):
        self.untrue = False

        def compose(letter):
            if self.untrue:
                raise kinds.NoLongerTrue("Адреса је потврђена.")
            return kinds.Message("Нова лозинка", f"Отворите {letter.context['link']}\n")

        new_kind("tests.secret", compose, secret=True)

    def queue(self):
        return queue("tests.secret", link="https://portal.example.org/tajna")

    def test_is_forgotten_once_sent(self):
        letter = self.queue()

        jobs.deliver_due()

        letter.refresh_from_db()
        assert "https://portal.example.org/tajna" in mail.outbox[0].body
        assert (letter.state, letter.context, letter.text) == (State.SENT, {}, "")
        assert letter.subject == "Нова лозинка"

    def test_is_kept_while_it_is_still_to_be_sent(self, server):
        server.failure = TimeoutError("timed out")
        letter = self.queue()

        jobs.deliver_due()

        letter.refresh_from_db()
        assert letter.context == {"link": "https://portal.example.org/tajna"}

    def test_is_forgotten_when_it_is_given_up(self, server, clock):
        server.failure = TimeoutError("timed out")
        letter = self.queue()
        for _ in range(6):
            jobs.deliver_due()
            clock.shift(timedelta(hours=5))

        letter.refresh_from_db()
        assert (letter.state, letter.context) == (State.FAILED, {})

    def test_is_forgotten_when_it_is_dropped(self):
        letter = self.queue()
        self.untrue = True

        jobs.deliver_due()

        letter.refresh_from_db()
        assert (letter.state, letter.context) == (State.DROPPED, {})


@pytest.mark.parametrize(
    ("face", "subject", "text", "lang"),
    [
        ("cyr", "Семинар ЊЕГОШ", "Видимо се у Љигу.\n", "sr-Cyrl"),
        ("lat", "Seminar NJEGOŠ", "Vidimo se u Ljigu.\n", "sr-Latn"),
        ("en", "Seminar NJEGOŠ", "Vidimo se u Ljigu.\n", "en"),
    ],
)
def test_each_face_gets_its_letters(face, subject, text, lang, greeting):
    letter = queue(subject="Семинар ЊЕГОШ", text="Видимо се у Љигу.\n", face=face)

    jobs.deliver_due()

    [sent] = mail.outbox
    letter.refresh_from_db()
    assert (sent.subject, sent.body) == (subject, text)
    assert (letter.subject, letter.text) == (subject, text)
    [(html, mime_type)] = sent.alternatives
    assert mime_type == "text/html"
    assert f'<html lang="{lang}">' in html
    assert text.strip() in html


def test_addresses_keep_their_letters_in_a_latin_letter(greeting):
    text = "Соба: https://састанак.срб/соба?а=б\nили ђорђе@пример.срб, најкасније сутра.\n"
    queue(text=text, face="lat")

    jobs.deliver_due()

    assert mail.outbox[0].body == (
        "Soba: https://састанак.срб/соба?а=б\nili ђорђе@пример.срб, najkasnije sutra.\n"
    )


@pytest.mark.parametrize(("face", "language"), [("cyr", "sr"), ("lat", "sr"), ("en", "en")])
def test_a_letter_is_written_in_the_language_of_its_reader(face, language, new_kind):
    seen = []

    def compose(letter):
        seen.append(translation.get_language())
        return kinds.Message("a", "b")

    new_kind("tests.language", compose)
    queue("tests.language", face=face)

    with translation.override("de"):
        jobs.deliver_due()
        assert translation.get_language() == "de"

    assert seen == [language]


def test_text_from_people_is_no_mark_up_in_the_letter(greeting):
    queue(text="<b>Ана & Ева</b>\nhttps://portal.example.org/?a=1&b=2\n\nДруги пасус\n")

    jobs.deliver_due()

    [(html, _)] = mail.outbox[0].alternatives
    assert "&lt;b&gt;Ана &amp; Ева&lt;/b&gt;<br>" in html
    assert '<a href="https://portal.example.org/?a=1&amp;b=2"' in html
    assert html.count("<p>") == 2


def test_a_repeated_attempt_keeps_the_identity_of_the_message(greeting, settings):
    settings.SITE_URL = "https://portal.example.org"
    letter = queue()

    jobs.deliver_due()

    identity = mail.outbox[0].extra_headers["Message-ID"]
    assert identity == f"<letter-{letter.pk}@portal.example.org>"
