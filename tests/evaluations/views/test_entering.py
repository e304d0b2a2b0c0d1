"""The page of results: everything that was typed is saved, or still stands there with what is wrong."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluations.choices import RoundKind
from evaluations.models import EvidenceFile, PhaseProgress, Result, SheetReview, StaffShare
from evaluations.rounds import attach, close, confirm, enter, open_round
from organisation.models import Sector
from tests.results import ON, complete, result, upload
from tests.results_office import Office, achieved
from tests.this_year import YEAR, approved_plan, full_sheet, sheet_of

pytestmark = pytest.mark.django_db

# ---- The form, without scripts ---------------------------------------------------------------------------------------


def test_the_form_saves_what_was_typed_anywhere_in_it(office):
    part = office.part()
    result_row, phase, person = part.indicators[0].row, part.phases[0].row, part.staff[0].row
    response = office.press(
        **{
            f"{result_row.name}-achieved": "31-dic",
            f"{result_row.name}-evidence": "Verbale\r\ndi collaudo",
            f"{phase.name}-percent": "80 %",
            f"{person.name}-share": "55,5",
            f"{part.review.name}-causes": "Ritardi",
        }
    )
    assert (response.status_code, response.url) == (302, f"{office.address}?salvata")
    stored = Result.objects.get()
    assert (stored.achieved, str(stored.date), stored.evidence) == ("31-dic", f"{YEAR}-12-31", "Verbale\ndi collaudo")
    assert (PhaseProgress.objects.get().percent, str(StaffShare.objects.get().share)) == (80, "55.50")
    assert SheetReview.objects.get().causes == "Ritardi"


def test_what_nobody_touched_is_not_written(office):
    assert office.press().status_code == 302
    assert achieved() == []


def test_a_cell_that_cannot_be_read_keeps_what_is_typed_and_the_rest_is_saved(office):
    good, bad = office.row(1), office.part().phases[0].row
    response = office.press(**{f"{good.name}-achieved": "2 giornate", f"{bad.name}-percent": "quasi"})
    assert (response.status_code, achieved()) == (422, ["2 giornate"])
    cell = office.page.rows[bad.name].cells["percent"]
    assert (cell.value, "non è una percentuale" in cell.fault) == ("quasi", True)
    assert [one.id for one in office.page.faults] == [cell.id]
    assert f'href="#{cell.id}"' in response.content.decode()
    office.press(**{cell.id: "75"})
    assert PhaseProgress.objects.get().percent == 75


def test_what_is_left_out_and_a_deviation_by_hand_say_why(office):
    out, by_hand = office.row(0), office.row(1)
    response = office.press(**{f"{out.name}-not_applicable": "1", f"{by_hand.name}-deviation": "in linea"})
    assert (response.status_code, Result.objects.count()) == (422, 0)
    assert {cell.field for cell in office.page.faults} == {"not_applicable_note", "deviation_note"}
    said = {f"{out.name}-not_applicable_note": "Revocato.", f"{by_hand.name}-deviation_note": "Concordato."}
    assert office.press(**said).status_code == 302
    assert Result.objects.get(not_applicable=True).not_applicable_note == "Revocato."


def test_what_is_typed_is_text_and_never_markup(office):
    office.press(
        **{f"{office.row(7).name}-achieved": "<script>alert(1)</script>", f"{office.row(7).name}-percent": "x"}
    )
    shown = office.response.content.decode()
    assert ("<script>alert(1)" in shown, "&lt;script&gt;alert(1)" in shown) == (False, True)


def test_two_people_in_one_row_see_both_texts_and_choose(office, open_one, every_kind, responsabile):
    name = office.row(1).name
    enter(open_one, [result(every_kind, 1, achieved="1 giornata")], by=responsabile)
    response = office.press(**{f"{name}-achieved": "2 giornate"})
    row = office.page.rows[name]
    assert (response.status_code, achieved(), row.cells["achieved"].value) == (409, ["1 giornata"], "2 giornate")
    assert (row.two.lines, row.two.by) == ([("Raggiunto", "1 giornata")], responsabile)
    again = office.press()  # without a choice both stay
    assert (again.status_code, achieved()) == (409, ["1 giornata"])
    assert office.press(**{f"{name}-choice": office.page.rows[name].two.mine}).status_code == 302
    assert achieved() == ["2 giornate"]


def test_whoever_keeps_the_stored_text_changes_nothing(office, open_one, every_kind, responsabile):
    name = office.row(1).name
    enter(open_one, [result(every_kind, 1, achieved="1 giornata")], by=responsabile)
    office.press(**{f"{name}-achieved": "2 giornate"})
    assert office.press(**{f"{name}-choice": office.page.rows[name].two.stored}).status_code == 302
    assert achieved() == ["1 giornata"]


def test_what_somebody_else_wrote_in_a_row_that_was_not_touched_stays(office, open_one, every_kind, responsabile):
    enter(open_one, [result(every_kind, 1, achieved="1 giornata")], by=responsabile)
    assert office.press(**{f"{office.row(0).name}-achieved": "31-dic"}).status_code == 302
    assert achieved() == ["1 giornata", "31-dic"]


def test_in_a_settore_confirmed_meanwhile_nothing_is_saved_and_the_text_comes_back(
    office, open_one, finanziario, every_kind, sheet, responsabile
):
    for one in (every_kind, sheet):
        complete(open_one, one, responsabile)
    form = office.form(**{f"{office.row(1).name}-achieved": "dieci giornate di prova"})
    confirm(open_one, finanziario, by=responsabile)
    response = office.client.post(office.address, form)
    assert (response.status_code, response.context["kept"]) == (409, ["dieci giornate di prova"])
    assert "dieci giornate di prova" not in achieved()


# ---- What the page shows ---------------------------------------------------------------------------------------------


def test_what_belongs_to_a_later_year_has_no_cell(office):
    later = office.part().indicators[-1]
    assert (later.row, f"non applicabile ({YEAR + 1})" in office.response.content.decode()) == (None, True)


def test_the_deviation_stands_beside_what_was_achieved(office):
    name = office.row(3).name
    office.press(**{f"{name}-achieved": "60%"})
    shown = office.client.get(office.address).content.decode()
    assert "−12,19 punti percentuali" in shown


def test_what_is_missing_leads_to_its_cell_and_goes_when_it_is_written(office):
    before = office.page.missing
    first = office.part().missing[0]
    assert f'href="#{first.id}"' in office.response.content.decode()
    office.press(**{first.id: "3 giornate"})
    office.response = office.client.get(office.address)
    assert (office.page.missing, first.id in {one.id for one in office.part().missing}) == (before - 1, False)


def test_the_earlier_verification_stands_beside_the_final_one(office, open_one, plan, segretario, ufficio, every_kind):
    enter(open_one, [result(every_kind, 1, achieved="1 giornata")], by=ufficio)
    open_round(plan, RoundKind.FINALE, on=ON, by=segretario)
    shown = office.client.get(office.address.replace("intermedia", "finale")).content.decode()
    assert "nella verifica intermedia: <strong>1 giornata</strong>" in shown


def test_in_a_confirmed_settore_one_only_reads_and_is_told_who_can_change_that(
    office, open_one, finanziario, every_kind, sheet, responsabile
):
    for one in (every_kind, sheet):
        complete(open_one, one, responsabile)
    confirm(open_one, finanziario, by=responsabile)
    response = office.client.get(office.address)
    assert (response.context["editable"], "<input" in response.content.decode().partition("<main")[2]) == (False, False)
    assert "la conferma va prima tolta" in response.content.decode()
    assert "come da progetto approvato" in response.content.decode()


def test_in_a_closed_verification_too(office, open_one, finanziario, tecnico, plan, responsabile, segretario):
    for number, sector in ((1, "FINANZIARIO"), (2, "FINANZIARIO"), (1, "TECNICO")):
        complete(open_one, sheet_of(plan, number, sector), responsabile)
    for sector in (finanziario, tecnico):
        confirm(open_one, sector, by=responsabile)
    close(open_one, by=segretario)
    response = office.client.get(office.address)
    assert (response.context["editable"], "la riapre il Segretario" in response.content.decode()) == (False, True)


def test_who_only_reads_sees_no_cell_to_write_in(open_one, signed_in, nucleo, finanziario):
    response = Office(signed_in(nucleo), finanziario).response
    assert (response.context["editable"], "results.js" in response.content.decode()) == (False, False)


def test_a_settore_without_sheets_has_nothing_to_measure(open_one, signed_in, ufficio, caluso):
    empty = Sector(entity=caluso, name="VUOTO")
    empty.save()
    assert signed_in(ufficio).get(f"/caluso/verifiche/{YEAR}/intermedia/settori/{empty.pk}/").status_code == 404


@pytest.mark.parametrize("sheets", [1, 30])
def test_the_number_of_queries_does_not_depend_on_the_sheets(sheets, caluso, segretario, signed_in, ufficio):
    staff = [{"category": "C", "name": "Anna Bianchi", "share": "100"}]
    plan = approved_plan(caluso, *(full_sheet(number, weight=1, staff=staff) for number in range(1, sheets + 1)))
    opened = open_round(plan, RoundKind.INTERMEDIA, on=ON, by=segretario)
    every = [sheet_of(plan, number) for number in range(1, sheets + 1)]
    enter(opened, [result(one, 0, achieved="31/12") for one in every], by=ufficio)
    attach(opened, every[-1].objective_id, None, upload(), "", by=ufficio)
    sector, client = every[0].sector, signed_in(ufficio)
    with CaptureQueriesContext(connection) as queries:
        response = Office(client, sector).response
    assert (len(response.context["page"].sheets), len(queries)) == (sheets, 16)


# ---- Evidence --------------------------------------------------------------------------------------------------------


def test_files_are_attached_to_an_indicator_with_what_was_typed(office):
    objective, line = office.part().sheet.objective_id, office.part().indicators[1]
    files = {f"prove-{objective}": [upload("a.pdf"), upload("b.txt", b"testo")]}
    of = {f"prove-{objective}-di": line.measure.indicator.key.hex, f"prove-{objective}-nota": "Verbali"}
    response = office.press(f"allega-{objective}", **{f"{line.row.name}-achieved": "2 giornate"}, **files, **of)
    assert response.url == f"{office.address}?salvata#prove-{objective}"
    found = EvidenceFile.objects.order_by("pk").values_list("name", "key", "note")
    assert (achieved(), list(found)) == (
        ["2 giornate"], [(name, line.measure.indicator.key, "Verbali") for name in ("a.pdf", "b.txt")],
    )  # fmt: skip


def test_a_file_that_may_not_stand_as_evidence_is_refused_in_a_sentence(office):
    objective = office.part().sheet.objective_id
    office.press(f"allega-{objective}", **{f"prove-{objective}": upload("pagina.html", b"<script>")})
    assert EvidenceFile.objects.count() == 0
    assert "«pagina.html» non si può allegare" in office.client.get(office.address).content.decode()


def test_files_are_attached_also_when_a_cell_is_wrong(office):
    objective, phase = office.part().sheet.objective_id, office.part().phases[0].row
    typed = {f"{phase.name}-percent": "quasi", f"prove-{objective}": upload()}
    assert office.press(f"allega-{objective}", **typed).status_code == 422
    assert (EvidenceFile.objects.count(), office.part().files[0][1].name) == (1, "prova.pdf")


@pytest.mark.parametrize("action", ["allega-", "allega-x", f"allega-{'9' * 30}", "allega-999999"])
def test_a_button_of_no_sheet_attaches_nothing(office, action):
    assert office.press(action).status_code == 302
    assert EvidenceFile.objects.count() == 0
