"""What is wrong with a cell stands beside it, and which programme a row speaks of."""

import openpyxl
import pytest
from django.utils.translation import gettext as _

from tests.trainings.catalogue_files.conftest import as_csv, errors_of, saved
from trainings.models import Area, Cycle, Programme, Trainer

pytestmark = pytest.mark.django_db

NUMBER = _("Write a number, such as 8 or 12.345,50.")
NOT_NEGATIVE = _("Ensure this value is greater than or equal to %(limit_value)s.")
TOO_LONG = _("Ensure this value has at most %(limit_value)d character (it has %(show_value)d).")
NUL = _("Null characters are not allowed.")


@pytest.mark.parametrize(
    ("heading", "typed", "sentence"),
    [
        ("назив", "", _("This field cannot be blank.")),
        ("назив", "Чита\0ње", NUL),
        ("циклус", "2025\0", NUL),
        ("компетенције", "K1\0", NUL),
        ("водитељи", "Ана\0", NUL),
        ("часова", "8\0", NUL),
        ("часова", "осам", NUMBER),
        ("часова", "8,5", _("Write a whole number.")),
        ("часова", "-8", NOT_NEGATIVE % {"limit_value": 0}),
        ("бодова", "-1", NOT_NEGATIVE % {"limit_value": 0}),
        ("котизација", "-2.500,00", NOT_NEGATIVE % {"limit_value": 0}),
        ("котизација", "бесплатно", NUMBER),
        ("котизација", "12,345", None),
        ("бодова", "9" * 10_000, None),
        ("часова", "9" * 10_000, None),
        (
            "највећа група",
            "10",
            _("The largest group (%(largest)d) is smaller than the smallest (%(smallest)d).")
            % {"largest": 10, "smallest": 15},
        ),
        (
            "циклус",
            "1999/00",
            _("There is no cycle “%(cycle)s”. The cycles are: %(cycles)s.")
            % {"cycle": "1999/00", "cycles": "2025/26–2027/28"},
        ),
        (
            "компетенције",
            "K1; K7; K9",
            _("The cycle %(cycle)s has no “%(codes)s”. It has: %(known)s.")
            % {"cycle": "2025/26–2027/28", "codes": "K7, K9", "known": "K1, K2, K3, K4"},
        ),
        (
            "приоритетне области",
            "7",
            _("The cycle %(cycle)s has no “%(codes)s”. It has: %(known)s.")
            % {"cycle": "2025/26–2027/28", "codes": "7", "known": "1, 2, 3"},
        ),
        (
            "облик",
            "игранка",
            _("There is no form “%(form)s”. The forms are: %(forms)s.")
            % {"form": "игранка", "forms": ", ".join(map(str, Programme.Form.labels))},
        ),
    ],
)
def test_what_is_wrong_stands_beside_its_cell(upload, row, heading, typed, sentence):
    preview = upload(as_csv([row | {heading: typed}]))
    found = errors_of(preview)
    assert list(found) == [(2, heading)]
    if sentence is not None:
        assert found[2, heading] == [sentence]
    assert Programme.objects.count() == 0


@pytest.mark.parametrize(
    ("heading", "limit"),
    [
        ("назив", 250),
        ("каталошки број", 40),
        ("министарски број", 60),
        ("организатор", 250),
        ("област", 150),
        ("водитељи", 150),
    ],
)
def test_ten_thousand_characters_are_too_many(upload, row, heading, limit):
    preview = upload(as_csv([row | {heading: "ш" * 10_000}]))
    (sentences,) = errors_of(preview).values()
    assert len(sentences) == 1
    assert f"{limit}" in sentences[0]
    assert "10000" in sentences[0]
    assert "ш" * 200 not in preview.text


def test_every_wrong_cell_of_a_row_is_named_at_once(upload, row):
    preview = upload(
        as_csv([row | {"циклус": "x", "назив": "", "часова": "осам", "компетенције": "K9"}])
    )
    # Without a cycle nobody can tell which competences there are.
    assert [heading for _line, heading in errors_of(preview)] == ["циклус", "назив", "часова"]


def test_errors_carry_the_number_of_the_row_in_the_spreadsheet(upload, row):
    wrong = row | {"каталошки број": "13", "часова": "x"}
    data = as_csv([row, {}, wrong], headings=list(row))
    assert list(errors_of(upload(data))) == [(4, "часова")]


def test_problems_of_a_workbook_stand_beside_their_cells(upload, row):
    book = openpyxl.Workbook()
    book.active.append(list(row))
    book.active.append([*(row | {"часова": "=4+4"}).values()])
    preview = upload(saved(book), name="a.xlsx")
    assert errors_of(preview) == {
        (2, "часова"): [_("The formula has no result. Open the file in Excel and save it again.")]
    }


def test_a_separator_too_many_is_noticed(upload):
    data = "циклус;каталошки број;назив\n;1;Деца; књига\n".encode()
    (planned,) = upload(data).context["plan"].wrong
    assert planned.errors == [
        _("“%(text)s” stands right of the last heading. Is a separator too many in this row?")
        % {"text": " књига"}
    ]


def test_the_same_number_twice_is_wrong_in_the_second_row(upload, row):
    preview = upload(as_csv([row | {"каталошки број": "К-1"}, row | {"каталошки број": "k - 1"}]))
    assert errors_of(preview) == {
        (3, "каталошки број"): [_("Row %(line)d already speaks of this programme.") % {"line": 2}]
    }


def test_the_same_title_without_a_number_twice_is_wrong_too(upload, row):
    rows = [row | {"каталошки број": ""}, row | {"каталошки број": "", "назив": "ЧИТАЊЕ У НАСТАВИ"}]
    assert list(errors_of(upload(as_csv(rows)))) == [(3, "назив")]


@pytest.mark.parametrize("typed", ["K-1", "К-1", " к–1 "])
def test_a_number_finds_its_programme_in_any_look_alike_letters(upload, cycle, row, typed):
    there = Programme.objects.create(cycle=cycle, number="K-1", title="Било шта")
    (planned,) = upload(as_csv([row | {"каталошки број": typed}])).context["plan"].changed
    assert planned.programme == there
    assert "number" not in planned.values


def test_an_exact_number_wins_over_a_look_alike(upload, cycle, row):
    for number in ("K-1", "К-1"):
        Programme.objects.create(cycle=cycle, number=number, title=number)
    rows = [row | {"каталошки број": "K-1"}, row | {"каталошки број": "К-1"}]
    found = [planned.programme.title for planned in upload(as_csv(rows)).context["plan"].changed]
    assert found == ["K-1", "К-1"]
    unclear = upload(as_csv([row | {"каталошки број": "k-1"}]))
    assert list(errors_of(unclear)) == [(2, "каталошки број")]


def test_the_same_number_in_another_cycle_is_another_programme(upload, cycle, programme, row):
    other = Cycle.objects.create(
        name="2022/23–2024/25", starts_on="2022-09-01", ends_on="2025-08-31"
    )
    (planned,) = (
        upload(as_csv([row | {"циклус": other.name, "компетенције": ""}])).context["plan"].new
    )
    assert planned.values["cycle"] == other


def test_without_a_number_the_title_finds_the_programme_in_either_script(upload, programme, row):
    rows = [row | {"каталошки број": "", "назив": "Čitanje u nastavi"}]
    (planned,) = upload(as_csv(rows)).context["plan"].changed
    assert planned.programme == programme
    assert planned.values == {"title": "Čitanje u nastavi"}


def test_a_title_of_several_programmes_is_not_guessed(upload, cycle, row):
    for number in ("1", "2"):
        Programme.objects.create(cycle=cycle, number=number, title=row["назив"])
    preview = upload(as_csv([row | {"каталошки број": ""}]))
    assert errors_of(preview) == {
        (2, "назив"): [
            _("The catalogue has %(count)d such programmes; it cannot be told which one it is.")
            % {"count": 2}
        ]
    }


def test_a_programme_may_be_outside_of_cycles(upload, confirm, row):
    rows = [row | {"циклус": "", "каталошки број": "", "компетенције": ""}]
    confirm(upload(as_csv(rows)))
    assert Programme.objects.get().cycle is None
    assert not upload(as_csv(rows)).context["plan"].new


def test_competences_need_a_cycle(upload, row):
    preview = upload(as_csv([row | {"циклус": ""}]))
    assert errors_of(preview) == {
        (2, "компетенције"): [_("These belong to a cycle, and this row names none.")]
    }


def test_areas_and_trainers_are_found_in_either_script_and_made_once(upload, confirm, cycle, row):
    Area.objects.create(name="Српски језик")
    Trainer.objects.create(name="Милица Ђурђевић")
    rows = [
        row | {"каталошки број": "1", "област": "Srpski jezik", "водитељи": "Milica Đurđević"},
        row | {"каталошки број": "2", "област": "Физика", "водитељи": "Нова Новић"},
        row | {"каталошки број": "3", "област": "ФИЗИКА", "водитељи": "Nova Nović; Нова Новић"},
    ]
    confirm(upload(as_csv(rows)))
    assert sorted(Area.objects.values_list("name", flat=True)) == ["Српски језик", "Физика"]
    assert sorted(Trainer.objects.values_list("name", flat=True)) == [
        "Милица Ђурђевић",
        "Нова Новић",
    ]
    assert Programme.objects.get(number="3").trainers.get().name == "Нова Новић"


def test_a_trainer_with_namesakes_is_chosen_by_a_person(upload, programme, row):
    Trainer.objects.create(name="Милица Ђурђевић")
    assert upload(as_csv([row])).context["plan"].same
    preview = upload(as_csv([row | {"каталошки број": "13"}]))
    assert errors_of(preview) == {
        (2, "водитељи"): [
            _("%(count)d trainers are called %(name)s. Choose on the programme's page.")
            % {"count": 2, "name": "Милица Ђурђевић"}
        ]
    }


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("panel", Programme.Form.PANEL),
        ("PANEL", Programme.Form.PANEL),
        (str(Programme.Form.MEETING.label), Programme.Form.MEETING),
        (str(Programme.Form.WORKSHOP.label).upper(), Programme.Form.WORKSHOP),
        ("", Programme.Form.PROGRAMME),
    ],
)
def test_a_form_is_known_by_its_label_or_code(upload, confirm, row, typed, form):
    confirm(upload(as_csv([row | {"облик": typed}])))
    assert Programme.objects.get().form == form


def test_one_line_stays_one_line(upload, confirm, row):
    confirm(upload(as_csv([row | {"назив": "  Два\nреда \x0b и  још ", "циљеви": "а\r\nб\x0bв"}])))
    made = Programme.objects.get()
    assert (made.title, made.aims) == ("Два реда и још", "а\nб\nв")
