"""A catalogue as large as one likes, made by the database itself."""

from __future__ import annotations

from django.db import connection

from centar.script.latin import to_latin

HEADS = (
    "Историја", "Увод у проучавање", "Основе", "Настава", "Методика наставе", "Приручник за час",
    "Збирка задатака из", "Радна свеска за час", "Мала енциклопедија", "Читанка из", "Речник",
    "Преглед", "Огледи из", "Прилози за познавање", "Хрестоматија", "Сабрана дела из",
    "Поглед на свет",
    "Теорија", "Психологија учења", "Дидактика", "Прича о", "Песме и приче из", "Дневник из",
    "Заборављени свет", "Сећања на часове", "Велика књига", "Школа у доба", "Дечја игра и свет",
)  # fmt: skip
SUBJECTS = (
    "историје", "српског језика", "књижевности", "физике", "хемије", "математике", "биологије",
    "географије", "музичке уметности", "ликовне културе", "информатике", "енглеског језика",
    "филозофије", "социологије", "народне поезије", "средњег века", "природе и друштва",
    "физичког васпитања", "грађанског васпитања", "астрономије", "екологије", "геометрије",
    "алгебре", "педагогије", "граматике", "правописа", "усмене традиције", "драме", "филма",
)  # fmt: skip
ENDS = (
    "за основну школу", "у средњој школи", "са примерима", "за наставнике", "за почетнике",
    "у српској култури", "на Балкану", "данас", "у деветнаестом веку", "за ученике", "у пракси",
    "и савремени свет", "кроз игру", "за родитеље",
)  # fmt: skip
SURNAMES = (
    "Петровић", "Јовановић", "Андрић", "Црњански", "Ђорђевић", "Николић", "Илић", "Стојановић",
    "Поповић", "Живковић", "Пешић", "Шћепановић", "Љубичић", "Њежић", "Костић", "Ђурић",
)  # fmt: skip
NAMES = ("Иво", "Милош", "Ђорђе", "Љиљана", "Јелена", "Стефан", "Десанка", "Бранко", "Џенана")
FIRST = (
    "бра", "дра", "ми", "ра", "сла", "сто", "пре", "зла", "вла", "го", "ко", "ле", "ма", "не",
    "об", "пе", "ру", "све", "тру", "ча", "ше", "жи", "ја", "лу", "гра", "зве", "кру", "бо", "де",
    "вра", "кле", "сни", "тре", "пла", "ве", "бе", "мо", "ни", "па", "ца",
)  # fmt: skip
MIDDLE = (
    "ни", "го", "ло", "ви", "ре", "ста", "ми", "ко", "да", "жа", "ше", "бо", "лу", "та", "ра",
    "не", "зо", "пи", "ву", "ђе", "ље", "ња", "цо", "хи", "фе", "га", "кљу", "сти", "вра", "мла",
)  # fmt: skip
LAST = (
    "вина", "град", "ковац", "љево", "поље", "ница", "брег", "село", "вац", "њак", "чица", "дол",
    "ште", "мир", "слав", "шица", "нац", "виште", "јевац", "ло",
)  # fmt: skip
PUBLISHERS = ("Просвета", "Нолит", "Завод за уџбенике", "Матица српска", "Светлост")
UDC = (
    "821.163.41-31",
    "37.02",
    "94(497.11)",
    "51(075.2)",
    "53(075.3)",
    "159.9",
    "78",
    "004.4",
    "2-1",
    "91",
)
LANGUAGES = ("srp", "srp", "srp", "srp", "srp", "srp", "eng", "hrv", "rus", "ger")
KINDS = ("book", "book", "book", "book", "book", "book", "journal", "material", "video", "audio")

RECORDS = """
INSERT INTO library_record (
    kind, title, subtitle, responsibility, edition, place, publisher, printed_year, year, extent,
    series, language, udc, subjects, notes, link, control_number, source, names, numbers,
    free_copies, revision)
SELECT kind, concat_ws(' ', head, subject, ending, rare), '', responsibility, '', 'Крагујевац',
       publisher, year::text, year, '214 стр. ; 24 cm', '', language, udc, subject, '', '',
       number::text, 'мерење', author, isbn, (random() * 1.4)::int, 1
  FROM (SELECT number, year, CASE WHEN number %% 3 = 0 THEN latin_head ELSE head END AS head,
               CASE WHEN number %% 3 = 0 THEN latin_subject ELSE subject END AS subject,
               CASE WHEN number %% 3 = 0 THEN latin_end ELSE ending END AS ending,
               initcap(rare) AS rare, publisher, udc, language, kind,
               surname || ', ' || name AS author, name || ' ' || surname AS responsibility,
               '97886' || lpad((number::bigint * 7919 %% 10000000)::text, 7, '0')
                       || (number %% 10)::text AS isbn
          FROM generate_series(1, %(records)s) AS number
         CROSS JOIN LATERAL (
               -- Common words are very common and rare ones rare, as in a language.
               SELECT 1 + (power(random(), 2) * {HEADS})::int AS a,
                      1 + (power(random(), 2) * {SUBJECTS})::int AS b,
                      1 + (random() * {ENDS} * 2)::int AS c,
                      1900 + (sqrt(random()) * 126)::int AS year,
                      1 + (random() * {SURNAMES})::int AS d, 1 + (random() * {NAMES})::int AS e,
                      1 + (random() * 4)::int AS f, 1 + (random() * 9)::int AS g,
                      1 + (random() * 9)::int AS h, 1 + (random() * 9)::int AS i,
                      1 + (random() * 39)::int AS j, 1 + (power(random(), 2) * 29)::int AS k,
                      1 + (power(random(), 2) * 19)::int AS l, number AS of_row) AS drawn
         CROSS JOIN LATERAL (
               SELECT (%(heads)s::text[])[a] AS head, (%(latin_heads)s::text[])[a] AS latin_head,
                      (%(subjects)s::text[])[b] AS subject,
                      (%(latin_subjects)s::text[])[b] AS latin_subject,
                      (%(ends)s::text[])[c] AS ending, (%(latin_ends)s::text[])[c] AS latin_end,
                      (%(surnames)s::text[])[d] AS surname, (%(names)s::text[])[e] AS name,
                      (%(publishers)s::text[])[f] AS publisher, (%(udc)s::text[])[g] AS udc,
                      (%(languages)s::text[])[h] AS language, (%(kinds)s::text[])[i] AS kind,
                      (%(first)s::text[])[j] || (%(middle)s::text[])[k]
                          || (%(last)s::text[])[l] AS rare) AS picked
       ) AS made
"""
NUMBERS = """
INSERT INTO library_identifier (record_id, kind, printed, number)
SELECT id, 'isbn', numbers, numbers FROM library_record
"""
CONTRIBUTIONS = """
INSERT INTO library_contribution (record_id, "order", name, role, is_body, revision)
SELECT id, 1, names, 'aut', false, 1 FROM library_record
"""


def make(records: int) -> None:
    """So many records with their numbers and authors, two thirds printed in Cyrillic."""
    lists = {
        "heads": HEADS, "subjects": SUBJECTS, "ends": ENDS, "surnames": SURNAMES, "names": NAMES,
        "publishers": PUBLISHERS, "udc": UDC, "languages": LANGUAGES, "kinds": KINDS,
        "first": FIRST, "middle": MIDDLE, "last": LAST,
    }  # fmt: skip
    values: dict[str, object] = {name: list(words) for name, words in lists.items()}
    for name in ("heads", "subjects", "ends"):
        values[f"latin_{name}"] = [to_latin(word) for word in lists[name]]
    sizes = {name.upper(): len(words) - 1 for name, words in lists.items()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.5)")
        cursor.execute(RECORDS.format(**sizes), {**values, "records": records})
        cursor.execute(NUMBERS)
        cursor.execute(CONTRIBUTIONS)
