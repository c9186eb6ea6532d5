"""Folding, sorting and search vectors as immutable functions of PostgreSQL (14 or newer).

The bodies are SQL expressions bound to what they call, not text that is looked up at run time:
so they work under any search_path, as pg_restore has an empty one.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations
from django.db.migrations.operations.base import Operation

BARE = r"""
CREATE FUNCTION script_bare(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(
    normalize(value, NFKD), '[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]+', '', 'g'
)
"""

FOLD = r"""
CREATE FUNCTION script_fold(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN btrim(
    regexp_replace(
        lower(replace(replace(replace(replace(
            translate(
                script_bare(value),
                'абвгдежзијклмнопрстћуфхцчшАБВГДЕЖЗИЈКЛМНОПРСТЋУФХЦЧШђЂĐЉЊЏѕЅіІłŁøØı„‘“’”‚«–»—‐−',
                'abvgdezzijklmnoprstcufhccsabvgdezzijklmnoprstcufhccsđđđљњџssiillooi"''"''"''"-"---'
            ),
            'đ', 'dj'), 'љ', 'lj'), 'њ', 'nj'), 'џ', 'dz')),
        '[ \t\n\v\f\r\u0085\u1680\u2028\u2029]+', ' ', 'g'
    ),
    ' '
)
"""

LETTERS = r"""
CREATE FUNCTION script_letters(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN btrim(
    regexp_replace(
        replace(replace(replace(
            translate(
                script_bare(translate(
                    normalize(value, NFC), 'ČčĆćŽžŠšĐđǄǅǆǇǈǉǊǋǌ', 'ччћћжжшшђђџџџљљљњњњ'
                )),
                'ABCDEFGHIJKLMNOPQRSTUVWXYZЂЄЅІЈЉЊЋЏАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯłŁøØı',
                'abcdefghijklmnopqrstuvwxyzђєѕіјљњћџабвгдежзиклмнопрстуфхцчшщъыьэюяllooi'
            ),
            'dж', 'џ'), 'lj', 'љ'), 'nj', 'њ'),
        '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7'
        '\u02b0-\u02ff\u2000-\u2bff\u3000-\u303f]+', ' ', 'g'
    ),
    ' '
)
"""

SORT_AZBUKA = r"""
CREATE FUNCTION script_sort_azbuka(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN translate(
    script_letters(value),
    'абвгдђежзијклљмнњопрстћуфхцчџшqwxyabcdefghijklmnoprstuvz',
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abAB[EGYDZJKLMOPRSTUVXCI'
)
"""

SORT_ABECEDA = r"""
CREATE FUNCTION script_sort_abeceda(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN translate(
    script_letters(value),
    'абцчћдџђефгхијклљмнњопqрсштувwxyзжabcdefghijklmnoprstuvz',
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abABCFIJKLMNOPRSUVXY[\]a'
)
"""

# The signs taken out would make one word of several: of web-сајт, 2025/26, В.Караџић.
VECTOR = r"""
CREATE FUNCTION script_vector(value text, weight "char") RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN
    setweight(to_tsvector(
        'serbian'::regconfig,
        regexp_replace(coalesce(value, ''), '[-+/\\_.:@&=?%#~<>]+', ' ', 'g')
    ), weight)
    || setweight(to_tsvector(
        'serbian'::regconfig,
        regexp_replace(script_fold(coalesce(value, '')), '[-+/\\_.:@&=?%#~<>]+', ' ', 'g')
    ), weight)
"""


class Migration(migrations.Migration):
    """The extension for misspelt searches, and the functions, each on those above it."""

    initial = True
    dependencies: ClassVar[list[tuple[str, str]]] = []
    operations: ClassVar[list[Operation]] = [
        TrigramExtension(),
        migrations.RunSQL(BARE, "DROP FUNCTION script_bare(text)"),
        migrations.RunSQL(FOLD, "DROP FUNCTION script_fold(text)"),
        migrations.RunSQL(LETTERS, "DROP FUNCTION script_letters(text)"),
        migrations.RunSQL(SORT_AZBUKA, "DROP FUNCTION script_sort_azbuka(text)"),
        migrations.RunSQL(SORT_ABECEDA, "DROP FUNCTION script_sort_abeceda(text)"),
        migrations.RunSQL(VECTOR, 'DROP FUNCTION script_vector(text, "char")'),
    ]
