"""The deeds of the verifications: opening and moving them, entering results, confirming, closing, reopening.

Each is keyword-only in its actor (`by`), atomic, takes its locks first and asks again under them (see `locking` for
their order). A deed that can't be done raises Refused, with a sentence for the person, and leaves the database as it
was.
"""

from evaluations.rounds.averages import set_average
from evaluations.rounds.cells import BadEntry, Change, Problem, StaleRows
from evaluations.rounds.closing import close, reopen
from evaluations.rounds.confirming import Incomplete, confirm, take_back
from evaluations.rounds.entering import enter
from evaluations.rounds.evidence import attach, put_aside
from evaluations.rounds.missing import Missing, missing_of, missing_words
from evaluations.rounds.opening import last_day, move_round, open_round

__all__ = [
    "BadEntry",
    "Change",
    "Incomplete",
    "Missing",
    "Problem",
    "StaleRows",
    "attach",
    "close",
    "confirm",
    "enter",
    "last_day",
    "missing_of",
    "missing_words",
    "move_round",
    "open_round",
    "put_aside",
    "reopen",
    "set_average",
    "take_back",
]
