"""Whatever somebody writes in a sheet, the rules answer with sentences."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from objectives.rules import Stage, findings_of
from objectives.snapshots import IndicatorLine, PhaseLine, StaffLine
from tests.rules import act, change_set, draft, proposed, sheet

TEXT = st.text(max_size=40)
WORD = st.sampled_from(["", "31-dic", "31/02/2022", "15/03/2023", "12", "trimestrale", "nessuna", "\u0660", "١٢%"])
DAY = st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1))
MONTHS = st.lists(st.sampled_from(["2022-01", "2022-12", "2023-06"]), unique=True).map(lambda some: tuple(sorted(some)))
PHASES = st.lists(st.builds(PhaseLine, st.just("f"), st.integers(1, 8), TEXT, MONTHS), max_size=3).map(tuple)
INDICATORS = st.lists(
    st.builds(
        IndicatorLine,
        st.just("i"),
        st.integers(1, 9),
        st.sampled_from(["QUANTITA", "TEMPO", "COSTO", "QUALITA"]),
        TEXT,
        TEXT | WORD,
        target_kind=st.sampled_from(["", "DATE", "COUNT", "PERCENT", "NONE_AT_ALL", "YES_NO", "TEXT"]),
        target_number=st.none() | st.decimals(0, 1000, places=2),
        target_date=DAY,
        direction=st.sampled_from(["", "AT_LEAST", "BY"]),
        year=st.none() | st.integers(2000, 2100),
    ),
    max_size=3,
).map(tuple)
STAFF = st.lists(st.builds(StaffLine, st.just("s"), st.integers(1, 9), TEXT, TEXT, TEXT | WORD), max_size=3).map(tuple)
CONTENT = st.fixed_dictionaries(
    {
        "change": st.sampled_from(["MODIFICATO", "ELIMINATO", "INSERITO"]),
        "weight": st.none() | st.decimals(0, 100, places=2).map(str),
        "title": TEXT,
        "motive": st.sampled_from(["", "SLITTAMENTO"]),
        "motive_text": TEXT,
        "multi_year": st.booleans(),
        "phases": PHASES,
        "indicators": INDICATORS,
        "staff": STAFF,
    }
)


@given(CONTENT, st.sampled_from(list(Stage)), st.dates(dt.date(2021, 1, 1), dt.date(2024, 1, 1)), st.booleans())
def test_every_finding_says_what_is_wrong_where_and_what_to_do(content, stage, day, complete):
    after = draft(1, **content)
    base = None if after.change == "INSERITO" else sheet(1)
    changes = change_set(proposed(after, base), stage=stage, day=day, complete=complete, act=act())
    for finding in findings_of(changes):
        assert finding.message.rstrip()[-1] in ".»"
        assert finding.remedy or finding.severity == "I"
        assert finding.place in {"act", ""} or finding.sheet or finding.sector
    assert findings_of(changes) == findings_of(changes)
