"""The catalogue as harvesters and other catalogues' searches read it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
import sruthi
from django.urls import reverse
from django.utils import timezone
from sickle import Sickle
from sickle.oaiexceptions import NoRecordsMatch

from library.harvest import oai
from library.models import Contribution, Identifier, Record
from library.queries import cql as searches
from tests.factories.library import ContributionFactory, CopyFactory, RecordFactory

OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"
SRW = "{http://www.loc.gov/zing/srw/}"


@pytest.fixture(autouse=True)
def settled_at_once(monkeypatch):
    """What a test has just written is listed."""
    monkeypatch.setattr(oai, "SETTLED", timedelta(seconds=-2))


def changed(record: Record, moment: datetime) -> None:
    """Say when a record was changed; the database says it otherwise."""
    # Where only the copies change, the database leaves the moment to whoever writes.
    Record.objects.filter(pk=record.pk).update(
        changed_at=moment, free_copies=record.free_copies + 1
    )


@pytest.fixture
def asked(client, db):
    """Ask by OAI-PMH; gives the document."""

    def ask(**arguments: object) -> ET.Element:
        return ET.fromstring(client.get(reverse("library:oai"), arguments).content)

    return ask


@pytest.mark.django_db(transaction=True)
def test_the_whole_catalogue_is_harvested_in_parts_by_a_public_client(live_server, monkeypatch):
    monkeypatch.setattr(oai, "A_PAGE", 2)
    kept = [RecordFactory(title=f"Књига & < {number}", udc="37.02") for number in range(4)]
    gone = RecordFactory(title="Нестала", withdrawn_at=timezone.now())
    ContributionFactory(record=kept[0])
    harvester = Sickle(f"{live_server.url}{reverse('library:oai')}")

    records = list(harvester.ListRecords(metadataPrefix="oai_dc"))
    assert [record.header.identifier for record in records] == [
        f"oai:127.0.0.1:{record.pk}" for record in (*kept, gone)
    ]
    assert [record.deleted for record in records] == [False] * 4 + [True]
    assert (records[0].metadata["title"], records[0].metadata["creator"]) == (
        ["Књига & < 0"],
        ["Андрић, Иво"],
    )
    assert len(list(harvester.ListIdentifiers(metadataPrefix="oai_dc", set="udc:3"))) == 4
    assert [one.setSpec for one in harvester.ListSets()][:2] == ["udc:0", "udc:1"]
    assert harvester.Identify().deletedRecord == "persistent"
    with pytest.raises(NoRecordsMatch):
        harvester.ListRecords(metadataPrefix="oai_dc", **{"from": "2100-01-01"})


def test_moments_are_taken_by_the_second_both_ends_included(asked):
    moment = datetime(2026, 3, 5, 10, 0, 0, tzinfo=UTC)
    for seconds in (-1, 0.5, 1):
        changed(RecordFactory(title=f"{seconds}"), moment + timedelta(seconds=seconds))

    def listed(**arguments: str) -> int:
        return len(asked(verb="ListIdentifiers", metadataPrefix="oai_dc", **arguments)[2])

    assert listed(**{"from": "2026-03-05T10:00:00Z"}) == 2
    assert listed(until="2026-03-05T10:00:00Z") == 2
    assert listed(**{"from": "2026-03-05", "until": "2026-03-05"}) == 3


def test_what_may_still_be_within_a_transaction_is_listed_only_after_it(asked, monkeypatch):
    monkeypatch.setattr(oai, "SETTLED", timedelta(minutes=2))
    arguments = {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"}
    fresh, old = RecordFactory(), RecordFactory()
    changed(old, timezone.now() - timedelta(minutes=3))

    def listed(**more: str) -> tuple[list[str | None], str]:
        answer = asked(**arguments, **more)
        found = [one.text for one in answer.iter(f"{OAI}identifier")]
        return found, answer.findtext(f"{OAI}responseDate") or ""

    first, answered_at = listed()
    changed(fresh, timezone.now() - timedelta(seconds=119))
    monkeypatch.setattr(oai, "SETTLED", timedelta(0))

    assert first == [f"{OURS}{old.pk}"]
    # Whoever goes on from the last answer has it then.
    assert listed(**{"from": answered_at})[0] == [f"{OURS}{fresh.pk}"]


RECORDS = {"verb": "ListRecords", "metadataPrefix": "oai_dc"}
TITLE = "245"
ONE = {"verb": "GetRecord", "metadataPrefix": "oai_dc"}
OURS = "oai:127.0.0.1:"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({}, "badVerb"),
        ({"verb": "Steal"}, "badVerb"),
        ({"verb": ["Identify", "Identify"]}, "badVerb"),
        ({"verb": "Identify", "set": "udc:1"}, "badArgument"),
        ({"verb": "ListRecords"}, "badArgument"),
        ({**RECORDS, "from": "5.3.2026."}, "badArgument"),
        ({**RECORDS, "until": "9999-12-31"}, "badArgument"),
        ({**RECORDS, "from": "2026-03-05", "until": "2026-03-04"}, "badArgument"),
        (
            {**RECORDS, "from": "2026-03-05", "until": "2026-03-06T00:00:00Z"},
            "badArgument",
        ),
        ({"verb": "ListRecords", "metadataPrefix": ["oai_dc", "oai_dc"]}, "badArgument"),
        ({"verb": "ListRecords", "resumptionToken": "x", "set": "udc:1"}, "badArgument"),
        ({"verb": "ListRecords", "resumptionToken": "x' OR 1=1"}, "badResumptionToken"),
        ({"verb": "ListSets", "resumptionToken": "x"}, "badResumptionToken"),
        ({**RECORDS, "set": "udc:4"}, "noRecordsMatch"),
        (RECORDS, "noRecordsMatch"),
        ({"verb": "ListRecords", "metadataPrefix": "nothing\0"}, "cannotDisseminateFormat"),
        ({**ONE, "identifier": f"{OURS}1"}, "idDoesNotExist"),
        ({**ONE, "identifier": "x"}, "idDoesNotExist"),
        ({"verb": "ListMetadataFormats", "identifier": OURS + "9" * 30}, "idDoesNotExist"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_by_the_protocols_own_errors(asked, arguments, code):
    errors = [one.get("code") for one in asked(**arguments).iter(f"{OAI}error")]

    assert errors == [code]


def test_one_record_is_given_by_post_too(client, db):
    record = RecordFactory(title="Травничка\x0b хроника", year=1945, language="srp")
    Identifier.objects.create(record=record, printed="86-521-1234-7", number="9788652112340")
    ContributionFactory(record=record, name="Пера", role=Contribution.Role.TRANSLATOR)
    arguments = {
        "verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": f"oai:127.0.0.1:{record.pk}"
    }  # fmt: skip
    answer = client.post(reverse("library:oai"), arguments)
    said = {one.tag.removeprefix(DC): one.text for one in ET.fromstring(answer.content).iter()}

    assert {name: said.get(name) for name in ("title", "contributor", "date", "language")} == {
        "title": "Травничка хроника",
        "contributor": "Пера",
        "date": "1945",
        "language": "srp",
    }


def test_records_are_given_as_marc_by_both_protocols(client, db):
    record = RecordFactory(title="Травничка хроника")
    CopyFactory(record=record, barcode="00012345")
    harvested = client.get(
        reverse("library:oai"),
        {"verb": "ListRecords", "metadataPrefix": "marcxml"},
    )
    searched = client.get(reverse("library:sru"), {"query": "travnicka", "recordSchema": "marcxml"})
    titles = [
        [
            one.findtext("*")
            for one in ET.fromstring(answer.content).iter()
            if one.get("tag") == "245"
        ]
        for answer in (harvested, searched)
    ]

    assert titles == [[record.title], [record.title]]
    # The register stays in the library.
    assert [b"00012345" in answer.content for answer in (harvested, searched)] == [False] * 2


@pytest.fixture
def searched(client, db):
    """Search by SRU; gives the titles and the numbers of the diagnostics."""

    def search(**arguments: object) -> tuple[list[str], list[str]]:
        document = ET.fromstring(client.get(reverse("library:sru"), arguments).content)
        uris = [one.text for one in document.iter() if one.tag.endswith("}uri")]
        titles = [one.text for one in document.iter(f"{DC}title")]
        return titles, [uri.rpartition("/")[2] for uri in uris]

    return search


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("istorija", ["Историја Србије", "Школа"]),
        ("dc.title = istorija", ["Историја Србије"]),
        ("Title = istorija", ["Историја Србије"]),
        ('dc.title exact "историја србије"', ["Историја Србије"]),
        ('dc.title adj "srbije istorija"', []),
        ('dc.title all "srbije istorija"', ["Историја Србије"]),
        ('dc.title any "srbije škola"', ["Историја Србије", "Школа"]),
        ("dc.title = istor*", ["Историја Србије"]),
        ("DC.Creator = andrić OR dc.subject = istorija", ["Историја Србије", "Школа"]),
        ("istorija AND (dc.creator = andrić)", ["Историја Србије"]),
        ("istorija not dc.creator = andrić", ["Школа"]),
        ("bath.isbn = 86-521-1234-7", ["Школа"]),
        ('"and"', []),
    ],
)
def test_other_catalogues_search_by_cql(searched, query, titles):
    RecordFactory(title="Историја Србије", names="Андрић, Иво")
    school = RecordFactory(title="Школа", subjects="Историја")
    Identifier.objects.create(record=school, printed="86-521-1234-7", number="9788652112340")
    RecordFactory(title="Историја повучена", withdrawn_at=timezone.now())

    assert searched(query=query, operation="searchRetrieve", version="1.2") == (titles, [])


@pytest.mark.parametrize(
    ("arguments", "number"),
    [
        ({"version": "7"}, "5"),
        ({"operation": "scan"}, "4"),
        ({"operation": "searchRetrieve"}, "7"),
        ({"query": "a", "color": "red"}, "8"),
        ({"query": "a", "startRecord": "0"}, "6"),
        ({"query": "a", "startRecord": "5"}, "61"),
        ({"query": "a", "maximumRecords": "-1"}, "6"),
        ({"query": "a", "recordSchema": "mods"}, "66"),
        ({"query": "a", "recordPacking": "string"}, "71"),
        ({"query": "(a"}, "10"),
        ({"query": "a and"}, "10"),
        ({"query": "a b"}, "10"),
        ({"query": '"a'}, "10"),
        ({"query": "dc.color = red"}, "16"),
        ({"query": "' OR 1=1"}, "16"),
        ({"query": "dc.title > a"}, "19"),
        ({"query": "dc.title =/stem a"}, "20"),
        ({"query": '""'}, "27"),
        ({"query": "*"}, "29"),
        ({"query": "a prox b"}, "39"),
        ({"query": "a sortBy dc.title"}, "80"),
        ({"query": "a" * 1001}, "12"),
        ({"query": "(" * 21 + "a" + ")" * 21}, "10"),
    ],
)
def test_what_cannot_be_answered_has_its_diagnostic(searched, arguments, number):
    assert searched(**arguments) == ([], [number])


def test_brackets_may_stand_in_each_other_to_a_depth_and_a_slow_search_is_given_up(
    searched, monkeypatch
):
    RecordFactory(title="Школа")
    deep = "(" * 20 + "skola" + ")" * 20
    assert searched(query=deep) == (["Школа"], [])

    monkeypatch.setattr(searches, "PATIENCE", 10)
    slow = "SELECT 1 FROM library_record, pg_sleep(9) WHERE {condition} LIMIT %s"
    monkeypatch.setattr(searches, "_COUNTED", slow)
    assert searched(query=deep) == ([], ["1"])


def test_a_search_is_read_in_parts_and_the_second_version_speaks_its_own_names(client, db):
    RecordFactory.create_batch(3, title="Плуг")
    first = {"query": "plug", "maximumRecords": "2"}
    document = ET.fromstring(client.get(reverse("library:sru"), first).content)
    second = client.get(reverse("library:sru"), {**first, "version": "2.0", "startRecord": "3"})

    assert [
        document.findtext(f"{SRW}{name}") for name in ("numberOfRecords", "nextRecordPosition")
    ] == ["3", "3"]
    assert second.content.count(b":recordPosition>3<") == 1
    assert second.content.count(b"recordXMLEscaping>xml<") == 1


@pytest.mark.filterwarnings("ignore:Truth-testing of elements")  # the client does so
@pytest.mark.django_db(transaction=True)
def test_a_public_client_searches_in_parts_and_reads_the_explanation(live_server):
    titles = [f"Плуг & < {number}" for number in range(5)]
    for title in titles:
        ContributionFactory(record=RecordFactory(title=title, names="Андрић, Иво"))
    client = sruthi.Client(f"{live_server.url}{reverse('library:sru')}", maximum_records=2)

    found = client.searchretrieve("dc.title = plug and dc.creator = andrić")
    told = client.explain()

    assert (found.count, found.sru_version) == (5, "1.2")
    assert [one["title"] for one in found] == titles
    assert {one["creator"] for one in found} == {"Андрић, Иво"}
    marc = sruthi.Client(client.url, record_schema="marcxml").searchretrieve("plug")
    assert marc[0]["schema"] == "info:srw/schema/1/marcxml-v1.1"
    assert told["server"]["database"] == "biblioteka/sru"
    assert told["config"] == {"maximumRecords": 100, "defaults": {"numberOfRecords": 10}}
    assert [list(names) for names in told["index"].values()] == [
        ["serverChoice", "anywhere", "keywords"], ["title", "creator", "subject"], ["isbn", "issn"]
    ]  # fmt: skip
    with pytest.raises(sruthi.SruError, match="Unsupported index"):
        client.searchretrieve("dc.color = red")


def test_the_explanation_names_every_index(client, db):
    document = ET.fromstring(client.get(reverse("library:sru")).content)
    names = [one.text for one in document.iter("{http://explain.z3950.org/dtd/2.0/}name")]

    assert names == [
        "serverChoice", "anywhere", "keywords", "title", "creator", "subject", "isbn", "issn"
    ]  # fmt: skip
