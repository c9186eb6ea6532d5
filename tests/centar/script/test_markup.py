import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from centar.script import folding, latin
from centar.script.markup import finished, latinise_html


def test_a_finished_part_is_not_read_again_and_its_mark_is_taken_out():
    part = finished("<b>Њега</b>") + "<textarea>Њ</textarea>" + finished("<code>Њ</code>")
    assert latinise_html(f"Њ{part}Њ") == "Nj<b>Njega</b><textarea>Њ</textarea><code>Њ</code>Nj"
    assert latinise_html(finished("<b>Njega</b>")) == "<b>Njega</b>"


@pytest.mark.parametrize(
    ("cyrillic", "expected"),
    [
        ("Њега", "Njega"),
        (
            "<p>Њега &amp; „љубав“ &quot;х&quot; &#1033;</p>",
            "<p>Njega &amp; „ljubav“ &quot;h&quot; &#1033;</p>",
        ),
        ("<title>Обуке</title>", "<title>Obuke</title>"),
        ("<pre>Њ</pre><kbd>Њ</kbd>", "<pre>Nj</pre><kbd>Nj</kbd>"),
        ("ЊЕ<b>ГОШ</b>", "NJE<b>GOŠ</b>"),
        ("<P TITLE='Њ'>Њ</P>", "<P TITLE='Nj'>Nj</P>"),
        ("1 < 2 Њ > 3 <3 Њ", "1 < 2 Nj > 3 <3 Nj"),
        ("<а>Њ", "<a>Nj"),  # a Cyrillic а starts no tag
    ],
)
def test_text_is_converted(cyrillic, expected):
    assert latinise_html(cyrillic) == expected


@pytest.mark.parametrize(
    ("cyrillic", "expected"),
    [
        ('<a title="Њ" href="/њ">', '<a title="Nj" href="/њ">'),
        ("<img alt='Њ' src=њ.png>", "<img alt='Nj' src=њ.png>"),
        ("<img alt=Њ>", "<img alt=Nj>"),
        ('<input placeholder = "Њ" value="Њ">', '<input placeholder = "Nj" value="Њ">'),
        (
            '<td data-label="Ко плаћа:" data-other="Њ">',
            '<td data-label="Ko plaća:" data-other="Њ">',
        ),
        (
            '<nav aria-label="Њ" aria-description="Њ">',
            '<nav aria-label="Nj" aria-description="Nj">',
        ),
        ('<td data-label="Њ" data-key="Њ">', '<td data-label="Nj" data-key="Њ">'),
        ('<p data-lost="Њ" data-said="Љ">', '<p data-lost="Nj" data-said="Lj">'),
        ('<textarea data-room="Њ">Њ</textarea>', '<textarea data-room="Nj">Њ</textarea>'),
        ('<button hx-confirm="Њ?" value="Њ">Њ', '<button hx-confirm="Nj?" value="Њ">Nj'),
        ('<optgroup label="Њ">', '<optgroup label="Nj">'),
        ('<track label="Њ">', '<track label="Nj">'),
        ('<div label="Њ">', '<div label="Њ">'),
        ('<meta name="description" content="Њ">', '<meta name="description" content="Nj">'),
        ('<meta content="Њ" property="og:title">', '<meta content="Nj" property="og:title">'),
        (
            '<meta property=og:description content="Њ">',
            '<meta property=og:description content="Nj">',
        ),
        ('<meta name="author" content="Њ">', '<meta name="author" content="Њ">'),
        ('<input type="submit" value="Њ">', '<input type="submit" value="Nj">'),
        ("<input value=Њ type=button>", "<input value=Nj type=button>"),
        ('<INPUT TYPE=RESET VALUE="Њ">', '<INPUT TYPE=RESET VALUE="Nj">'),
        ('<input type="hidden" value="Њ">', '<input type="hidden" value="Њ">'),
        ('<input value="Њ">', '<input value="Њ">'),
        ('<p data-title="Њ" data-x="a title=Њ">', '<p data-title="Њ" data-x="a title=Њ">'),
        ('<p data-x="<b>Њ</b>" title="a>Њ">Њ', '<p data-x="<b>Њ</b>" title="a>Nj">Nj'),
        ('<p title="" alt>Њ', '<p title="" alt>Nj'),
        ("<p\ntitle='Њ'\n>", "<p\ntitle='Nj'\n>"),
        ('<br title="Њ"/>Њ', '<br title="Nj"/>Nj'),
    ],
)
def test_of_attributes_only_what_people_read_is_converted(cyrillic, expected):
    assert latinise_html(cyrillic) == expected


@pytest.mark.parametrize(
    ("cyrillic", "expected"),
    [
        (
            '<textarea placeholder="Њ" name=t>Њ <p title="Њ">Њ</textarea>Њ',
            '<textarea placeholder="Nj" name=t>Њ <p title="Њ">Њ</textarea>Nj',
        ),
        ("<TEXTAREA>Њ</textarea >Њ", "<TEXTAREA>Њ</textarea >Nj"),
        ("<textarea>Њ</textareas>Њ</textarea>Њ", "<textarea>Њ</textareas>Њ</textarea>Nj"),
        ("<script>'<p>Њ</p>'</script>Њ", "<script>'<p>Њ</p>'</script>Nj"),
        ("<style>/* Њ */</style>Њ", "<style>/* Њ */</style>Nj"),
        ("<pre><code>Њ <b>Њ</b></code> Њ</pre>", "<pre><code>Њ <b>Њ</b></code> Nj</pre>"),
        ("<!-- Њ <p>Њ --> Њ", "<!-- Њ <p>Њ --> Nj"),
        ("<!-->Њ<!-- Њ --!>Њ", "<!-->Nj<!-- Њ --!>Nj"),
        ("<!doctype Њ><?Њ?></ Њ>Њ", "<!doctype Њ><?Њ?></ Њ>Nj"),
    ],
)
def test_content_that_is_no_prose_stays(cyrillic, expected):
    assert latinise_html(cyrillic) == expected


@pytest.mark.parametrize(
    ("cyrillic", "expected"),
    [
        (
            '<p translate="no" title="Њ">Њ <b>Њ</b></p>Њ',
            '<p translate="no" title="Њ">Њ <b>Њ</b></p>Nj',
        ),
        (
            "<div translate=no>Њ<div>Њ<div>Њ</div></div>Њ</div><div>Њ</div>",
            "<div translate=no>Њ<div>Њ<div>Њ</div></div>Њ</div><div>Nj</div>",
        ),
        ("<b TRANSLATE='NO'>Њ</b>Њ", "<b TRANSLATE='NO'>Њ</b>Nj"),
        ('<b class="x" translate="yes">Њ</b>', '<b class="x" translate="yes">Nj</b>'),
        ("<b translate>Њ</b>", "<b translate>Nj</b>"),
        ('<b title="translate=no">Њ</b>', '<b title="translate=no">Nj</b>'),
        ('<img translate="no" alt="Њ">Њ', '<img translate="no" alt="Њ">Nj'),
        (
            "<textarea translate=no placeholder=Њ>Њ</textarea>Њ",
            "<textarea translate=no placeholder=Њ>Њ</textarea>Nj",
        ),
        (
            "<div translate=no><textarea></div>Њ</textarea><br>Њ</div>Њ",
            "<div translate=no><textarea></div>Њ</textarea><br>Њ</div>Nj",
        ),
        (
            '<div translate=no><!-- </div> --><i title="</div>">Њ</i></div>Њ',
            '<div translate=no><!-- </div> --><i title="</div>">Њ</i></div>Nj',
        ),
        # without its end tag: rather too little than too much
        ("<p translate=no>Њ<p>Њ", "<p translate=no>Њ<p>Њ"),
    ],
)
def test_what_is_not_to_be_translated_stays_with_all_inside(cyrillic, expected):
    assert latinise_html(cyrillic) == expected


@pytest.mark.parametrize(
    ("cyrillic", "expected"),
    [
        ('<option value="Њ">Њ</option>', '<option value="Њ">Nj</option>'),
        ("<option value>Њ</option>", "<option value>Nj</option>"),
        ("<option>Њ</option>Њ", "<option>Њ</option>Nj"),
        ("<option selected>Њ <b>Њ</b></option>", "<option selected>Њ <b>Њ</b></option>"),
        (
            "<select><option>Њ<option value=1>Њ<option>Њ</select>Њ",
            "<select><option>Њ<option value=1>Nj<option>Њ</select>Nj",
        ),
        ("<datalist><option>Њ</datalist>Њ", "<datalist><option>Њ</datalist>Nj"),
        ('<option>Њ<optgroup label="Њ">', '<option>Њ<optgroup label="Nj">'),
    ],
)
def test_an_option_that_posts_its_text_keeps_it(cyrillic, expected):
    assert latinise_html(cyrillic) == expected


@pytest.mark.parametrize(
    "broken",
    [
        "Њ<",
        "Њ<p",
        "Њ<p title=",
        'Њ<p title="Њ',
        "Њ<p title='Њ>Њ",
        "Њ<!--",
        "Њ</",
        "Њ<textarea",
        "Њ<option",
        "<<<>>>Њ</b></b>=''\"\"<=><p ==Њ>",
        "\0Њ\0<p title='\0'>Њ",
    ],
)
def test_broken_markup_loses_nothing(broken):
    assert folding.fold(latinise_html(broken)) == folding.fold(broken)


def test_quotation_marks_count_only_after_an_equals_sign():
    assert latinise_html("<p title=it's>Њ</p><p class='Њ'>") == "<p title=it's>Nj</p><p class='Њ'>"
    assert latinise_html('<p "a>Њ</p><p class="Њ">') == '<p "a>Nj</p><p class="Њ">'


MARKUP = st.lists(
    st.sampled_from(
        [
            *("<", "</", ">", "/>", "<!--", "-->", "=", '"', "'", " ", "\n", "&quot;", "\0"),
            *("p", "div", "code", "textarea", "TEXTAREA", "script", "option", "select", "input"),
            *("title", "value", "type=submit", "translate=no", "Њ", "ЊЕГОШ", "љубав", "abc"),
        ]
    )
).map("".join)


@settings(max_examples=500)
@given(st.one_of(st.text(), MARKUP))
def test_nothing_but_cyrillic_letters_changes(html):
    converted = latinise_html(html)
    assert latin.to_latin(converted) == latin.to_latin(html)


@given(MARKUP)
def test_a_second_conversion_changes_nothing(html):
    converted = latinise_html(html)
    assert latinise_html(converted) == converted


# Well-formed pages with what is expected of them, built side by side.
_WORDS = st.text(alphabet="абЊЉ <>&", max_size=6).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
)
_TEXT = _WORDS.map(lambda text: (f"{text} ", latin.to_latin(f"{text} ")))


def _element(children, name, kept):
    inside = ["".join(child[side] for child in children) for side in (0, 1)]
    start = f'<{name} class="Њ" title="{{}}"{" translate=no" * kept}>'
    before = start.format("Љ") + inside[0] + f"</{name}>"
    if kept or name == "code":
        return before, before
    return before, start.format("Lj") + inside[1] + f"</{name}>"


_PAGE = st.recursive(
    st.one_of(
        _TEXT,
        _WORDS.map(lambda text: (f"<textarea>{text}</textarea>",) * 2),
        _WORDS.map(lambda text: (f'<input value="{text}">',) * 2),
        _WORDS.map(lambda text: (f"<!-- {text} -->",) * 2),
        st.just(("<br>", "<br>")),
        st.just(('<img alt="Љ">', '<img alt="Lj">')),
    ),
    lambda inner: st.builds(
        _element,
        st.lists(inner, max_size=4),
        st.sampled_from(["div", "p", "B", "code", "codes"]),
        st.booleans(),
    ),
)


@settings(max_examples=300)
@given(st.lists(_PAGE, max_size=4))
def test_a_well_formed_page_is_converted_exactly_where_it_should_be(parts):
    page = "".join(before for before, _ in parts)
    assert latinise_html(page) == "".join(after for _, after in parts)


def test_a_page_in_latin_comes_back_itself():
    page = "<p title='Već'>latinica – „tako“</p>"
    assert latinise_html(page) is page


@pytest.mark.parametrize(
    "trap",
    [
        "<p " + "a=" * 50_000 + "Њ",
        "<" * 100_000 + "Њ",
        "<p " + "'" * 100_000 + "Њ",
        "<!--" * 30_000 + "Њ",
        "<textarea>" * 20_000 + "Њ",
        "<code>" * 20_000 + "Њ",
        "<option>" * 20_000 + "Њ",
        "a " * 50_000 + "Њ",
    ],
)
def test_no_markup_takes_long(trap):
    started = time.perf_counter()
    latinise_html(trap)
    assert time.perf_counter() - started < 1
