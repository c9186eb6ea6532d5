"""What visitors see of the library."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from centar.portal.page_cache import _stamp
from centar.script.latin import to_latin
from library.models import ReadingList, Record
from library.operations import words
from library.queries import finding
from tests import library_scenery, reader
from tests.factories import files
from tests.factories.library import (
    ContributionFactory,
    CopyFactory,
    LoanFactory,
    RecordFactory,
    ReservationFactory,
)
from tests.factories.people import StaffFactory, UserFactory
from tests.factories.trainings import SeminarFactory

pytestmark = pytest.mark.django_db

FIND = "/biblioteka/"


def page(client, path, **asked):
    return reader.Page(client.get(path, asked).content.decode())


@pytest.mark.parametrize("records", [3, 5])
def test_a_search_takes_as_many_queries_for_five_records_as_for_three(
    client, records, django_assert_num_queries
):
    for number in range(records):
        CopyFactory(record=RecordFactory(title=f"Плуг {number}", year=1990 + number))

    with django_assert_num_queries(8):  # words, how one may end, beginnings, the rows, a time limit
        client.get(FIND, {"q": "plug"})


@pytest.mark.parametrize("copies", [1, 3])
def test_a_records_page_takes_as_many_queries_for_three_copies_as_for_one(
    client, copies, django_assert_num_queries
):
    record = RecordFactory()
    CopyFactory.create_batch(copies, record=record)

    with django_assert_num_queries(10):
        client.get(reverse("library:record", args=[record.pk]))


def test_what_was_found_is_marked_in_the_readers_script(client):
    RecordFactory(title="Историја <б>школа</б> & Škole")

    found = client.get(f"/lat{FIND}", {"q": "škola"}).content.decode()

    assert "Istorija &lt;b&gt;<mark>škola</mark>&lt;/b&gt; &amp; <mark>Škole</mark>" in found


def test_a_facet_leads_to_the_narrowed_list_and_back(client):
    RecordFactory(title="Плуг", kind=Record.Kind.JOURNAL)
    RecordFactory(title="Плуг и коса")
    narrowed = client.get(f"{FIND}?q=plug&kind=journal&page=7")

    assert [one.address for one in narrowed.context["chosen"]] == ["?q=plug"]
    assert [one.title for one in narrowed.context["page"]] == ["Плуг"]
    groups = client.get(f"{FIND}?q=plug").context["groups"]
    assert [(one.address, one.number) for one in groups[0].choices] == [
        ("?q=plug&kind=book", "1"),
        ("?q=plug&kind=journal", "1"),
    ]
    # There is no copy of either: nothing is free.
    assert [group.name for group in groups] == ["kind"]


@pytest.mark.parametrize(
    "asked",
    ["kind=x&udc=4&language=1&decade=a&year=-&order=x&page=x", "q=%00", f"q={9999 * 'a'}"],
)
def test_nonsense_in_the_address_is_answered_kindly(client, asked):
    assert client.get(f"{FIND}?{asked}").status_code == 200


def test_a_search_that_keeps_the_database_busy_is_given_up(client, monkeypatch):
    monkeypatch.setattr(finding, "PATIENCE", 10)
    monkeypatch.setattr(finding, "HITS", "SELECT pg_sleep(9)")

    assert "траје предуго" in page(client, FIND, order="title").text
    shown = page(client, FIND, kind="book")

    assert ("траје предуго" in shown.text, "ништа не одговара" in shown.text) == (True, False)


def test_a_withdrawn_record_is_not_there(client):
    record = RecordFactory(withdrawn_at=timezone.now())
    Record.objects.filter(pk=record.pk).update(file=files.stored())
    names = ("record", "bibtex", "ris", "file")
    client.force_login(UserFactory())

    assert [
        client.get(reverse(f"library:{name}", args=[record.pk])).status_code for name in names
    ] == [404] * 4


def test_the_file_of_a_publication_is_lent_to_whoever_is_signed_in(client):
    record = RecordFactory(file=files.stored(), kind=Record.Kind.ELECTRONIC)
    address = reverse("library:file", args=[record.pk])
    told = "за пријављене"

    assert (told in page(client, reverse("library:record", args=[record.pk])).text) is True
    assert client.get(address).status_code == 302
    client.force_login(UserFactory())
    assert (told in page(client, reverse("library:record", args=[record.pk])).text) is False
    assert b"".join(client.get(address).streaming_content) == files.pdf()
    Record.objects.update(file=None)
    assert client.get(address).status_code == 404


def test_a_cover_stands_on_the_records_page_and_in_lists(client):
    record = RecordFactory(title="Плуг", cover=files.stored("k.png", files.picture("PNG")))
    plain = RecordFactory(title="Плуг без корица")
    address = reverse("library:cover", args=[record.pk])

    shown = client.get(address)
    assert (shown["Content-Type"], shown["Content-Disposition"][:6]) == ("image/png", "inline")
    assert shown["Cache-Control"].startswith("public, max-age=")
    assert b"".join(shown.streaming_content).startswith(b"\x89PNG")
    versioned = f"{address}?v={record.cover.sha256[:8]}"
    own = client.get(reverse("library:record", args=[record.pk])).content.decode()
    assert re.findall('<img class="cover" src="(.*?)" alt="(.*?)"', own) == [
        (versioned, "Корице: Плуг")
    ]
    listed = client.get(FIND, {"q": "plug"}).content.decode()
    # Beside its title the picture says nothing more.
    assert re.findall('<img class="entry-cover" src="(.*?)" alt="(.*?)"', listed) == [
        (versioned, "")
    ]
    assert client.get(reverse("library:cover", args=[plain.pk])).status_code == 404
    Record.objects.update(withdrawn_at=timezone.now())
    assert client.get(address).status_code == 404


def test_a_record_is_cited_as_it_is_printed(client):
    record = RecordFactory(
        title="Рад & {ред}", year=1948, publisher="Просвета", subjects="Рад\nРед"
    )
    ContributionFactory(record=record)
    bibtex, ris = (
        client.get(f"/lat{FIND}{record.pk}/zapis.{kind}").content.decode()
        for kind in ("bib", "ris")
    )

    assert bibtex == (
        f"@book{{biblioteka{record.pk},\n  title = {{{{Рад \\& \\{{ред\\}}}}}},\n"
        "  author = {Андрић, Иво},\n  publisher = {Просвета},\n  year = {1948},\n}\n"
    )
    assert ris == (
        "TY  - BOOK\r\nTI  - Рад & {ред}\r\nAU  - Андрић, Иво\r\nPY  - 1948\r\nPB  - Просвета\r\n"
        f"KW  - Рад\r\nKW  - Ред\r\nID  - {record.pk}\r\nER  - \r\n"
    )


def test_the_udc_is_walked_downwards(client):
    for notation in ("821.163.41-31", "811", "37"):
        RecordFactory(udc=notation, title=notation)
    shown = client.get(f"{FIND}udk/8/").context

    assert (shown["narrower"], [one.title for one in shown["page"]]) == (
        ["81", "82"],
        ["811", "821.163.41-31"],
    )
    assert client.get(f"{FIND}udk/821/").context["narrower"] == ["821.1"]
    assert [client.get(f"{FIND}udk/{one}/").status_code for one in ("4", "x", "8'")] == [404] * 3


def test_suggestions_are_written_in_the_readers_script(client):
    RecordFactory(title="Историја")
    words.count()

    assert 'value="istorija"' in client.get(f"/lat{FIND}predlozi/?q=ist").content.decode()


def test_a_list_of_the_staff_stands_on_the_page_of_its_seminar_at_once(client):
    seminar, record = SeminarFactory(), RecordFactory(title="Плуг")
    path = reverse("trainings:seminar", args=[seminar.pk])
    stamp, before = _stamp(), page(client, path).text
    staff = Client()
    permissions = [f"library.add_readinglist{part}" for part in ("", "entry")]
    staff.force_login(StaffFactory(permissions=[*permissions, "library.view_readinglist"]))
    typed = {
        "title": "За читање",
        "event": seminar.event_id,
        "is_published": "on",
        "entries-TOTAL_FORMS": "1",
        "entries-INITIAL_FORMS": "0",
        "entries-0-order": "1",
        "entries-0-record": record.pk,
        "entries-0-note": "Почните одавде.",
    }
    staff.post(reverse("admin:library_readinglist_add"), typed)
    reading = ReadingList.objects.get()

    assert ("За читање" in before, "За читање" in page(client, path).text) == (False, True)
    assert stamp != _stamp()
    shown = page(client, reverse("library:list", args=[reading.pk])).text
    assert ("Плуг" in shown, "Почните одавде." in shown) == (True, True)


def test_a_list_names_its_event_only_when_visitors_may_see_it(client):
    event = SeminarFactory(event__title="Радионица", event__state="draft").event
    reading = ReadingList.objects.create(title="За читање", event=event, is_published=True)
    address = reverse("library:list", args=[reading.pk])

    before = page(client, address).text
    type(event).objects.update(state="open")

    assert ("Радионица" in before, "Радионица" in page(client, address).text) == (False, True)


def test_an_unpublished_list_is_not_there(client):
    reading = ReadingList.objects.create(title="Нацрт")

    assert client.get(reverse("library:list", args=[reading.pk])).status_code == 404


@pytest.mark.parametrize("face", ["", "/lat"])
def test_search_engines_read_what_it_is(client, face):
    library_scenery.furnish(SeminarFactory().event)
    book = Record.objects.get(title=library_scenery.TITLE)
    path = face + reverse("library:record", args=[book.pk])
    shown = client.get(path).content.decode()
    (facts,) = re.findall('<script type="application/ld\\+json">(.*?)</script>', shown)

    written = to_latin if face else str
    assert json.loads(facts) == {
        "@context": "https://schema.org",
        "@type": "Book",
        "name": written("На Дрини ћуприја"),
        "alternativeHeadline": written("вишеградска хроника"),
        "bookEdition": written("2. изд."),
        "isbn": "9788652112340",
        "inLanguage": "sr",
        "datePublished": "1948",
        "publisher": {"@type": "Organization", "name": written("Просвета")},
        "keywords": [written("Босна"), written("Мостови")],
        "url": f"http://testserver{path}",
        "sameAs": "https://example.org/cuprija",
        "author": [{"@type": "Person", "name": written("Андрић, Иво")}],
    }


def test_a_records_page_says_of_each_copy_where_it_stands_and_from_when_it_is_free(client):
    record = RecordFactory()
    number = iter("12345")

    def copy(**facts):
        return CopyFactory(record=record, accession_number=next(number), shelf_mark="П", **facts)

    copy()
    copy(only_here=True)
    copy(state="repair")
    LoanFactory(copy=copy(), due_on=date(2027, 3, 9))
    ReservationFactory(
        record=record,
        state="ready",
        copy=copy(),
        ready_at=timezone.now(),
        pickup_until=date(2027, 3, 1),
    )
    CopyFactory(record=record, state="written_off")
    shown = client.get(reverse("library:record", args=[record.pk])).content.decode()
    number = r'<strong>П</strong> <span class="muted">инв\. бр\. (.)</span>'
    row = number + '.*?<span class="tag.*?">(.*?)</span>'

    assert re.findall(row, shown, re.DOTALL) == [
        ("1", "слободан"),
        ("2", "чита се у библиотеци"),
        ("3", "на поправци"),
        ("4", "на позајмици до 9. марта 2027."),
        ("5", "одложен за читаоца"),
    ]

    online = RecordFactory(kind="electronic", link="https://example.org/knjiga")
    shown = page(client, reverse("library:record", args=[online.pk]))
    assert "https://example.org/knjiga" in [address for address, _text in shown.links]


def test_titles_stand_in_the_order_of_the_readers_alphabet(client):
    for title in ("Џеп", "Њива", "Нада", "Лепо", "Чамац", "Љиљан", "Вода", "Гора", "Cvet"):
        RecordFactory(title=title, udc="8")

    def listed(path):
        return [one.title for one in client.get(path).context["page"]]

    azbuka = ["Вода", "Гора", "Лепо", "Љиљан", "Нада", "Њива", "Cvet", "Чамац", "Џеп"]
    abeceda = ["Cvet", "Чамац", "Џеп", "Гора", "Лепо", "Љиљан", "Нада", "Њива", "Вода"]
    for path in (f"{FIND}?kind=book&order=title", f"{FIND}udk/8/"):
        assert (listed(path), listed(f"/lat{path}")) == (azbuka, abeceda)


def test_what_is_new_stands_in_front(client):
    for title, day in (("Стара", 1), ("Нова", 3), ("Средња", 2)):
        record = RecordFactory(title=title)
        Record.objects.filter(pk=record.pk).update(created_at=datetime(2026, 1, day, tzinfo=UTC))
    RecordFactory(title="Повучена", withdrawn_at=timezone.now())

    listed = client.get(reverse("library:new")).context["page"]

    assert [one.title for one in listed] == ["Нова", "Средња", "Стара"]


def test_a_list_tells_what_is_free_out_and_to_be_read_here(client):
    for title, facts in (("А", {}), ("Б", {"only_here": True}), ("В", {"state": "lost"})):
        CopyFactory(record__title=f"Плуг {title}", **facts)
    LoanFactory(copy__record__title="Плуг Г")
    RecordFactory(title="Плуг Д")

    page = client.get(FIND, {"q": "плуг", "order": "title"}).content.decode()

    tags = [re.sub("<[^>]+>", "", one) for one in re.findall('<ul class="tags"><li.*?</ul>', page)]
    assert tags == [
        "књига1 слободан примерак",
        "књигачита се у библиотеци",
        "књигасада нема слободних примерака",
        "књигасада нема слободних примерака",
        "књига",
    ]
