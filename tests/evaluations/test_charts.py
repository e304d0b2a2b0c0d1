"""The pictures: what they draw, what they say to who does not see them, and that no text breaks out of them."""

import datetime as dt
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as some

from evaluations.charts import (
    NARROW,
    WIDE,
    SectorProgress,
    SectorWeights,
    SheetResult,
    Svg,
    WeightPiece,
    calendar,
    months_bar,
    months_head,
    months_said,
    progress_chart,
    results_chart,
    shared,
    weights_chart,
)
from evaluations.charts.drawing import BLUE, words_width, wrapped

IN = "{http://www.w3.org/2000/svg}"
NASTY = "<script>alert('1')</script> & «]]>» \"x\" " + "MOLTO LUNGO " * 20


def tree(svg):
    """The picture, read as the XML that it is."""
    return ET.fromstring(svg)


def words(svg):
    """What stands written in it, in order."""
    return [element.text for element in tree(svg).iter(f"{IN}text")]


def bars(svg, fill=BLUE):
    """Where its bars of one fill begin and how long they are, without the legend's."""
    found = [one for one in tree(svg).iter(f"{IN}rect") if one.get("fill") == fill and one.get("height") != "11"]
    return [(float(one.get("x")), float(one.get("width"))) for one in found]


def charts(text=NASTY, **asked):
    """One of each, with `text` wherever a text may stand."""
    weights = SectorWeights(text, [WeightPiece(1, Decimal(25)), WeightPiece(2, None)], Decimal(100), text)
    return [
        progress_chart([SectorProgress(text, Decimal(50), Decimal(60)), SectorProgress(text, None)], **asked),
        results_chart([SheetResult(text, text, Decimal("87.35"), None)], **asked),
        weights_chart([weights], **asked),
    ]


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_each_is_a_named_and_described_image_without_inline_style(width):
    for svg in charts(key="k", width=width):
        root = tree(svg)
        assert (root.get("role"), root.get("viewBox").split()[2]) == ("img", str(width))
        ids = [element.get("id") for element in root.iter() if element.get("id")]
        assert root.get("aria-labelledby").split() == ids[:2] == ["k-titolo", "k-descrizione"]
        assert all(element.text for element in (root.find(f"{IN}title"), root.find(f"{IN}desc")))
        assert not [element for element in root.iter() if {"style", "onload"} & set(element.attrib)]


def test_a_text_stays_a_text():
    for svg in charts(key="k"):
        assert "<script" not in svg
        assert "script>alert" in "".join(tree(svg).itertext())


def test_a_template_takes_a_picture_as_it_is():
    svg = progress_chart([SectorProgress("A & B", Decimal(50))], key="k")
    assert isinstance(svg, Svg)
    assert Template("{{ svg }}").render(Context({"svg": svg})) == str(svg)


@given(some.text(max_size=80), some.integers(1, 400))
def test_wrapped_words_fit_and_none_come_from_elsewhere(text, width):
    lines = wrapped(text, width)
    assert 1 <= len(lines) <= 2
    assert all(words_width(line) <= width or line == "…" for line in lines)
    if width == 400 and words_width(" ".join(text.split())) <= 400:
        assert lines == [" ".join(text.split())]


def test_progress_is_written_and_what_nobody_entered_is_not_zero():
    svg = progress_chart(
        [SectorProgress("A", Decimal("62.5"), Decimal(50)), SectorProgress("B", None), SectorProgress("C", Decimal(0))],
        key="k",
    )
    assert [said for said in words(svg) if "%" in said or "non" in said] == ["62,5 %", "non inserito", "0 %"]
    assert len(bars(svg)) == 2
    assert tree(svg).find(f"{IN}desc").text == "A: 62,5 %, previsto 50 %. B: non inserito. C: 0 %"


def test_half_a_bar_is_half_as_long():
    ((_, half),) = bars(progress_chart([SectorProgress("A", Decimal(50))], key="k"))
    ((_, whole),) = bars(progress_chart([SectorProgress("A", Decimal(100))], key="k"))
    assert half * 2 == pytest.approx(whole)


TODAY = dt.date(2022, 10, 18)


def spans(svg):
    """The bars of a row of months, as (begin, length, fill), in per cent."""
    return [(one.get("x"), one.get("width"), one.get("fill")) for one in tree(svg).iter("rect")]


def test_months_without_a_gap_are_one_bar_and_a_later_year_is_hatched():
    months = ["2022-03", "2022-11", "2022-12", "2023-01"]
    shown = calendar(2022, months, TODAY)
    assert (shown.first, shown.years) == (2022, 2)
    assert spans(months_bar(months, shown)) == [
        ("8.33%", "4.17%", None),
        ("41.67%", "8.33%", None),
        ("50%", "4.17%", "url(#tratteggio)"),
    ]


def test_a_phase_without_months_has_no_bar_and_says_so():
    shown = calendar(2022, [], TODAY)
    assert (shown.years, spans(months_bar([], shown)), months_said([])) == (1, [], "mesi non scritti")


@pytest.mark.parametrize(
    ("months", "words"),
    [
        (["2022-03", "2022-04", "2022-05"], "marzo–maggio 2022"),
        (["2022-03", "2022-05", "2023-01"], "marzo, maggio 2022, gennaio 2023"),
        (["2022-12", "2023-01", "2023-06"], "dicembre 2022–gennaio, giugno 2023"),
        (["2023-01", "2022-12"], "dicembre 2022–gennaio 2023"),
    ],
)
def test_months_in_words(months, words):
    assert months_said(months) == words


@pytest.mark.parametrize(("day", "shown"), [((2022, 1, 1), True), ((2022, 12, 31), True), ((2023, 1, 1), False)])
def test_today_has_its_line_inside_the_years_shown(day, shown):
    today = dt.date(*day)
    years = calendar(2022, ["2022-01"], today)
    said = [one.text for one in tree(months_head(years)).iter("text")]
    assert (f"oggi, {today:%d/%m/%Y}" in said, "2022" in said) == (shown, True)
    for picture in (months_bar(["2022-01"], years), shared(years)):
        assert ("oggi" in picture) == shown


def test_value_and_times_stay_apart_and_what_is_not_applicable_has_no_bar():
    sheets = [SheetResult("A", "n° 1", Decimal("87.35"), Decimal(100)), SheetResult("A", "n° 2", None, Decimal(0))]
    svg = results_chart(sheets, key="k")
    assert [said for said in words(svg) if "%" in said or said == "non applicabile"] == [
        "87,35 %", "100 %", "non applicabile", "0 %",
    ]  # fmt: skip
    assert len(bars(svg)) == 1
    assert "Valore raggiunto almeno 100 %: 0 su 1. Tempi rispettati al 100 %: 1 su 2." in "".join(tree(svg).itertext())


def test_the_axis_of_results_grows_with_who_did_more():
    svg = results_chart([SheetResult("A", "n° 1", Decimal(120), None)], key="k")
    assert [said for said in words(svg) if said.isdigit()] == ["0", "50", "100", "120"]


def test_weights_are_pieces_of_one_bar():
    sector = SectorWeights(
        "A", [WeightPiece(1, Decimal(25)), WeightPiece(4, Decimal(50))], Decimal(100), "Peso noto 75"
    )
    (first, long), (second, longer) = bars(weights_chart([sector], key="k"))
    assert (longer, second) == (pytest.approx(2 * long), pytest.approx(first + long))
    assert words(weights_chart([sector], key="k")) == ["A", "n° 1: 25", "n° 4: 50", "Peso noto 75"]


@pytest.mark.parametrize("draw", [progress_chart, results_chart, weights_chart])
def test_of_nothing_an_empty_picture_is_made(draw):
    assert tree(draw([], key="k")).get("role") == "img"


def test_the_same_values_give_the_same_bytes():
    assert charts(key="k") == charts(key="k")
