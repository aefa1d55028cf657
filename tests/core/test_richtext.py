"""Rich text: what is kept, what is dropped, and what comes out."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import richtext
from core.richtext import Figure, Unreadable

FIGURE = '<span data-figure data-id="0e7f2d8e-7d0f-4a44-8e51-111111111111" data-field="claim.amount" data-form="code-mln">EUR 25 mln</span>'


@pytest.mark.parametrize(
    ("given_html", "kept"),
    [
        ("<p>gewoon</p>", "<p>gewoon</p>"),
        ("los", "<p>los</p>"),
        ("<div>een</div><div>twee</div>", "<p>een</p><p>twee</p>"),
        (
            "<p>a <b>vet</b> <i>schuin</i> m<sup>2</sup></p>",
            "<p>a <strong>vet</strong> <em>schuin</em> m<sup>2</sup></p>",
        ),
        ("<b><p>een</p><p>twee</p></b>", "<p><strong>een</strong></p><p><strong>twee</strong></p>"),
        ("<h1>Kop</h1><h4>Lager</h4>", "<h2>Kop</h2><h3>Lager</h3>"),
        ("<p></p><p> </p>", ""),
        ("<p>a<br></p>", "<p>a</p>"),
        ("<p>5 &lt; 6 &amp; 7</p>", "<p>5 &lt; 6 &amp; 7</p>"),
        ("<p>EUR\u00a025\u00a0mln</p>", "<p>EUR\u00a025\u00a0mln</p>"),
        ('<ol type="a"><li>een</li></ol>', '<ol type="a" data-type="lower-alpha"><li><p>een</p></li></ol>'),
        ('<ol start="3"><li>drie</li></ol>', '<ol start="3"><li><p>drie</p></li></ol>'),
        ("<ul><li>een</li><ul><li>twee</li></ul></ul>", "<ul><li><p>een</p><ul><li><p>twee</p></li></ul></li></ul>"),
        (
            "<table><thead><tr><th>k</th></tr></thead><tbody><tr><td colspan='2'>v</td></tr></tbody></table>",
            '<table><tbody><tr><th><p>k</p></th></tr><tr><td colspan="2"><p>v</p></td></tr></tbody></table>',
        ),
        ('<p>x<span class="voetnoot">noot</span></p>', '<p>x<span class="voetnoot">noot</span></p>'),
        ('<p>x<span class="voetnoot"> </span></p>', "<p>x</p>"),
        (f"<p>{FIGURE}</p>", f"<p>{FIGURE}</p>"),
        ('<p><a href="https://a.nl/?x=1&y=2">a</a></p>', '<p><a href="https://a.nl/?x=1&amp;y=2">a</a></p>'),
    ],
)
def test_a_text_is_brought_into_its_stored_form(given_html: str, kept: str) -> None:
    assert richtext.canonical(given_html) == kept
    assert richtext.canonical(kept) == kept


@pytest.mark.parametrize(
    ("hostile", "kept"),
    [
        ("<script>alert(1)</script><p>x</p>", "<p>x</p>"),
        ("<p onclick=alert(1) style='color:red' class=x id=y>x</p>", "<p>x</p>"),
        ('<p><a href="javascript:alert(1)">x</a></p>', "<p>x</p>"),
        ('<p><a href="data:text/html,x">x</a></p>', "<p>x</p>"),
        ('<p><a href="file:///etc/passwd">x</a></p>', "<p>x</p>"),
        ('<link rel="attachment" href="file:///etc/passwd"><p>x</p>', "<p>x</p>"),
        ('<p>x<img src="http://a.nl/x.png" onerror=alert(1)></p>', "<p>x</p>"),
        ('<svg><image href="file:///etc/passwd"/></svg><p>x</p>', "<p>x</p>"),
        ("<iframe src=https://a.nl></iframe><p>x</p>", "<p>x</p>"),
        ("<style>@import url(http://a.nl)</style><p>x</p>", "<p>x</p>"),
        ("<table><col span=1000000><tr><td>x</table>", "<table><tbody><tr><td><p>x</p></td></tr></tbody></table>"),
        ("<p>a\x00b\x07c\ud800d</p>", "<p>abcd</p>"),
        ('<p><span data-figure data-id="../x" data-field="a" data-form="b">12</span></p>', "<p>12</p>"),
        ('<td rowspan="99999999999999">x</td>', "<p>x</p>"),
    ],
)
def test_hostile_markup_is_dropped_and_its_text_kept(hostile: str, kept: str) -> None:
    assert richtext.canonical(hostile) == kept


@pytest.mark.parametrize(
    ("endless", "message"),
    [
        ("<div>" * 10_000 + "x", "te diep genest"),
        ("<ul><li>" * 10_000 + "x", "te diep genest"),
        ("<ul><li>" * 9 + "x", "hoogstens 8 niveaus"),
        ('<ul><li x="<">' * 9_990, "te diep genest"),
        ("x" * 3_000_000, "te lang om te lezen"),
        ("<p>" + "x" * 200_001 + "</p>", "te lang: een rubriek mag 200.000"),
        ("<p>" + '<span class="voetnoot">n</span>' * 301 + "</p>", "hoogstens 300 voetnoten"),
        ("<table><tr>" + "<td>x</td>" * 21 + "</tr></table>", "hoogstens 20 kolommen"),
        ("<a " * 500_000, "te diep genest"),
    ],
)
def test_an_endless_text_is_refused_at_once_with_a_message(endless: str, message: str) -> None:
    start = time.perf_counter()
    with pytest.raises(Unreadable, match=message):
        richtext.read(endless)
    assert time.perf_counter() - start < 5


HTML_PIECES = st.lists(
    st.sampled_from(["<p>", "</p>", "<b>", "</b>", "<ul>", "<li>", "</li>", "</ul>", "<ol type=a>", "<table>", "<tr>", "<td>", "</table>",
                     "<h1>", "<h3>", "</h3>", "<br>", "<a href='https://a.nl'>", "</a>", "<sup>", "x ", " y", "\n", "&amp;", "<", FIGURE,
                     '<span class="voetnoot">n <b>o</b></span>', "<div>", "</div>", "\u00a0"]),
    max_size=40,
)  # fmt: skip


@settings(max_examples=300)
@given(HTML_PIECES)
def test_the_stored_form_is_stable_whatever_comes_in(pieces: list[str]) -> None:
    try:
        stored = richtext.canonical("".join(pieces))
    except Unreadable:
        return
    assert richtext.canonical(stored) == stored
    assert richtext.read(stored) == richtext.parse(stored)


def test_notes_float_on_paper_and_are_numbered_on_a_screen() -> None:
    document = richtext.read(
        '<p>Een<span class="voetnoot">Zie https://a.nl/x.</span> twee<span class="voetnoot">b</span></p>'
    )
    assert richtext.paper(document) == (
        '<p>Een<small class="fn">Zie <a href="https://a.nl/x">https://a.nl/x</a>.</small> twee<small class="fn">b</small></p>'
    )
    notes: list[str] = ["eerder"]
    assert 'href="#noot-2">2</a>' in richtext.screen(document, notes)
    assert notes == ["eerder", 'Zie <a href="https://a.nl/x">https://a.nl/x</a>.', "b"]


def test_headings_begin_at_the_level_that_the_output_asks() -> None:
    document = richtext.read("<h2>a</h2><h3>b</h3>")
    assert richtext.paper(document, 3) == "<h3>a</h3><h4>b</h4>"
    assert richtext.paper(document, 6) == "<h6>a</h6><h6>b</h6>"


def test_a_table_with_a_head_gets_its_scopes() -> None:
    document = richtext.read("<table><tr><th>jaar</th><th>bedrag</th></tr><tr><th>2026</th><td>1</td></tr></table>")
    assert richtext.paper(document) == (
        "<table class=texttable><thead><tr><th scope=\"col\">jaar</th><th scope=\"col\">bedrag</th></tr></thead>"
        "<tbody><tr><th scope=\"row\">2026</th><td>1</td></tr></tbody></table>"
    )  # fmt: skip


def test_plain_text_says_lists_tables_and_notes() -> None:
    document = richtext.read(
        '<p>Twee doelen<span class="voetnoot">bron</span>:</p><ol type="a"><li>een<ul><li>diep</li></ul></li><li>twee</li></ol>'
        "<table><tr><td>k</td><td>v</td></tr></table>"
    )
    assert richtext.text(document) == "Twee doelen [bron]:\na. een\n  - diep\nb. twee\nk | v"


def test_only_figures_change_when_figures_are_changed() -> None:
    stored = richtext.canonical(
        f"<h2>Kop</h2><ul><li>Het is <b>{FIGURE}</b>.</li></ul><table><tr><td>{FIGURE}</td></tr></table>"
    )
    document = richtext.parse(stored)
    assert len(richtext.figures(document)) == 2

    def change(figure: Figure) -> Figure:
        return Figure(figure.id, figure.field, figure.form, "EUR 26 mln", figure.marks, figure.href)

    assert richtext.html(richtext.map_figures(document, change)) == stored.replace("EUR 25 mln", "EUR 26 mln")
