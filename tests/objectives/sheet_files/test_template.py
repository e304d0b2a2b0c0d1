"""Whatever a sheet holds, the workbook holds it, and it comes back as it was."""

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from documents.workbooks import read_workbook
from objectives.choices import SLOTS, Family
from objectives.forms.typed import Typed, TypedRow
from objectives.sheet_files.from_workbook import Asked, sheets_in
from objectives.sheet_files.template import Template
from objectives.sheet_files.words import FIELDS, digest

KEYS = st.uuids(version=4).map(str)
TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="_\xad\ufffe\uffff"), max_size=40)
WRITTEN = st.one_of(TEXTS, st.sampled_from(["=1+1", "-5", "@casa", "#N/A", "31/12/2026", "007", "E' così\n\nÈ così"]))
MONTHS = st.sets(st.sampled_from([f"{year}-{month:02}" for year in (2026, 2027, 2028) for month in range(1, 13)]))


@st.composite
def words(draw):
    """A sheet in words."""
    fields = {name: [draw(WRITTEN)] for name in FIELDS}
    fields |= {"number": ["7"], "weight": [draw(st.sampled_from(["", "0", "12,5", "33,33", "100"]))]}
    slots = sorted(draw(st.sets(st.integers(1, SLOTS))))
    return Typed(
        3,
        fields,
        [TypedRow(draw(KEYS), {"text": [draw(WRITTEN)], "months": sorted(draw(MONTHS))}, slot) for slot in slots],
        [
            TypedRow(draw(KEYS), {"family": [family], "text": [draw(WRITTEN)], "expected": [draw(WRITTEN)]})
            for family in Family
        ],
        [TypedRow(draw(KEYS), {"category": ["C"], "name": [draw(WRITTEN)], "share": ["50"]})],
    )


def there_and_back(sheet):
    """The sheet of a workbook with this sheet."""
    template = Template(entity="caluso", year=2026, sector=1, title="Piano", lists={"manager": [], "motive": []})
    template.guide(["Prova"])
    template.add("Scheda 7", "Bozza", sheet, 5)
    ((found,), others) = sheets_in(read_workbook(template.content(), 10), Asked("caluso", 2026))
    assert others == ["Istruzioni"]
    return found


@settings(max_examples=10, phases=[Phase.explicit, Phase.generate])
@given(words())
def test_what_is_written_is_read(sheet):
    found = there_and_back(sheet)
    assert found.problems == []
    assert digest(found.words) == found.digest == digest(sheet)
    assert (found.version, found.sector, found.words.row_version, found.is_untouched) == (5, "1", 3, True)
    kept = {row.key for row in sheet.indicators + sheet.phases if not row.is_blank}
    assert {row.key for row in found.words.indicators + found.words.phases} == kept
