"""What a page of results sends, row by row: read as it comes, whatever it is."""

import uuid

import pytest

from evaluations.forms.results import digest, plain, read_key, row_name, token, typed_row, typed_rows
from evaluations.models import PhaseProgress, Result

KEY = uuid.UUID(int=7)
NAME = f"result-12-{KEY.hex}"
EMPTY = dict.fromkeys(
    ("achieved", "percent", "evidence", "not_applicable", "not_applicable_note", "deviation", "deviation_note"), ""
)


def sent(name=NAME, opened="0.", **values):
    """The fields of a row, as a form sends them."""
    return {f"{name}-version": opened} | {f"{name}-{field}": text for field, text in values.items()}


def test_a_form_says_which_rows_it_has_and_from_which_version_they_were_opened():
    phase = f"phase-12-{KEY.hex}"
    rows = typed_rows({**sent(achieved="31-dic", opened="3.abc"), **sent(phase, percent="50"), "azione": "salva"})
    assert [(row.what, row.objective, row.key, row.version, row.opened) for row in rows.values()] == [
        ("result", 12, KEY, 3, "abc"),
        ("phase", 12, KEY, None, ""),
    ]
    assert rows[NAME].values == {**EMPTY, "achieved": "31-dic"}
    assert rows[NAME].change.values == rows[NAME].values


def test_the_analysis_of_a_sheet_has_no_key():
    (row,) = typed_rows(sent("review-12", causes="Ritardi")).values()
    assert (row.name, row.key, row.change.key) == ("review-12", None, None)


@pytest.mark.parametrize(
    "name",
    ["result-12", f"review-12-{KEY.hex}", "result-x-y", f"altro-12-{KEY.hex}", f"result-{'9' * 30}-{KEY.hex}", None, 7],
)
def test_what_is_no_row_is_none(name):
    assert typed_row(name, {}, "0.") is None


@pytest.mark.parametrize("values", [None, [], "testo", {"achieved": ["a"]}, {"achieved": 7}])
def test_values_that_are_no_texts_are_empty(values):
    row = typed_row(NAME, values, None)
    assert row is None or row.values == EMPTY


@pytest.mark.parametrize("opened", ["", "x", "-1.a", "1e9.a", "٣.a", f"{'9' * 40}.a", None])
def test_a_version_that_is_none_is_that_of_a_row_nobody_saved(opened):
    assert typed_row(NAME, {}, opened).version is None


def test_a_row_is_touched_when_something_else_stands_in_it_than_when_it_was_opened():
    stored = Result(pk=1, achieved="30  giorni", evidence="a\r\nb", row_version=2)
    opened = token("result", stored)
    assert opened.startswith("2.")
    same = typed_row(NAME, {"achieved": "30 giorni ", "evidence": "a\nb\r\n"}, opened)
    assert (same.is_touched, typed_row(NAME, {"achieved": "31 giorni"}, opened).is_touched) == (False, True)


def test_a_row_nobody_saved_has_version_zero():
    assert token("phase", None) == token("phase", PhaseProgress()) == f"0.{digest({'percent': '', 'note': ''})}"


@pytest.mark.parametrize(
    ("field", "text", "kept"),
    [
        ("achieved", "  15\u00a0gen\n naio ", "15 gen naio"),
        ("evidence", " riga   uno \r\n\r\n riga due ", "riga uno\n\nriga due"),
        ("causes", "perche\u0301", "perché"),
        ("achieved", None, ""),
    ],
)
def test_pasted_text_is_composed_and_loses_stray_white_space(field, text, kept):
    assert plain(text, field) == kept


def test_whoever_chose_between_two_texts_goes_on_from_the_one_they_saw():
    mine = typed_rows(sent(achieved="mio", opened="1.old") | {f"{NAME}-choice": "mio:4.new"})[NAME]
    assert (mine.version, mine.opened, mine.values["achieved"]) == (4, "new", "mio")
    assert typed_rows(sent(achieved="mio", opened="1.old") | {f"{NAME}-choice": "salvato:4.new"}) == {}


def test_keys_and_names():
    assert (row_name("staff", 3, KEY), row_name("review", 3, None)) == (f"staff-3-{KEY.hex}", "review-3")
    assert (read_key(KEY.hex), read_key(""), read_key("x" * 32)) == (KEY, None, None)
