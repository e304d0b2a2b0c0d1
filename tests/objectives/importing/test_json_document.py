"""What is wrong with a file as JSON is said in Italian."""

import pytest

from objectives.importing.reading import read_document


@pytest.mark.parametrize("digits", [31, 5_000, 100_000])
def test_a_number_without_end_is_refused_in_our_own_words(digits: int) -> None:
    (error,) = read_document(b'{"version": ' + b"1" * digits + b"}").errors
    assert error.message == f"Il JSON non è valido: un numero ha {digits} cifre, più delle 30 ammesse."
