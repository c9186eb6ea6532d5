"""Answers to take along, read back from every kind of file."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from decimal import Decimal

import openpyxl
import pytest

from centar.questionnaires.models import Question
from needs_survey.models import Round
from needs_survey.queries import export
from needs_survey.reports import files
from tests.factories.needs_survey import (
    InvitationFactory,
    RoundFactory,
    answer_of_school,
    answer_of_teacher,
)
from tests.factories.questionnaires import QuestionFactory
from tests.factories.schools import MunicipalityFactory, SchoolFactory, SubjectFactory

pytestmark = pytest.mark.django_db

Kind = Question.Kind
FORMULA = '=HYPERLINK("https://example.org")'


@pytest.fixture
def answers():
    """One school's answer of every kind."""
    round = RoundFactory(title="Потребе 2026")
    asked = {
        kind: QuestionFactory(questionnaire=round.questionnaire, kind=kind, code=kind.value)
        for kind in (Kind.SCALE, Kind.NUMBER, Kind.LONG, Kind.LISTED)
    }
    for kind in (Kind.SINGLE, Kind.MULTIPLE, Kind.MATRIX, Kind.RANKING, Kind.NUMBERS):
        asked[kind] = QuestionFactory(
            questionnaire=round.questionnaire,
            kind=kind,
            code=kind.value,
            text="Шта је „најважније“, 'прво'?",
            offers=["Једно", "Друго"],
        )
    place = MunicipalityFactory(name="Рача")
    invitation = InvitationFactory(
        round=round, school=SchoolFactory(name="ОШ „Прва“", place="Рача", municipality=place)
    )
    response = answer_of_school(
        invitation,
        (asked[Kind.SCALE], 3),
        (asked[Kind.LONG], f'{FORMULA}\nДруги ред; "знаци"'),
        (asked[Kind.SINGLE], "Друго"),
        (asked[Kind.MULTIPLE], "Друго"),
    ).response
    response.answers.create(question=asked[Kind.NUMBER], number=Decimal("2.50"))
    for kind in (Kind.MATRIX, Kind.RANKING, Kind.NUMBERS):
        for number, option in enumerate(asked[kind].options.all(), start=1):
            response.answers.create(question=asked[kind], option=option, number=number)
    response.answers.create(question=asked[Kind.LISTED], item=5, number=9, text="Огледи")
    return round


EXPECTED = {
    "skola": "ОШ „Прва“, Рача",
    "vrsta": "2",
    "scale": "3",
    "number": "2,5",
    "long": f'\'{FORMULA} Други ред; "знаци"',
    "listed_1": "5",
    "listed_1_n": "9",
    "single": "2",
    "multiple_0": "0",
    "multiple_1": "1",
    "matrix_0": "1",
    "matrix_1": "2",
    "ranking_0": "1",
    "ranking_1": "2",
    "numbers_0": "1",
    "numbers_1": "2",
}


def read_csv(round):
    text = files.as_csv(export.extract(round)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_csv_has_every_answer_in_one_line_and_no_formula(answers):
    (row,) = read_csv(answers)

    place = row.pop("opstina")
    assert place == str(answers.responses.get().municipality_id)
    assert row == EXPECTED


def test_the_workbook_has_the_answers_as_texts_and_numbers_and_a_codebook(answers):
    content = files.as_xlsx(export.extract(answers))

    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Answers", "Codebook"]
    head, row = book["Answers"].iter_rows(values_only=True)
    said = dict(zip(head, row, strict=True))
    assert (said["scale"], said["number"], said["single"]) == (3, 2.5, 2)
    cell = book["Answers"].cell(2, 1 + head.index("long"))
    assert (cell.data_type, cell.value.startswith(FORMULA)) == ("s", True)
    meanings = {(name, value): words for name, _label, value, words in book["Codebook"].values}
    assert meanings["single", 2] == "Друго"
    assert meanings["listed_1", 5] == "Огледи"
    assert meanings["multiple_1", 1] == "yes"
    assert {name for name, _value in meanings} - {"Column"} == set(head)


def test_the_syntax_names_the_columns_of_the_csv_in_their_order_and_all_their_values(answers):
    syntax = files.as_sps(export.extract(answers), "potrebe-1.csv").decode("utf-8-sig")

    (row,) = read_csv(answers)
    read = syntax.partition("/VARIABLES=")[2].partition("\n  .")[0]
    formats = dict(line.split() for line in read.strip().splitlines())
    assert list(formats) == list(row)
    assert (formats["single"], formats["number"]) == ("F12.0", "F14.2")
    assert int(formats["long"][1:]) == len(row["long"].encode())
    # Quotation marks within a label are doubled, so that every label ends where it should.
    labels = dict(re.findall(r"^  (\w+) '((?:[^']|'')*)'$", syntax, re.MULTILINE))
    assert labels["single"] == "Шта је „најважније“, ''прво''?"
    assert labels["2"] == "Друго"
    assert "/FILE='potrebe-1.csv'" in syntax
    commands = re.findall(r"^[A-Z]+(?: [A-Z]+)?", syntax, re.MULTILINE)
    assert commands[:6] == [
        "SET UNICODE",
        "PRESERVE",
        "SET DECIMAL",
        "GET DATA",
        "EXECUTE",
        "RESTORE",
    ]
    assert set(commands[6:]) == {"VARIABLE LABELS", "VALUE LABELS"}


def test_long_labels_are_cut_where_spss_does_and_no_line_is_too_long():
    question = QuestionFactory(kind=Kind.SINGLE, code="dugo", text="ж" * 300, offers=["ш'" * 99])
    round = RoundFactory(questionnaire=question.questionnaire)

    syntax = files.as_sps(export.extract(round), "potrebe-1.csv").decode("utf-8-sig")

    assert max(len(line.encode()) for line in syntax.splitlines()) < 256
    joined = syntax.replace("' +\n    '", "")
    assert f"  dugo '{'ж' * 127}'\n" in joined
    assert f"  1 '{'ш' + chr(39) * 2}" in joined
    (value,) = re.findall(r"^  1 '(ш.*)'$", joined, re.MULTILINE)
    assert len(value.replace("''", "'").encode()) == 120


def test_names_differ_whatever_the_codes_are_and_are_no_words_of_spss():
    round = RoundFactory()
    for code in ("skola", "by", "by_q", "x" * 32):
        QuestionFactory(
            questionnaire=round.questionnaire,
            kind=Kind.MULTIPLE if code[0] == "x" else Kind.SCALE,
            code=code,
            offers=["Једно"] if code[0] == "x" else [],
        )
    options = round.questionnaire.questions.get(kind=Kind.MULTIPLE).options
    options.update(code="й")

    names = [column.name for column in export.extract(round).columns]

    assert names == ["skola", "opstina", "vrsta", "skola_2", "by_q", "by_q_2", "x" * 32 + "_1"]


def test_a_list_without_numbers_of_people_has_no_columns_for_them():
    listed = QuestionFactory(kind=Kind.LISTED, code="zelje", counts_people=False, most=2)
    round = RoundFactory(questionnaire=listed.questionnaire, kind=Round.Kind.TEACHERS)
    response = answer_of_teacher(round).response
    response.answers.create(question=listed, item=5, number=1, text="Огледи")

    found = export.extract(round)

    assert [column.name for column in found.columns[3:]] == ["zelje_1", "zelje_2"]
    assert found.rows[0][3:] == [5, None]


def test_anonymous_rows_have_no_words_and_no_facts_of_few_people():
    scale = QuestionFactory(code="ocena")
    words = QuestionFactory(questionnaire=scale.questionnaire, kind=Kind.LONG, code="reci")
    round = RoundFactory(questionnaire=scale.questionnaire, kind=Round.Kind.TEACHERS)
    here, there, subject = MunicipalityFactory(), MunicipalityFactory(), SubjectFactory()
    for number in range(14):
        answer_of_teacher(
            round,
            (scale, 1 + number % 5),
            (words, f"Мисао {number}"),
            municipality=here if number < 8 else there,
            subject=subject if number < 3 else None,
        )

    found = export.extract(round)

    names = [column.name for column in found.columns]
    assert names == ["opstina", "vrsta", "predmet", "ocena"]
    assert Counter(tuple(row[:3]) for row in found.rows) == {
        (here.pk, None, None): 8,
        (there.pk, None, None): 6,
    }
    ((question, texts),) = found.words
    assert (question, sorted(texts)) == (words, sorted(f"Мисао {n}" for n in range(14)))
    book = openpyxl.load_workbook(io.BytesIO(files.as_xlsx(found)))
    assert book["Words"].max_row == 15


def test_anonymous_rows_come_in_another_order_each_time():
    scale = QuestionFactory(code="ocena")
    round = RoundFactory(questionnaire=scale.questionnaire, kind=Round.Kind.TEACHERS)
    for number in range(20):
        answer_of_teacher(round, (scale, 1 + number % 5))

    orders = {tuple(str(row) for row in export.extract(round).rows) for _ in range(3)}

    assert len(orders) > 1
