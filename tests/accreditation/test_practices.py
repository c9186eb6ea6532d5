"""Examples of good practice: prepared, published, searched, taken down, presented, with files."""

from __future__ import annotations

import json
import re

import pytest
from django.urls import reverse

from accreditation import meanings
from accreditation.models import Attachment, Call, Decision, Practice, Proposal, Version
from accreditation.operations import practices as operations
from accreditation.queries import practices as queries
from centar.access import Refusal
from centar.events.operations import schedule
from centar.outbox.models import Letter
from centar.questionnaires.models import Option, Question
from tests import office, reader
from tests.factories import files, institute
from tests.factories.accreditation import (
    AttachmentFactory,
    AuthorFactory,
    CallFactory,
    ProposalFactory,
    question,
    write,
)
from tests.factories.people import PersonFactory, StaffFactory
from tests.factories.schools import MunicipalityFactory, SchoolFactory, SubjectFactory
from tests.factories.trainings import SeminarFactory

pytestmark = pytest.mark.django_db
LIST = "/primeri-dobre-prakse/"


@pytest.fixture
def staff():
    return institute.follower()


def example(*names: str, **facts) -> Proposal:
    """An accepted example with files of these names."""
    proposal = ProposalFactory(**{"call": CallFactory(kind=Call.Kind.PRACTICE), **facts})
    for name in names:
        AttachmentFactory(proposal=proposal, file=files.stored(name))
    return institute.accepted_now(proposal)


def read(client, address: str) -> str:
    """What a visitor reads there."""
    page: str = client.get(address).content.decode()
    return page


def titles(client, **filters) -> list[str]:
    """The headings of the list's rows."""
    page = reader.Page(client.get(LIST, filters).content.decode())
    return [heading for heading in page.headings if heading.startswith(("Пример ", "Пример:"))]


def test_a_page_is_prepared_from_the_accepted_version(staff):
    call = CallFactory(kind=Call.Kind.PRACTICE)
    kind, subject = Question.Kind, SubjectFactory(name="Физика")
    asked = {
        meanings.SUMMARY: question(call, meanings.SUMMARY),
        meanings.TEXT: question(call, meanings.TEXT),
        meanings.SUBJECT: question(
            call, meanings.SUBJECT, kind.LISTED, source="subjects", counts_people=False
        ),
        meanings.LEVEL: question(call, meanings.LEVEL, kind.SINGLE),
        "advice": question(call, "advice", text="Савет колегама"),
        "literature": question(call, "literature"),
    }
    Option.objects.create(question=asked[meanings.LEVEL], code="upper", text="5–8. разред")
    school = SchoolFactory()
    proposal = ProposalFactory(
        call=call, title="Тобоган", lead=PersonFactory(first_name="Ана", school=school)
    )
    AuthorFactory(proposal=proposal, person=PersonFactory(first_name="Бојан"))
    answers = {
        meanings.SUMMARY: "Укратко.",
        meanings.TEXT: "Опширно.",
        meanings.SUBJECT: subject.pk,
        meanings.LEVEL: "5–8. разред",
        "advice": "Почните кратко.",
    }
    write(proposal, *((asked[code], value) for code, value in answers.items()))
    institute.accepted_now(proposal)

    practice = operations.prepare(proposal_id=proposal.pk, attachments=[], by=staff)

    assert (practice.title, practice.summary, practice.text, practice.subject, practice.level) == (
        "Тобоган",
        "Укратко.",
        "Опширно.\n\nСавет колегама\nПочните кратко.",
        subject,
        Practice.Level.UPPER,
    )
    assert re.fullmatch(r"Ана Петровић \d+, Бојан Петровић \d+", practice.authors)
    assert list(practice.schools.all()) == [school]
    assert not practice.is_public


def test_only_files_that_somebody_chose_become_public(client, staff):
    proposal = example("plan.pdf", "biografije.pdf")
    plan, lives = Attachment.objects.order_by("pk")
    practice = operations.prepare(proposal_id=proposal.pk, attachments=[plan.pk], by=staff)
    Practice.objects.update(text="Опширно.")

    def statuses():
        answers = [client.get(f"{LIST}{practice.pk}/datoteke/{one.pk}/") for one in (plan, lives)]
        for answer in answers:
            if answer.streaming:
                assert b"".join(answer.streaming_content) == files.pdf()
        return [answer.status_code for answer in answers]

    assert statuses() == [404, 404]
    operations.publish(practice_id=practice.pk, by=staff)
    assert statuses() == [200, 404]
    operations.take_down(practice_id=practice.pk, reason="Замолили су.", by=staff)
    assert statuses() == [404, 404]
    assert client.get(practice.get_absolute_url()).status_code == 404
    operations.publish(practice_id=practice.pk, by=staff)
    assert statuses() == [200, 404]


def test_a_file_of_another_proposal_is_refused(staff):
    stranger = AttachmentFactory()
    proposal = example("plan.pdf")

    with pytest.raises(Refusal) as refused:
        operations.prepare(proposal_id=proposal.pk, attachments=[stranger.pk], by=staff)

    assert refused.value.field == "attachments"
    assert not Practice.objects.exists()


def test_a_published_file_is_downloaded_never_shown_in_place(client, staff):
    proposal = example("plan.pdf")
    practice = institute.published(staff, proposal=proposal)

    answer = client.get(f"{LIST}{practice.pk}/datoteke/{Attachment.objects.get().pk}/")

    assert b"".join(answer.streaming_content) == files.pdf()
    assert answer["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("state", ["submitted", "revision", "declined"])
def test_what_the_centre_has_not_accepted_is_no_page(staff, state):
    proposal = example()
    Proposal.objects.update(state=state)

    with pytest.raises(Refusal, match="Only what the Centre has accepted"):
        operations.prepare(proposal_id=proposal.pk, attachments=[], by=staff)


def test_a_programme_is_no_example_and_an_example_has_one_page(staff):
    with pytest.raises(Refusal, match="Only examples of good practice"):
        operations.prepare(proposal_id=institute.accepted().pk, attachments=[], by=staff)
    practice = institute.prepared(staff)
    with pytest.raises(Refusal, match="Its page is prepared already"):
        operations.prepare(proposal_id=practice.proposal_id, attachments=[], by=staff)


def test_the_list_says_whether_nothing_matches_or_nothing_is_there(client):
    assert "Још нема објављених примера" in read(client, LIST)
    assert "Ниједан пример не одговара" in read(client, f"{LIST}?q=оглед")


def test_an_empty_page_is_not_published(staff):
    practice = institute.prepared(staff, text=" ")

    with pytest.raises(Refusal, match="needs a text"):
        operations.publish(practice_id=practice.pk, by=staff)


def test_publishing_and_taking_down_have_their_order(staff):
    practice = institute.prepared(staff)
    with pytest.raises(Refusal, match="It is not public"):
        operations.take_down(practice_id=practice.pk, reason="Не.", by=staff)
    operations.publish(practice_id=practice.pk, by=staff)
    with pytest.raises(Refusal, match="It is public already"):
        operations.publish(practice_id=practice.pk, by=staff)
    with pytest.raises(Refusal) as refused:
        operations.take_down(practice_id=practice.pk, reason=" ", by=staff)
    assert refused.value.field == "reason"


def test_all_authors_are_told_the_first_time_only(staff):
    proposal = example()
    AuthorFactory(proposal=proposal, person=PersonFactory())
    AuthorFactory(proposal=proposal, invited=True)

    practice = institute.published(staff, proposal=proposal)
    operations.take_down(practice_id=practice.pk, reason="Грешка.", by=staff)
    operations.publish(practice_id=practice.pk, by=staff)

    assert Letter.objects.filter(kind="accreditation.practice_published").count() == 2


@pytest.mark.parametrize("word", ["мерење", "MERENJE", "merenja", "меренје"])
def test_an_example_is_found_in_any_script(client, staff, word):
    practice = institute.published(staff, proposal=example(title="Пример: мерење убрзања"))
    institute.published(staff, proposal=example(title="Пример: драма"))

    assert queries.find({"q": word}).keys == [practice.pk]
    assert titles(client, q=word) == ["Пример: мерење убрзања"]


def test_a_slip_of_the_finger_finds_what_is_alike(client, staff):
    practice = institute.published(staff, proposal=example(title="Пример: библиотека"))

    found = queries.find({"q": "bibiloteka"})

    assert (found.keys, found.approximate) == ([practice.pk], True)


def test_facets_offer_what_there_is_and_narrow_the_list(client, staff):
    subject, place = SubjectFactory(name="Хемија"), MunicipalityFactory(name="Кнић")
    SubjectFactory(name="Биологија")
    one, other = (institute.published(staff, proposal=example(title=f"Пример {n}")) for n in "АБ")
    Practice.objects.filter(pk=one.pk).update(subject=subject, level=Practice.Level.LOWER)
    one.schools.add(SchoolFactory(municipality=place), SchoolFactory(municipality=place))
    hidden = institute.published(staff, proposal=example(title="Пример В"))
    operations.take_down(practice_id=hidden.pk, reason="Грешка.", by=staff)

    assert queries.facets() == {
        "subject": [(str(subject.pk), "Хемија (1)")],
        "level": [("lower", "grades 1–4 (1)"), ("all", "all levels (1)")],
        "municipality": [(str(place.pk), "Кнић (1)")],
    }
    assert titles(client) == ["Пример Б", "Пример А"]
    for filters in (
        {"subject": subject.pk},
        {"level": "lower"},
        {"municipality": place.pk},
        {"subject": subject.pk, "level": "lower", "q": "пример"},
    ):
        assert titles(client, **filters) == ["Пример А"]
    assert titles(client, subject=subject.pk, level="all") == []
    assert other.is_public


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_however_many_rows(
    client, django_assert_num_queries, staff, rows
):
    for _ in range(rows):
        institute.published(staff, proposal=example()).schools.add(SchoolFactory())

    with django_assert_num_queries(4):  # the stamp, the facets, the keys, the rows
        client.get(LIST)


@pytest.mark.parametrize("number", [1, 3])
def test_a_page_takes_the_same_queries_however_much_it_has(
    client, django_assert_num_queries, staff, number
):
    proposal = example(*(f"plan{n}.pdf" for n in range(number)))
    practice = institute.published(staff, proposal=proposal)
    for _ in range(number):
        practice.schools.add(SchoolFactory())

    with django_assert_num_queries(1):  # everything that stands there
        assert client.get(practice.get_absolute_url()).status_code == 200


def test_a_kept_page_goes_when_the_example_is_taken_down(client, staff):
    practice = institute.published(staff, proposal=example(title="Пример: драма"))
    assert titles(client) == ["Пример: драма"]
    assert client.get(practice.get_absolute_url()).status_code == 200

    operations.take_down(practice_id=practice.pk, reason="Грешка.", by=staff)

    assert titles(client) == []
    assert client.get(practice.get_absolute_url()).status_code == 404


def linked(client, path):
    html = client.get(path).content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert found is not None
    return json.loads(found[1])


def test_search_engines_read_the_facts_in_the_script_of_the_page(client, staff):
    practice = institute.published(staff, proposal=example(title="Њихање </script><b>"))

    facts = linked(client, practice.get_absolute_url())
    latin = linked(client, f"/lat{practice.get_absolute_url()}")

    assert (facts["@type"], facts["name"]) == ("LearningResource", "Њихање </script><b>")
    assert latin["name"] == "Njihanje </script><b>"
    assert latin["url"].endswith(f"/lat{practice.get_absolute_url()}")
    assert [author["name"] for author in facts["author"]] == practice.authors.split(", ")


def test_where_it_is_presented_stands_on_both_pages(client, staff):
    practice = institute.published(staff)
    event = SeminarFactory(event__title="Дани физике", event__state="open").event
    operations.present(practice_id=practice.pk, event=event, by=staff)
    page = reverse("trainings:seminar", args=[event.pk])

    assert f'<a href="{page}">Дани физике</a>' in read(client, practice.get_absolute_url())
    listed = f'<a href="{practice.get_absolute_url()}">{practice.title}</a>'
    assert listed in read(client, page)

    operations.take_down(practice_id=practice.pk, reason="Аутор је замолио.", by=staff)
    assert listed not in read(client, page)
    operations.publish(practice_id=practice.pk, by=staff)
    operations.present(practice_id=practice.pk, event=None, by=staff)
    assert listed not in read(client, page)


@pytest.mark.parametrize("state", ["draft", "cancelled"])
def test_an_event_that_is_not_to_be_is_not_named(client, staff, state):
    practice = institute.published(staff)
    event = SeminarFactory(event__title="Дани физике").event
    if state == "cancelled":
        schedule.cancel(event_id=event.pk, reason="Нема сале.", by=staff)
    else:
        type(event).objects.update(state=state)
    operations.present(practice_id=practice.pk, event=event, by=staff)

    assert "Дани физике" not in read(client, practice.get_absolute_url())


def deeds(practice, staff):
    return {
        "prepare": lambda by: operations.prepare(proposal_id=example().pk, attachments=[], by=by),
        "keep": lambda by: operations.keep(practice=practice, changed=["title"], by=by),
        "publish": lambda by: operations.publish(practice_id=practice.pk, by=by),
        "take_down": lambda by: operations.take_down(practice_id=practice.pk, reason="Не.", by=by),
        "present": lambda by: operations.present(practice_id=practice.pk, event=None, by=by),
    }


@pytest.mark.parametrize("deed", ["prepare", "keep", "publish", "take_down", "present"])
def test_only_the_staff_who_publish_do_any_of_it(staff, deed):
    practice = institute.prepared(staff)
    act = deeds(practice, staff)[deed]
    author = practice.proposal.authors.get().person.user
    onlooker = StaffFactory(permissions=["accreditation.view_practice"])

    for by in (author, onlooker, institute.follower(is_staff=False)):
        with pytest.raises(Refusal, match="Only the Centre's staff may do this"):
            act(by)


def test_the_back_office_edits_publishes_and_takes_down(staff):
    practice = institute.prepared(staff, proposal=example("plan.pdf"))
    desk = office.desk_of(staff)
    path = reverse("admin:accreditation_practice_change", args=[practice.pk])

    form = reader.typed(desk.get(path).content.decode(), title="Пример с тобогана")
    assert desk.post(path, form).status_code == 302
    answer = desk.post(f"{path[: -len('change/')]}radnja/objava/")
    assert answer.status_code == 302
    assert desk.get(practice.get_absolute_url()).status_code == 200
    assert Practice.objects.get().title == "Пример с тобогана"
    wrong = desk.post(f"{path[: -len('change/')]}radnja/skidanje/", {"reason": ""})
    assert (wrong.status_code, Practice.objects.get().is_public) == (200, True)


def test_what_was_decided_and_frozen_stays(staff):
    proposal = example("plan.pdf")
    before = (list(Version.objects.values()), list(Decision.objects.values()))

    institute.published(staff, proposal=proposal)

    assert (list(Version.objects.values()), list(Decision.objects.values())) == before
