"""Sheets in a Word file, in the form of the real act: the plan as it is downloaded, changed and brought back."""

import io

import docx
import pytest

from objectives.choices import Change, State
from objectives.importing.findings import Limits
from objectives.models import Sheet
from objectives.moments import today
from objectives.papers.plan_docx import plan_docx
from objectives.permissions import standing
from objectives.sheet_files.drafts import InTheWay, make
from objectives.sheet_files.reading import read_sheets
from organisation.models import Sector
from tests.this_year import YEAR, approved_plan, full_sheet, sheet_of

pytestmark = pytest.mark.django_db

STAFF = [{"category": "C", "name": "Anna Bianchi", "share": "50"}]


@pytest.fixture
def plan(caluso):
    """FINANZIARIO n° 1 and n° 2, in force."""
    return approved_plan(caluso, full_sheet(1, weight=60, staff=STAFF), full_sheet(2, weight=40))


@pytest.fixture
def bring(plan, ufficio):
    """Bring the plan's Word file back with some words replaced by others, in paragraphs and cells."""
    ufficio.memberships.get().sectors.add(Sector.objects.get(name="FINANZIARIO"))

    def brought(*changes):
        file = docx.Document(io.BytesIO(plan_docx(plan, today(plan.entity))))
        cells = [cell for table in file.tables for row in table.rows for cell in row.cells]
        for paragraph in [*file.paragraphs, *(one for cell in cells for one in cell.paragraphs)]:
            for old, new in changes:
                if old in paragraph.text:
                    paragraph.text = paragraph.text.replace(old, new)
        out = io.BytesIO()
        file.save(out)
        read = read_sheets(out.getvalue(), plan, Limits())
        assert read.refusal == ""
        return make(read.sheets, plan, standing(ufficio, plan.entity), by=ufficio)

    return brought


def drafts():
    """The open versions there are."""
    return Sheet.objects.exclude(state=State.ADOTTATA)


def test_the_plan_as_it_is_changes_nothing(bring):
    assert ([one.deed for one in bring().planned], list(drafts())) == (["nessuna modifica"] * 2, [])


def test_a_word_changed_is_a_draft_that_keeps_its_rows(bring, plan):
    bring(("Obiettivo 1", "Sportello digitale"))
    draft, base = drafts().get(), sheet_of(plan, 1)
    assert (draft.change, draft.title, draft.base) == (Change.MODIFICATO, "Sportello digitale", base)
    for rows in ("phases", "indicators", "participations"):
        assert {row.key for row in getattr(draft, rows).all()} == {row.key for row in getattr(base, rows).all()}


def test_what_is_marked_eliminato_is_proposed_so(bring):
    assert [one.deed for one in bring(("PESO: 40 INSERITO", "PESO: 40 ELIMINATO")).at_work] == [
        "proposta di eliminazione"
    ]
    assert drafts().get().change == Change.ELIMINATO


def test_a_number_that_nobody_has_is_a_new_objective(bring):
    bring(("n° 2 PESO: 40", "n° 7 PESO: 40"))
    new = drafts().get()
    assert (new.change, new.number, new.weight, new.phases.count()) == (Change.INSERITO, 7, 40, 2)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (f"ANNO {YEAR}", f"ANNO {YEAR + 1}", "caricarla dalla pagina di quel piano"),
        ("Comune di Caluso ANNO", "Comune di Altrove ANNO", "non di «Comune di Caluso»"),
        ("n° 2 PESO: 40 INSERITO", "n° 7 PESO: 40 MODIFICATO", "non ha una scheda n° 7"),
        ("PESO: 40", "PESO: 400", "il peso va da 0 a 100"),
    ],
)
def test_what_does_not_fit_is_told_and_nothing_is_made(bring, old, new, said):
    with pytest.raises(InTheWay) as told:
        bring((old, new))
    assert said in told.value.upload.problems[0][1].message
    assert list(drafts()) == []
