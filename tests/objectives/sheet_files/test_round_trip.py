"""The workbook goes out and comes back: untouched it changes nothing, one cell changed is one draft."""

import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from objectives.choices import Change, State
from objectives.importing.findings import Limits
from objectives.models import Sheet
from objectives.permissions import standing
from objectives.sheet_files.drafts import InTheWay, make, rehearse
from objectives.sheet_files.filling import template_for
from objectives.sheet_files.reading import read_sheets
from objectives.workflow import amend, submit
from organisation.models import Sector
from tests.this_year import YEAR, approved_plan, full_sheet, rewritten, sheet_of

pytestmark = pytest.mark.django_db

STAFF = [{"category": "C", "name": "Anna Bianchi", "share": "50"}]


@pytest.fixture
def plan(caluso):
    """FINANZIARIO n° 1 and n° 2, in force."""
    return approved_plan(caluso, full_sheet(1, weight=60, staff=STAFF), full_sheet(2, weight=40))


@pytest.fixture
def office(plan, ufficio):
    """An office with its workbook."""
    ufficio.memberships.get().sectors.add(Sector.objects.get(name="FINANZIARIO"))
    return Office(plan, ufficio)


class Office:
    """Fills in the workbook and brings it back."""

    def __init__(self, plan, person):
        self.plan, self.person = plan, person
        self.sector = Sector.objects.get(name="FINANZIARIO")
        self.take()

    def take(self):
        """Download the workbook."""
        self.book = load_workbook(io.BytesIO(template_for(self.plan, self.sector)))
        return self.book

    def cell(self, sheet, code, column="C", nth=1):
        """The cell of a column, in the nth row whose code begins so."""
        rows = [row for row in self.book[sheet].iter_rows() if str(row[0].value).startswith(code)]
        return self.book[sheet][f"{column}{rows[nth - 1][0].row}"]

    def write(self, sheet, code, value, column="C", nth=1):
        """Write in it, and return its place."""
        cell = self.cell(sheet, code, column, nth)
        cell.value = value
        return f"cella {cell.coordinate}"

    def read(self):
        """What the program reads."""
        out = io.BytesIO()
        self.book.save(out)
        return read_sheets(out.getvalue(), self.plan, Limits()).sheets

    def bring(self, deed=make):
        """Bring the workbook back."""
        return deed(self.read(), self.plan, standing(self.person, self.plan.entity), by=self.person)


def drafts():
    """The open versions there are."""
    return Sheet.objects.exclude(state=State.ADOTTATA)


def refused(office):
    """What is in the way, as the page says it; nothing was made."""
    before = list(drafts().values_list("pk", "row_version"))
    with pytest.raises(InTheWay) as told:
        office.bring()
    assert list(drafts().values_list("pk", "row_version")) == before
    return [(one.file.name, problem.place, problem.message) for one, problem in told.value.upload.problems]


def test_a_worksheet_for_each_sheet_and_some_for_new_ones(office):
    new = [f"Nuovo obiettivo {n}" for n in (1, 2, 3)]
    assert office.book.sheetnames == ["Istruzioni", "Elenchi", "Scheda 1", "Scheda 2", *new]
    assert (office.cell("Scheda 1", "campo:title").value, office.cell("Scheda 1", "persona").value) == (
        "Obiettivo 1",
        "Anna Bianchi",
    )
    assert office.cell(new[0], "campo:number").value == 3


def test_untouched_it_changes_nothing(office):
    assert [one.is_untouched for one in office.read()] == [True] * 5
    upload = office.bring()
    assert ([one.deed for one in upload.planned], list(drafts())) == (["nessuna modifica"] * 5, [])


def test_untouched_it_changes_nothing_even_when_what_is_stored_has_moved_on(office, ufficio):
    rewritten(amend(sheet_of(office.plan, 1), by=ufficio), ufficio)
    assert office.bring().drafts == 0


def test_one_deadline_changed_is_one_draft_with_that_change(office):
    office.write("Scheda 1", "indice:TEMPO", f"30/11/{YEAR}", column="D")
    upload = office.bring()
    draft, base = drafts().get(), sheet_of(office.plan, 1)
    assert (draft.change, draft.base, draft.title, draft.weight) == (Change.MODIFICATO, base, base.title, 60)
    assert [one.label for one in upload.at_work[0].differences] == ["Indice 1"]
    expected = {row.key: row.expected for row in draft.indicators.all()}
    assert expected == {
        row.key: f"30/11/{YEAR}" if row.family == "TEMPO" else row.expected for row in base.indicators.all()
    }
    assert str(draft.indicators.get(family="TEMPO").target_date) == f"{YEAR}-11-30"
    assert [row.months for row in draft.phases.all()] == [row.months for row in base.phases.all()]


def test_a_day_and_a_percentage_are_read_as_they_are_shown(office):
    office.write("Scheda 1", "indice:TEMPO", dt.date(YEAR, 11, 30), column="D")
    office.write("Scheda 1", "indice:QUANTITA", 0.7219, column="D")
    office.cell("Scheda 1", "indice:QUANTITA", "D").number_format = "0.00%"
    office.bring()
    assert {row.expected for row in drafts().get().indicators.all()} == {f"30/11/{YEAR}", "72,19%"}


def test_a_draft_of_today_is_changed_where_it_stands(office, ufficio):
    draft = rewritten(amend(sheet_of(office.plan, 2), by=ufficio), ufficio)
    office.take()
    office.write("Scheda 2", "campo:weight", 39.5)
    office.write("Scheda 2", "fase:5", "Collaudo")
    office.write("Scheda 2", "fase:5", "x", column="F")
    office.bring()
    draft = drafts().get(pk=draft.pk)
    assert (draft.weight, draft.title) == (39.5, "Sportello digitale")
    assert (draft.phases.get(position=5).text, draft.phases.get(position=5).months) == ("Collaudo", [f"{YEAR}-03"])


def test_a_new_worksheet_is_a_new_objective_and_an_emptied_row_goes(office):
    for code, value in {"campo:title": "Sportello", "campo:weight": 10, "indice:COSTO": "Spesa"}.items():
        office.write("Nuovo obiettivo 1", code, value)
    office.write("Scheda 1", "persona", None)
    for column in ("B", "D"):
        office.write("Scheda 1", "persona", None, column=column)
    upload = office.bring()
    assert [one.deed for one in upload.at_work] == ["nuova proposta di modifica", "nuovo obiettivo"]
    new = drafts().get(change=Change.INSERITO)
    assert (new.number, new.title, new.sector, new.indicators.get().text) == (3, "Sportello", office.sector, "Spesa")
    assert list(drafts().get(change=Change.MODIFICATO).participations.all()) == []


def test_what_is_wrong_is_told_by_its_cell_and_nothing_is_made(office):
    office.write("Scheda 2", "campo:title", "Questa da sola andrebbe")
    weight = office.write("Scheda 1", "campo:weight", "molto")
    month = office.write("Scheda 1", "fase:1", "forse", column="E")
    manager = office.write("Scheda 1", "campo:manager", "Nessuno")
    assert refused(office) == [
        ("foglio «Scheda 1»", month, "c'è «forse»: scrivere X nei mesi in cui la fase si svolge, o lasciare vuoto"),
        ("foglio «Scheda 1»", weight, "Peso: scrivere un numero, per esempio 12,5."),
        ("foglio «Scheda 1»", manager, "Responsabile di servizio: scegliere uno dei responsabili del settore."),
    ]


def test_a_formula_is_not_computed(office):
    place = office.write("Scheda 1", "campo:weight", "=10*6")
    assert refused(office) == [("foglio «Scheda 1»", place, "contiene una formula: scrivere il valore")]


def test_what_changed_meanwhile_is_refused(office, ufficio):
    draft = rewritten(amend(sheet_of(office.plan, 2), by=ufficio), ufficio)
    office.take()
    rewritten(draft, ufficio, title="Un altro titolo")
    office.write("Scheda 2", "campo:title", "Il mio titolo")
    ((_, _, message),) = refused(office)
    assert message.startswith("la bozza è cambiata dopo che il file è stato preparato")


def test_a_text_that_somebody_is_changing_already_is_refused(office, ufficio):
    office.write("Scheda 1", "campo:title", "Il mio titolo")
    amend(sheet_of(office.plan, 1), by=ufficio)
    ((_, _, message),) = refused(office)
    assert message.startswith("C'è già una modifica in corso su questa scheda")


def test_a_copied_worksheet_is_told(office):
    office.book.copy_worksheet(office.book["Scheda 1"])
    office.write("Scheda 1", "campo:title", "Uno")
    office.write("Scheda 1 Copy", "campo:title", "Due")
    ((name, _, message),) = refused(office)
    assert (name, message.split(":")[0]) == ("foglio «Scheda 1 Copy»", "è la stessa scheda di un altro foglio")


def test_what_is_on_its_way_is_not_in_the_workbook(office, ufficio, responsabile):
    submit(rewritten(amend(sheet_of(office.plan, 1), by=ufficio), ufficio), by=responsabile)
    assert "Scheda 1" not in office.take().sheetnames
    assert "FINANZIARIO n° 1" in office.book["Istruzioni"]["A8"].value


def test_the_workbook_of_another_plan_or_settore_is_refused(office, caluso, make_person):
    office.write("Scheda 1", "campo:title", "Il mio titolo")
    other = make_person("altrove", (caluso, "UFFICIO"))
    tecnico = Sector(entity=caluso, name="TECNICO")
    tecnico.save()
    other.memberships.get().sectors.add(tecnico)
    upload = rehearse(office.read(), office.plan, standing(other, caluso), by=other)
    assert [problem.message for _, problem in upload.problems] == ["è di un settore di cui non si preparano le schede"]
    office.plan.year += 1
    assert {one.stray.split(" per ")[0] for one in office.read()} == {"il modello è stato scaricato"}


def test_a_rehearsal_saves_nothing(office):
    office.write("Scheda 1", "campo:title", "Il mio titolo")
    assert office.bring(rehearse).drafts == 1
    assert list(drafts()) == []
