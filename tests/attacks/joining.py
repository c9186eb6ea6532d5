"""Somebody with the whole database and every log, who wants to know who answered what."""

from __future__ import annotations

import json
import logging
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.test import Client
from django.utils import timezone

from needs_survey.anonymous import codes
from needs_survey.models import Round, TeacherInvitation
from tests.factories.schools import SchoolFactory
from tests.factories.teachers import TeacherInvitationFactory, path, teachers_round

Row = dict[str, Any]
_KEY = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"


@dataclass
class Everything:
    """What is written while teachers answer: each line of a log, in its order."""

    lines: list[str] = field(default_factory=list)
    visits: list[tuple[str, str, int]] = field(default_factory=list)
    """The log of the web server: what was asked for, by which method, and the length."""


@dataclass
class Trial:
    """Teachers who have answered; `truth` is what each said, which nobody must find."""

    survey: Round
    truth: dict[str, str]
    keys: list[str]
    seen: Everything

    @property
    def texts(self) -> list[str]:
        """What was said."""
        return list(self.truth.values())


class Recorder(Client):
    """A browser whose requests the web server writes into its log."""

    def __init__(self, seen: Everything) -> None:
        super().__init__(raise_request_exception=True)
        self.seen = seen

    def request(self, **request: Any) -> Any:
        """Ask, and be written down."""
        response = super().request(**request)
        line = (request["PATH_INFO"], request["REQUEST_METHOD"], len(response.content))
        self.seen.visits.append(line)
        return response


@contextmanager
def written_down(seen: Everything) -> Iterator[None]:
    """Every logger at its most talkative, the statements sent to the database included."""

    class Listening(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            seen.lines.append(
                f"{record.name}: {record.getMessage()} {record.__dict__.get('params')}"
            )

    handler, root = Listening(), logging.getLogger()
    loggers = [root, *(logging.getLogger(name) for name in root.manager.loggerDict)]
    before = [(one, one.level, one.disabled, one.propagate) for one in loggers]
    root.addHandler(handler)
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
        logger.disabled, logger.propagate = False, True
    connection.force_debug_cursor = True
    try:
        yield
    finally:
        connection.force_debug_cursor = False
        root.removeHandler(handler)
        for logger, level, disabled, propagate in before:
            logger.setLevel(level)
            logger.disabled, logger.propagate = disabled, propagate


def hold(number: int) -> Trial:
    """So many teachers of one school answer, in another order than they were invited in."""
    survey, (scale, words) = teachers_round()
    school = SchoolFactory()
    asked = [TeacherInvitationFactory(round=survey, school=school) for _ in range(number)]
    random.shuffle(asked)
    # Numbers and lengths that have nothing to do with the order.
    numbers = random.sample(range(number), number)
    trial = Trial(survey, {}, [], Everything())
    with written_down(trial.seen):
        for one, invitation in zip(numbers, asked, strict=True):
            text = f"Одговор{one}к" + "а" * 20 * one
            browser = Recorder(trial.seen)
            browser.post(path(invitation), {"whole": "1"})
            trial.keys.append(browser.cookies["nacrt-cyr"].value)
            browser.post(path(invitation, "sve/"), {f"q{scale.pk}": "4", f"q{words.pk}": text})
            browser.get(path(invitation, "sve/"))
            browser.post(path(invitation, "slanje/"), {"subject": ""})
            trial.truth[str(invitation.pk)] = text
    return trial


def end(survey: Round) -> None:
    """Its last day was yesterday."""
    yesterday = timezone.localdate() - timezone.timedelta(days=1)
    Round.objects.filter(pk=survey.pk).update(closes_on=yesterday)


def rows(table: str) -> list[Row]:
    """Every row with everything that the database knows of it, as it lies on the disk."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT xmin::text::bigint, ctid::text, row_to_json(t)::text FROM {table} AS t"
        )
        found = cursor.fetchall()
    return [
        {"xmin": xmin, "ctid": [int(part) for part in ctid[1:-1].split(",")], **json.loads(row)}
        for xmin, ctid, row in found
    ]


def tables() -> list[str]:
    """All tables of the database."""
    with connection.cursor() as cursor:
        return connection.introspection.table_names(cursor)


def used() -> list[Row]:
    """The invitations that are used."""
    return [row for row in rows(TeacherInvitation._meta.db_table) if row["is_used"]]


def said() -> list[Row]:
    """Each text that was answered, with all that stands in the rows around it."""
    responses = {row["id"]: row for row in rows("questionnaires_response")}
    of_round = {row["response_id"]: row for row in rows("needs_survey_roundresponse")}
    found = []
    for row in rows("questionnaires_answer"):
        if row["text"]:
            whole = {f"answer.{name}": value for name, value in row.items()}
            for name, value in responses[row["response_id"]].items():
                whole[f"response.{name}"] = value
            for name, value in of_round[row["response_id"]].items():
                whole[f"of_round.{name}"] = value
            found.append({**whole, "length": len(row["text"]), "text": row["text"]})
    return found


def orders(found: Sequence[Row]) -> Iterator[list[Row]]:
    """The rows in every order that anything in them gives, forwards and backwards."""
    for name in found[0] if found else ():
        ordered = sorted(found, key=lambda row: _comparable(row[name]))
        yield ordered
        yield ordered[::-1]


def _comparable(value: Any) -> Any:
    return (value is not None, value if isinstance(value, int | float | list) else str(value))


def right(truth: dict[str, str], guesses: Iterable[tuple[str, str]]) -> int:
    """How many guesses hit."""
    return sum(truth.get(invitation) == text for invitation, text in guesses)


def best_by_order(truth: dict[str, str], invitations: list[Row], answers: list[Row]) -> int:
    """How many the best of all alignments gets right."""
    return max(
        (
            right(truth, ((a["id"], b["text"]) for a, b in zip(one, other, strict=False)))
            for one in orders(invitations)
            for other in orders(answers)
        ),
        default=0,
    )


def best_by_value(truth: dict[str, str], invitations: list[Row], answers: list[Row]) -> int:
    """How many are found by a value that stands on both sides, once on each."""
    best = 0
    for mine in invitations[0] if invitations else ():
        for theirs in answers[0] if answers else ():
            left = {str(row[mine]): row["id"] for row in invitations}
            there = {str(row[theirs]): row["text"] for row in answers}
            if len(left) == len(invitations) and len(there) == len(answers):
                pairs = ((left[value], there[value]) for value in left.keys() & there.keys())
                best = max(best, right(truth, pairs))
    return best


def best_by_log(trial: Trial, answers: list[Row]) -> int:
    """How many are found by the order and the lengths in the web server's log."""
    behind = {
        codes.link_code(one.pk, one.door): str(one.pk) for one in TeacherInvitation.objects.all()
    }
    visits = [
        {"id": behind[address.split("/")[3]], "place": place, "length": length, "kind": kind}
        for place, (address, method, length) in enumerate(trial.seen.visits)
        for kind in [f"{method} {address.split('/')[4]}"]
    ]
    kinds = {visit["kind"] for visit in visits}
    return max(
        best_by_order(trial.truth, [one for one in visits if one["kind"] == kind], answers)
        for kind in kinds
    )


def in_lines(trial: Trial) -> list[str]:
    """The texts that were answered, in the order in which the logs first name them."""
    lines = "\n".join(trial.seen.lines)
    places = {}
    for text in trial.texts:
        if named := re.search(rf"['\"]{text}['\"]", lines):
            places[text] = named.start()
    return sorted(places, key=lambda text: places[text])


def best_by_statements(trial: Trial) -> int:
    """How many are found by the ballots' own keys in the log of statements.

    A ballot is put in right after its invitation was used; whichever later statement names the
    ballots in the order in which the answers are written tells whose they are.
    """
    keys = [
        re.findall(_KEY, line)[0]
        for line in trial.seen.lines
        if 'INSERT INTO "needs_survey_ballot"' in line
    ]
    of_ballot = dict(zip(keys, trial.texts, strict=True))
    written = in_lines(trial)
    best = 0
    for line in trial.seen.lines:
        named = [of_ballot[key] for key in re.findall(_KEY, line) if key in of_ballot]
        for alignment in (named, named[::-1]):
            best = max(best, sum(a == b for a, b in zip(alignment, written, strict=False)))
    return best
