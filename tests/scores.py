"""An expected and an achieved value, as an office writes them, read."""

import datetime as dt

from evaluations.scoring import read_achieved
from objectives.targets import read_target

END_OF_YEAR = dt.date(2022, 12, 31)


def read_both(expected, achieved, family="QUANTITA", label=""):
    """The two values of an indicator of 2022, typed."""
    target = read_target(expected, family=family, plan_year=2022, label=label)
    return target, read_achieved(achieved, kind=target.kind, family=family, plan_year=2022)
