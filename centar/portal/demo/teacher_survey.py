"""What single teachers need, told anonymously: a round that is open, with answers counted and some
that still wait.

The sealed answers are put into the urn directly, since sending one takes transactions of its own,
and the demonstration is a single one. The urn is emptied as the worker does it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from random import Random

from centar.portal.demo.seminars import Cast
from centar.questionnaires.models import Answer, Option, Question, Questionnaire, Section
from centar.schools.models import School, Subject
from needs_survey.models import Ballot, Reminder, Round, TeacherInvitation
from needs_survey.operations import rounds, teachers, urn
from trainings.models import Programme

BEGAN, REMAINS, REMINDED_BEFORE = timedelta(days=9), timedelta(days=19), timedelta(days=5)
SPARE_SLIPS = 6
SEED = 2026
Kind = Question.Kind

# Who has answered: where, at what kind of school, of which subject, how many. The last few wait.
GROUPS = (
    ("Крагујевац", School.Kind.PRIMARY, "Математика", 9),
    ("Јагодина", School.Kind.PRIMARY, "Математика", 8),
    ("Параћин", School.Kind.PRIMARY, "Математика", 7),
    ("Крагујевац", School.Kind.PRIMARY, "Разредна настава", 8),
    ("Јагодина", School.Kind.PRIMARY, "Разредна настава", 7),
    ("Аранђеловац", School.Kind.PRIMARY, "Разредна настава", 7),
    ("Крагујевац", School.Kind.GRAMMAR, "Српски језик и књижевност", 6),
    ("Свилајнац", School.Kind.PRIMARY, "Историја", 3),
    ("Топола", School.Kind.PRIMARY, "Физика", 2),
)
INTRO = (
    "Питамо вас шта вама треба, а не шта треба школи. Попуњавање траје око пет минута, и можете "
    "га прекинути и наставити касније."
)
COMPETENCES = (
    "К1 – за ужу стручну област, предмет и методику наставе",
    "К2 – за поучавање и учење",
    "К3 – за подршку развоју личности ученика",
    "К4 – за комуникацију и сарадњу",
)
AREAS = (
    "Дигитална технологија и вештачка интелигенција у настави",
    "Праћење напретка и оцењивање",
    "Инклузивно образовање",
    "Спречавање насиља и дисциплина",
    "Сарадња са породицом",
    "Моје здравље и снага за рад",
)
WAYS = (
    "уживо, у својој школи",
    "уживо, у Центру",
    "онлајн, у заказано време",
    "онлајн, кад стигнем",
)
PROGRAMMES = ("vestacka", "ocenjivanje", "razlomci", "zadaci", "nasilje", "roditelji", "odmor")
WORDS = (
    "Волела бих да обуке буду петком после подне, а не викендом.",
    "Мање предавања, више примера са часа.",
    "Треба нам неко ко ће доћи на час и рећи шта да поправимо.",
    "Семинар без папира који се после попуњавају недељама.",
)


def make(cast: Cast) -> Round:
    """Make the round with its invitations, and have the urn emptied once."""
    survey = Round.objects.create(
        title="Шта наставницима треба за рад",
        kind=Round.Kind.TEACHERS,
        questionnaire=_questionnaire(),
        opens_on=cast.today - BEGAN,
        closes_on=cast.today + REMAINS,
        message="Одговара се без имена. Хвала вам на времену!",
    )
    Reminder.objects.create(round=survey, on=survey.closes_on - REMINDED_BEFORE)
    rounds.open_round(round_id=survey.pk, by=cast.staff)
    teachers.invite(round_id=survey.pk, by=cast.staff)
    _answer(survey, cast)
    urn.empty(round_id=survey.pk)
    return survey


def _questionnaire() -> Questionnaire:
    made = Questionnaire.objects.create(title="Шта вам треба за рад", intro=INTRO)
    work, wishes = (
        Section.objects.create(questionnaire=made, order=order, title=title)
        for order, title in enumerate(("Ваш рад", "Шта бисте желели"), start=1)
    )
    scale = {"low_label": "нимало", "high_label": "веома"}
    asked = (
        Question(
            section=work,
            code="korist",
            kind=Kind.SCALE,
            text="Колико су вам досадашње обуке помогле?",
            required=True,
            **scale,
        ),
        Question(
            section=work,
            code="kompetencije",
            kind=Kind.MATRIX,
            text="Колико вам треба подршке у свакој од компетенција?",
            required=True,
            **scale,
        ),
        Question(
            section=wishes,
            code="oblasti",
            kind=Kind.MULTIPLE,
            text="Које области су вам најпотребније?",
            help="Највише три.",
            most=3,
            required=True,
        ),
        Question(
            section=wishes,
            code="programi",
            kind=Kind.LISTED,
            source="programmes",
            counts_people=False,
            text="На који програм из каталога бисте дошли?",
            most=3,
        ),
        Question(section=wishes, code="nacin", kind=Kind.SINGLE, text="Како најрадије учите?"),
        Question(section=wishes, code="reci", kind=Kind.LONG, text="Шта још желите да кажете?"),
    )
    for order, question in enumerate(asked, start=1):
        question.questionnaire, question.order = made, order
        question.save()
    offered = {"kompetencije": COMPETENCES, "oblasti": AREAS, "nacin": WAYS}
    Option.objects.bulk_create(
        Option(question=question, order=order, code=f"o{order}", text=text)
        for question in asked
        for order, text in enumerate(offered.get(question.code, ()), start=1)
    )
    return made


def _answer(survey: Round, cast: Cast) -> None:
    """Slips for a school of each group, as many of them used as there are answers."""
    dice = Random(SEED)  # noqa: S311 - the same each time, no secret
    questions = {
        one.code: one for one in survey.questionnaire.questions.prefetch_related("options")
    }
    subjects = dict(Subject.objects.values_list("name", "pk"))
    for place, kind, subject, number in GROUPS:
        school = School.objects.filter(municipality__name=place, kind=kind).order_by("pk").first()
        assert school is not None  # each of these places has one
        teachers.add_slips(
            round_id=survey.pk, school_id=school.pk, number=number + SPARE_SLIPS, by=cast.staff
        )
        unused = TeacherInvitation.objects.filter(round=survey, school=school, is_used=False)
        drawn = unused.filter(email="").values_list("pk", flat=True)[:number]
        TeacherInvitation.objects.filter(pk__in=list(drawn)).update(is_used=True)
        Ballot.objects.bulk_create(
            Ballot(
                round=survey,
                sealed=teachers.sealed_ballot(
                    survey.pk, school, subjects[subject], _said(questions, cast.programmes, dice)
                ),
            )
            for _number in range(number)
        )


def _said(
    questions: Mapping[str, Question], programmes: Mapping[str, Programme], dice: Random
) -> list[Answer]:
    """What one teacher says: the first things of a list more often than the last."""

    def chosen(code: str, most: int) -> list[Option]:
        options = list(questions[code].options.all())
        weights = range(len(options), 0, -1)
        return list(dict.fromkeys(dice.choices(options, weights, k=most)))

    said = [Answer(question=questions["korist"], number=Decimal(dice.choice((2, 3, 3, 4, 4, 5))))]
    for option in questions["kompetencije"].options.all():
        grade = Decimal(dice.choice((1, 2, 3, 4, 4, 5)))
        said.append(Answer(question=questions["kompetencije"], option=option, number=grade))
    said += [Answer(question=questions["oblasti"], option=one) for one in chosen("oblasti", 3)]
    said += [Answer(question=questions["nacin"], option=one) for one in chosen("nacin", 1)]
    wanted = (programmes[key] for key in dice.sample(PROGRAMMES, dice.randint(0, 3)))
    said += [
        Answer(question=questions["programi"], item=one.pk, number=Decimal(1), text=one.title)
        for one in wanted
    ]
    if dice.random() < 0.2:
        said.append(Answer(question=questions["reci"], text=dice.choice(WORDS)))
    return said
