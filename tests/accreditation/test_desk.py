"""The staff's desk: list, page of one, steps offered, versions as files read back."""

from __future__ import annotations

import io

import docx
import pymupdf
import pytest
from django.urls import reverse

from accreditation import steps
from accreditation.models import Call, Proposal, Version
from accreditation.queries import desk as queries
from tests import office, reader
from tests.factories import institute
from tests.factories.accreditation import (
    AttachmentFactory,
    AuthorFactory,
    CallFactory,
    ProposalFactory,
)
from tests.factories.institute import days
from tests.factories.people import PersonFactory, StaffFactory, UserFactory
from tests.factories.trainings import AreaFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
LIST = "/predlozi/centar/"


@pytest.fixture
def staff():
    return institute.follower()


@pytest.fixture
def desk(staff):
    return office.desk_of(staff)


def operation(proposal, step) -> str:
    return step.address(proposal)


def shown(desk, **filters) -> list[str]:
    page = desk.get(LIST, filters)
    return [entry.title for entry in page.context["page"].object_list]


def test_what_was_never_submitted_stays_its_authors_own(desk):
    ProposalFactory(title="Нацрт")
    ProposalFactory(title="Предат", submitted=True)

    assert shown(desk) == ["Предат"]
    draft = Proposal.objects.get(title="Нацрт")
    assert desk.get(f"{LIST}{draft.pk}/").status_code == 404


def test_the_front_page_leads_those_to_the_desk_who_may_read_it(desk):
    others = office.desk_of(StaffFactory(permissions=["trainings.view_programme"]))

    assert [f'href="{LIST}"' in one.get("/admin/").content.decode() for one in (desk, others)] == [
        True,
        False,
    ]


@pytest.mark.parametrize("typed", ["дворишту", "DVORIŠTU", "djordjev", "ђорђев двориш", "{code}"])
def test_a_proposal_is_found_by_title_author_or_code(desk, typed):
    lead = PersonFactory(first_name="Ђорђе", last_name="Ђорђевић")
    one = ProposalFactory(title="Огледи у дворишту дворишта", lead=lead, submitted=True)
    ProposalFactory(title="Драма", submitted=True)

    assert shown(desk, q=typed.format(code=one.code.lower())) == [one.title]


def test_filters_narrow_the_list_together(desk):
    call = CallFactory(kind=Call.Kind.MEETING)
    area = AreaFactory(name="Уметност")
    wanted = ProposalFactory(call=call, area=area, state="accepted", title="Тражени")
    ProposalFactory(call=call, state="accepted")
    ProposalFactory(area=area, state="accepted")
    ProposalFactory(call=call, area=area, submitted=True)

    for filters in (
        {"call": call.pk, "area": area.pk, "state": "accepted"},
        {"kind": "meeting", "area": area.pk, "state": "accepted"},
    ):
        assert shown(desk, **filters) == [wanted.title]


def test_a_filter_nobody_offers_is_said_to_be_one(desk):
    ProposalFactory(submitted=True)

    page = desk.get(LIST, {"state": "draft"}).content.decode()

    assert 'role="alert"' in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_however_many_rows(desk, django_assert_num_queries, rows):
    for _ in range(rows):
        AuthorFactory(proposal=ProposalFactory(submitted=True))
    desk.get(LIST)

    # Session, account, its rights twice; what filters offer, the keys, the rows.
    with django_assert_num_queries(7):
        desk.get(LIST)


@pytest.mark.parametrize("number", [1, 3])
def test_a_page_takes_the_same_queries_however_much_it_has(desk, django_assert_num_queries, number):
    proposal = ProposalFactory()
    for _ in range(number):
        AuthorFactory(proposal=proposal)
        AttachmentFactory(proposal=proposal)
    Proposal.objects.update(state="submitted", submitted_at=proposal.created_at)
    from tests.factories.accreditation import VersionFactory

    for _ in range(number):
        VersionFactory(proposal=institute.fresh(proposal))
    path = f"{LIST}{proposal.pk}/"

    # Session, account, its rights twice, the stamp; and what is drawn, the first time only.
    with django_assert_num_queries(10):
        assert desk.get(path).status_code == 200
    with django_assert_num_queries(5):
        assert desk.get(path).status_code == 200


@pytest.mark.parametrize(
    ("who", "status"), [("anonymous", 302), ("teacher", 403), ("other staff", 403)]
)
def test_the_desk_is_for_those_who_read_proposals(client, who, status):
    proposal = institute.accepted()
    if who != "anonymous":
        client.force_login(UserFactory() if who == "teacher" else StaffFactory())

    for path in (LIST, f"{LIST}{proposal.pk}/"):
        assert client.get(path).status_code == status


def offered(desk, proposal) -> list[str]:
    page = desk.get(f"{LIST}{proposal.pk}/")
    return [step.name for step, _address in page.context["steps"]]


def test_the_steps_are_those_of_the_state(desk, staff):
    names = {
        steps.FILE: institute.accepted(),
        steps.COMPLETE: None,
    }
    assert offered(desk, names[steps.FILE]) == ["predaja"]
    filed = institute.filed(staff)
    assert offered(desk, filed) == ["vracanje", "akreditacija", "odbijanje", "ispravka"]
    refused = institute.refused(staff)
    assert offered(desk, refused) == ["akreditacija", "zalba", "ispravka"]
    accredited = institute.accredited(staff, decision={"catalogue_number": "9"})
    assert offered(desk, accredited) == ["program", "obnova", "istek", "ispravka"]
    made = institute.made(staff, decision={"catalogue_number": "10"})
    assert offered(desk, made) == ["seminar", "obnova", "istek", "ispravka"]
    assert offered(desk, institute.accepted(Call.Kind.PRACTICE)) == ["primer"]
    assert offered(desk, institute.accepted(Call.Kind.WORKSHOP)) == ["program"]
    assert offered(desk, ProposalFactory(submitted=True)) == []


def test_who_only_reads_is_offered_no_step():
    reads = office.desk_of(StaffFactory(permissions=["accreditation.view_proposal"]))

    assert offered(reads, institute.accepted()) == []


def test_the_whole_way_in_the_back_office(desk, staff):
    proposal = institute.accepted(Call.Kind.MEETING, wished_on=days(70), title="Скуп")

    def take(step, **typed):
        path = operation(proposal, step)
        assert desk.get(path).status_code == 200
        answer = desk.post(path, typed)
        assert answer.status_code == 302, answer.context["form"].errors
        return answer.headers["Location"]

    def on(number):
        return f"{days(number):%d.%m.%Y.}"

    assert take(steps.FILE, filed_on=on(-9), filing_number="1") == f"{LIST}{proposal.pk}/"
    take(steps.RETURN, returned_on=on(-8), complete_by=on(2), what_is_missing="Програм рада.")
    assert "Програм рада." in desk.get(f"{LIST}{proposal.pk}/").content.decode()
    take(steps.COMPLETE, completed_on=on(-7))
    take(
        steps.REFUSE,
        decided_on=on(-6),
        decision_number="5",
        refused_because="Кратак је.",
        appeal_until=on(3),
    )
    take(steps.APPEAL, appealed_on=on(-5))
    accredited = {"decided_on": on(-1), "decision_number": "6/2026", "points": "1"}
    take(steps.ACCREDIT, **accredited, valid_from=on(0), valid_until=on(365))
    take(steps.CORRECT, **_corrected(desk, proposal, decision_number="7/2026"))
    take(steps.MAKE)
    seminar = take(steps.PLAN, town="Топола", first_day=on(70), begins_at="10:00")

    made = institute.fresh(proposal).made.programme
    assert (made.number, made.form) == ("7/2026", "meeting")
    assert seminar == reverse("admin:trainings_seminarevent_change", args=[made.seminars.get().pk])
    take(steps.LET_GO, reason="Једном је доста.")


def _corrected(desk, proposal, **changes):
    page = desk.get(operation(proposal, steps.CORRECT)).content.decode()
    return reader.typed(page, reason="Омашка.", **changes)


def test_wrong_days_stand_beside_their_field_with_what_was_typed(desk, staff):
    proposal = institute.filed(staff)
    typed = {
        "returned_on": f"{days(-1):%d.%m.%Y.}",
        "complete_by": f"{days(-2):%d.%m.%Y.}",
        "what_is_missing": "Све.",
    }

    answer = desk.post(operation(proposal, steps.RETURN), typed)

    form = answer.context["form"]
    assert list(form.errors) == ["complete_by"]
    assert typed["what_is_missing"] in answer.content.decode()
    assert institute.fresh(proposal).state == "filed"


def test_a_taken_number_stands_beside_its_field(desk, staff):
    proposal = institute.filed(staff)
    ProgrammeFactory(cycle=proposal.call.cycle, number="345")
    typed = {
        "decided_on": f"{days(-1):%d.%m.%Y.}",
        "decision_number": "1",
        "catalogue_number": "345",
        "points": "8",
        "valid_from": f"{days(0):%d.%m.%Y.}",
        "valid_until": f"{days(9):%d.%m.%Y.}",
    }

    answer = desk.post(operation(proposal, steps.ACCREDIT), typed)

    assert list(answer.context["form"].errors) == ["catalogue_number"]


@pytest.mark.parametrize("step", steps.ALL, ids=lambda step: step.name)
def test_a_step_out_of_its_turn_is_refused_and_breaks_nothing(desk, staff, step):
    """Its page may be open since before somebody else took the step."""
    proposal = ProposalFactory(submitted=True)
    if step is steps.CORRECT:
        return  # without a filing there is nothing its form could show
    typed = {
        name: f"{days(-1):%d.%m.%Y.}"
        for name in ("filed_on", "returned_on", "completed_on", "decided_on", "appealed_on",
                     "complete_by", "appeal_until", "valid_from", "valid_until")
    }  # fmt: skip
    typed |= dict.fromkeys(
        ("what_is_missing", "refused_because", "decision_number", "catalogue_number", "reason"), "1"
    )
    typed |= {"points": "1", "call": str(CallFactory().pk)}

    answer = desk.post(operation(proposal, step), typed)

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert institute.fresh(proposal).state == "submitted"


def words(content: bytes) -> tuple[str, list[str]]:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(paragraph.text for paragraph in document.paragraphs), cells


def test_a_version_is_a_word_document_in_the_order_of_the_institute(desk):
    proposal = institute.written()

    answer = desk.get(f"/predlozi/{proposal.pk}/verzije/1.docx")

    text, cells = words(answer.content)
    order = [
        "1. Основни подаци",
        "2. Аутори",
        "Јелена Ђурић (води)",
        "3. Одељак",
        "Питање: audience",
        "наставници физике",
        "Питање: literature",
        "4. Распоред сати",
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert cells[:5] == ["Р. бр.", "Тема", "Начин рада", "Сати", "Реализатор"]
    assert cells[10:15] == ["2", "Огледи", "радионица", "6", "Ђорђе Њагић и Љубица Џаковић"]
    assert answer["Content-Disposition"] == (
        f'attachment; filename="predlog-{proposal.code}-1.docx"'
    )


def test_the_pdf_says_the_same_and_is_the_same_every_time(desk):
    proposal = institute.written()
    path = f"/predlozi/{proposal.pk}/verzije/1.pdf"

    first, again = desk.get(path).content, desk.get(f"/lat{path}").content

    with pymupdf.open(stream=first) as document:
        text = " ".join(" ".join(page.get_text() for page in document).split())
        assert document.metadata["title"] == "Огледи у школском дворишту"
    version = Version.objects.get()
    for said in ("наставници физике", "Љубица Џаковић", "Распоред сати", version.sha256[:16]):
        assert said in text
    assert first == again


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_markup_in_what_was_typed_stays_text(desk, form):
    proposal = institute.accepted(title="#import <b>„огледи“</b> & *звезде*")

    answer = desk.get(f"/predlozi/{proposal.pk}/verzije/1.{form}")

    if form == "docx":
        text = words(answer.content)[0]
    else:
        with pymupdf.open(stream=answer.content) as document:
            text = " ".join(page.get_text() for page in document)
    assert "#import <b>„огледи“</b> & *звезде*" in " ".join(text.split())


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_version_is_for_its_authors_and_the_staff_only(client, staff, form):
    proposal = institute.accepted()
    invited = AuthorFactory(proposal=proposal, invited=True)
    path = f"/predlozi/{proposal.pk}/verzije/1.{form}"
    author = proposal.authors.get(leads=True).person.user

    assert client.get(path).status_code == 302
    for user, status in (
        (author, 200),
        (staff, 200),
        (UserFactory(), 404),
        (StaffFactory(), 404),
        (UserFactory(email=invited.email), 404),
    ):
        assert office.desk_of(user).get(path).status_code == status
    assert office.desk_of(author).get(path.replace("1.", "2.")).status_code == 404


def test_an_author_reads_where_the_proposal_stands(staff):
    proposal = institute.refused(staff)
    author = proposal.authors.get(leads=True).person.user

    page = office.desk_of(author).get(proposal.get_absolute_url()).content.decode()

    assert "Циљеви нису мерљиви." in page


def test_keys_of_nothing_are_no_statement():
    assert queries.entries([]) == []
