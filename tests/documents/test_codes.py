"""Codes: readable on paper, forgiving when typed, impossible to guess."""

import pytest

from documents.codes import LETTERS, check_url, new_code, read_code


def test_a_code_is_three_groups_of_four_letters_that_nobody_confuses():
    codes = {new_code() for _ in range(300)}
    assert len(codes) == 300
    assert {len(code) for code in codes} == {14}
    assert {letter for code in codes for letter in code} == {*LETTERS, "-"}
    assert set("01OILU") & set(LETTERS) == set()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("7KQM-X4DN-P9TB", "7KQM-X4DN-P9TB"),
        (" 7kqm x4dn p9tb ", "7KQM-X4DN-P9TB"),
        ("7kqmx4dnp9tb", "7KQM-X4DN-P9TB"),
        ("7KQM–X4DN—P9TB.", "7KQM-X4DN-P9TB"),
        ("7KQM-X4DN-P9T", None),
        ("7KQM-X4DN-P9TBB", None),
        ("7KQM-X4DN-P9T0", None),
        ("7KQM-X4DN-P9TÀ", None),
        ("", None),
    ],
)
def test_a_code_is_understood_as_people_type_it(typed, kept):
    assert read_code(typed) == kept


def test_the_address_of_a_code_is_whole(settings):
    settings.SITE_URL = "https://perf.comune.esempio.it/"
    assert check_url("7KQM-X4DN-P9TB") == "https://perf.comune.esempio.it/verifica/7KQM-X4DN-P9TB/"
