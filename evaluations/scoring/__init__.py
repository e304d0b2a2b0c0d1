"""How results become scores: pure, with the words that say how each number was computed (R24, R26, R29).

`read_achieved` types what was achieved, `score_indicator` measures it against what was expected, `sheet_average`,
`sector_average`, `plan_average` and `person_average` bring scores together. Nothing here knows the database.
"""

from evaluations.scoring.achieved import Achieved, read_achieved
from evaluations.scoring.averages import (
    Average,
    LeftOut,
    Part,
    by_hand,
    person_average,
    plan_average,
    sector_average,
    sheet_average,
)
from evaluations.scoring.criteria import Criteria
from evaluations.scoring.deviations import deviation_words
from evaluations.scoring.indicators import Score, Standing, score_indicator
from evaluations.scoring.writing import per_cent

__all__ = [
    "Achieved",
    "Average",
    "Criteria",
    "LeftOut",
    "Part",
    "Score",
    "Standing",
    "by_hand",
    "deviation_words",
    "per_cent",
    "person_average",
    "plan_average",
    "read_achieved",
    "score_indicator",
    "sector_average",
    "sheet_average",
]
