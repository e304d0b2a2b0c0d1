"""Whatever comes, every parser answers or refuses in its own way: no other error, no endless reading.

Here a few examples of each; `make fuzz` tries many more (FUZZ_EXAMPLES). What was once found lies in the corpus.
"""

import os
import time

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzz.mutating import files, seeds
from tests.fuzz.parsers import PARSERS

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "12"))
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")  # it warns of what it leaves out
LONGEST = 20
"""Seconds for one file, on a busy machine; the reading of acts stops itself after five."""
CORPUS = [(name, file) for name in PARSERS for file in seeds(name)]


@pytest.mark.parametrize(("name", "file"), CORPUS, ids=lambda one: getattr(one, "name", one))
def test_what_is_kept_of_earlier_searches(name, file):
    PARSERS[name](file.read_bytes())


@pytest.mark.parametrize("name", PARSERS)
def test_whatever_comes_it_is_answered_or_refused(name):
    @settings(max_examples=EXAMPLES, deadline=None, derandomize=EXAMPLES < 100, suppress_health_check=list(HealthCheck))
    @given(files(name))
    def tried(content):
        began = time.monotonic()
        PARSERS[name](content)
        assert time.monotonic() - began < LONGEST

    tried()
