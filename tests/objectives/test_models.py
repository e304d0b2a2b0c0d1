"""Plans, sheets and rows: what they may hold, in Italian and in the database; what was adopted stands for ever."""

import datetime as dt
from decimal import Decimal

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from deliberations.models import ImmutableError
from objectives.guards import MESSAGE
from objectives.models import Indicator, Objective, Participation, Phase, Plan, Sheet
from organisation.models import Entity, Manager, Membership, Sector
from organisation.roles import Role
from tests.factories import (
    load,
    make_draft,
    make_plan,
    make_proposal,
    make_sector,
    written_act,
    written_sheet,
)
from tests.raw_sql import refused

NOW = timezone.now()
FROZEN = r"^Una scheda adottata non si cambia e non si cancella"
STAFF = [{"category": "C", "name": "Anna Bianchi", "share": "50"}]
ROWS = ["phases", "indicators", "participations"]


@pytest.fixture
def draft(caluso):
    return make_draft(make_sector(caluso), make_plan(caluso))


@pytest.fixture
def adopted(caluso):
    """A sheet changed by GC 100/2022, with a row of each kind; its earlier text is not on file."""
    act = load(
        written_act(100, "2022-10-18", written_sheet(1, "MODIFICATO", staff=STAFF), cites=[(8, "2022-02-07")]), caluso
    ).act
    return act.sheets.get()


@pytest.fixture
def stub(adopted):
    return adopted.base


def refusals(thing):
    """The sentences with which a form would refuse it."""
    with pytest.raises(ValidationError) as refusal:
        thing.full_clean()
    return refusal.value.messages


def refused_twice(thing):
    """The sentence of the form, and the database's own refusal."""
    sentences = refusals(thing)
    with pytest.raises(IntegrityError), transaction.atomic():
        thing.save()
    return sentences


# ---- What a sheet may hold -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("weight", "sentence"),
    [
        (Decimal("-0.01"), "Assicurati che questo valore sia maggiore o uguale a 0."),
        (Decimal("100.01"), "Assicurati che questo valore sia minore o uguale a 100."),
    ],
)
def test_a_weight_is_between_0_and_100(draft, weight, sentence):
    draft.weight = weight
    assert refused_twice(draft) == [sentence]


@pytest.mark.parametrize("weight", [0, 100, Decimal("33.33")])
def test_the_ends_of_the_weight_are_in(draft, weight):
    draft.weight = weight
    draft.save()


def test_only_a_text_that_is_not_on_file_has_no_weight(draft):
    draft.weight = None
    draft.save()  # nobody has decided it yet
    draft.state = "INVIATA"
    assert refused_twice(draft) == ["Manca il peso: solo un testo non in archivio può non averlo."]


@pytest.mark.parametrize("change", ["MODIFICATO", "ELIMINATO"])
def test_a_changed_sheet_has_a_base(draft, change):
    draft.change = change
    assert refused_twice(draft) == ["Solo una scheda INSERITA è senza base: le altre ne hanno una (R06)."]


def test_an_inserted_sheet_has_none(draft, adopted):
    draft.base = adopted
    assert refused_twice(draft) == ["Solo una scheda INSERITA è senza base: le altre ne hanno una (R06)."]


def test_a_version_has_one_successor(draft, adopted):
    draft.base, draft.change = adopted.base, "MODIFICATO"
    assert refused_twice(draft) == ["Scheda obiettivo con questo Modifica la esiste già."]


def test_an_adopted_sheet_has_its_act(draft):
    draft.state = "ADOTTATA"
    assert refused_twice(draft) == ["Una scheda adottata ha la sua deliberazione."]


def test_who_submitted_and_when_go_together(draft):
    draft.submitted_at = NOW
    assert refused_twice(draft) == ["Chi ha inviato la scheda e quando vanno insieme."]


def test_who_approved_and_when_go_together(draft, segretario):
    draft.approved_by = segretario
    assert refused_twice(draft) == ["Chi ha approvato la scheda e quando vanno insieme."]


def test_nobody_approves_what_they_submitted(draft, segretario):
    draft.submitted_by = draft.approved_by = segretario
    draft.submitted_at = draft.approved_at = NOW
    assert refused_twice(draft) == ["Nessuno approva ciò che ha inviato, se non con una deroga scritta (R20)."]
    draft.approval_exception = "Il Segretario è anche responsabile del settore STAFF."
    draft.full_clean()
    draft.save()


@pytest.mark.parametrize("position", [0, 9])
def test_a_form_has_eight_slots(draft, position):
    assert refused_twice(Phase(sheet=draft, position=position, text="Avvio"))[-1] == "Le fasi sono al massimo 8."


def test_a_slot_holds_one_phase(draft):
    Phase(sheet=draft, position=8, text="Avvio").save()
    assert refused_twice(Phase(sheet=draft, position=8, text="Altro")) == ["C'è già una fase in questa casella."]


@pytest.mark.parametrize(
    ("months", "sentence"),
    [
        (["2022-13"], "Un mese si scrive come 2022-10."),
        (["marzo"], "Un mese si scrive come 2022-10."),
        (["2021-12"], "Il mese 2021-12 è fuori dagli anni 2022–2024 del piano."),
        (["2022-01", "2025-01"], "Il mese 2025-01 è fuori dagli anni 2022–2024 del piano."),
    ],
)
def test_the_months_are_of_the_plan_and_the_two_years_after(draft, months, sentence):
    assert refusals(Phase(sheet=draft, position=1, text="Avvio", months=months)) == [sentence]


def test_months_are_kept_once_and_in_order(draft):
    phase = Phase(sheet=draft, position=1, text="Avvio", months=["2024-12", "2022-01", "2022-01"])
    phase.full_clean()
    assert phase.months == ["2022-01", "2024-12"]


def test_an_entity_has_one_plan_a_year(caluso, esempio):
    make_plan(caluso)
    make_plan(caluso, 2023)
    make_plan(esempio)
    assert refused_twice(Plan(entity=caluso, year=2022)) == ["C'è già un piano di questo ente per questo anno."]


def test_a_triennium_ends_after_its_beginning(caluso):
    wrong = Plan(entity=caluso, year=2022, triennium_start=2022, triennium_end=2021)
    assert refused_twice(wrong) == ["La fine del triennio viene prima del suo inizio."]


@pytest.mark.parametrize("cut_off", ["30/09", "9-30", "13-01", "09-32", "00-10"])
def test_the_cut_off_is_a_month_and_a_day(caluso, cut_off):
    assert refusals(Plan(entity=caluso, year=2022, cut_off=cut_off)) == ["Si scrive come 09-30: mese e giorno."]


# ---- What the organisation may hold ----------------------------------------------------------------------------------


def test_a_sector_has_one_name_in_an_entity_however_it_is_printed(caluso, esempio):
    make_sector(caluso, "ATTIVITA' PRODUTTIVE")
    make_sector(esempio, "ATTIVITA' PRODUTTIVE")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_sector(caluso, "Settore attività produttive")
    same = Sector(entity=caluso, name="x", match_key="attivita produttive")
    assert refusals(same) == ["C'è già un settore con questo nome in questo ente."]


def test_a_person_has_a_role_once_in_an_entity(caluso, segretario):
    again = Membership(user=segretario, entity=caluso, role=Role.SEGRETARIO)
    assert refused_twice(again) == ["Questa persona ha già questo ruolo in questo ente."]


def test_a_manager_ends_after_the_beginning(caluso):
    manager = Manager(
        sector=make_sector(caluso), name="A", valid_from=dt.date(2022, 1, 2), valid_to=dt.date(2022, 1, 1)
    )
    assert refused_twice(manager) == ["La fine dell'incarico viene prima del suo inizio."]


def test_a_manager_answers_from_the_first_to_the_last_day(caluso):
    sector, new_year = make_sector(caluso), dt.date(2022, 1, 1)
    for name, start, end in (("Primo", dt.date(2021, 1, 1), dt.date(2021, 12, 31)), ("Secondo", new_year, None)):
        Manager(sector=sector, name=name, valid_from=start, valid_to=end).save()
    on = {day: [m.name for m in Manager.objects.on(day)] for day in (dt.date(2021, 12, 31), new_year)}
    assert on == {dt.date(2021, 12, 31): ["Primo"], new_year: ["Secondo"]}


@pytest.mark.parametrize("slug", ["gestione", "accesso", "static"])
def test_an_entity_takes_no_address_of_the_program(slug, db):
    assert refusals(Entity(name="X", slug=slug)) == [
        f"«{slug}» è riservato al programma: scegliere un altro nome breve."
    ]


def test_a_colour_is_written_as_pages_write_it(db):
    assert refusals(Entity(name="X", slug="x", colour="blu")) == ["Il colore si scrive come #0066cc."]


# ---- What was adopted stands (R05, R08) ------------------------------------------------------------------------------


def test_no_program_touches_any_column_of_an_adopted_sheet(adopted):
    names = [field.column for field in Sheet._meta.concrete_fields]
    update = "UPDATE objectives_sheet SET {0} = {0} WHERE id = " + str(adopted.pk)
    assert {name: refused(update.format(name)) for name in names} == dict.fromkeys(names, MESSAGE)


def test_an_adopted_sheet_is_not_saved_again(adopted, segretario):
    for sheet in (adopted, Sheet.objects.get(pk=adopted.pk), Sheet.objects.only("title").get(pk=adopted.pk)):
        sheet.title = "Altro"
        with pytest.raises((ImmutableError, IntegrityError), match=FROZEN), transaction.atomic():
            sheet.save()
    with pytest.raises(ImmutableError, match=FROZEN):
        Sheet.objects.update_or_create(pk=adopted.pk, defaults={"title": "Altro"})
    assert Sheet.objects.get(pk=adopted.pk).title == "Obiettivo 1"


def test_another_object_with_its_key_does_not_replace_it(adopted):
    impostor = make_draft(adopted.sector, adopted.objective.plan, number=9)
    impostor.pk = adopted.pk
    with pytest.raises(IntegrityError, match=FROZEN), transaction.atomic():
        impostor.save()


def test_a_sheet_that_was_adopted_meanwhile_is_not_saved_over(adopted):
    """Two people have the same draft open; one has it adopted, then the other saves."""
    draft = make_draft(adopted.sector, adopted.objective.plan, number=9)
    mine = Sheet.objects.get(pk=draft.pk)
    draft.deliberation, draft.state = adopted.deliberation, "ADOTTATA"
    draft.save()
    mine.title = "Altro"
    with pytest.raises(IntegrityError, match=FROZEN), transaction.atomic():
        mine.save()


@pytest.mark.parametrize("sheet_name", ["adopted", "stub"])
def test_an_adopted_sheet_is_never_deleted(request, sheet_name):
    sheet = request.getfixturevalue(sheet_name)
    with pytest.raises(ImmutableError, match=FROZEN):
        sheet.delete()
    with pytest.raises(ImmutableError, match=FROZEN):
        Sheet.objects.filter(pk=sheet.pk).delete()
    assert refused(f"DELETE FROM objectives_sheet WHERE id = {sheet.pk}") == MESSAGE
    with pytest.raises((IntegrityError, ProtectedError)), transaction.atomic():
        Sheet.objects.filter(pk=sheet.pk)._raw_delete(using="default")


@pytest.mark.parametrize("row_name", ROWS)
def test_the_rows_of_an_adopted_sheet_stand(adopted, row_name):
    row = getattr(adopted, row_name).get()
    table = row._meta.db_table
    for write in (row.save, row.delete, getattr(adopted, row_name).all().delete, type(row).objects.all().delete):
        with pytest.raises(ImmutableError, match=FROZEN):
            write()
    assert refused(f"UPDATE {table} SET position = 2") == MESSAGE
    assert refused(f"DELETE FROM {table}") == MESSAGE


@pytest.mark.parametrize(
    "row", [Phase(position=2, text="x"), Indicator(position=2, text="x"), Participation(position=2, name="x")]
)
def test_no_row_is_added_to_an_adopted_sheet_or_moved_into_it(adopted, row):
    row.sheet = adopted
    with pytest.raises(ImmutableError, match=FROZEN):
        row.save()
    row.sheet = make_draft(adopted.sector, adopted.objective.plan, number=9)
    row.save()
    assert refused(f"UPDATE {row._meta.db_table} SET sheet_id = {adopted.pk} WHERE id = {row.pk}") == MESSAGE
    copy = [f.column for f in row._meta.concrete_fields if f.column not in ("id", "sheet_id")]
    copied = f"INSERT INTO {row._meta.db_table} (sheet_id, {', '.join(copy)}) SELECT {adopted.pk}, {', '.join(copy)}"
    assert refused(f"{copied} FROM {row._meta.db_table} WHERE id = {row.pk}") == MESSAGE


@pytest.mark.parametrize("owner", ["objective", "deliberation", "sector", "manager", "base"])
def test_no_cascade_takes_an_adopted_sheet_away(adopted, owner):
    with pytest.raises((ProtectedError, ImmutableError)):
        getattr(adopted, owner).delete()
    with pytest.raises(ProtectedError):
        adopted.objective.plan.delete()
    assert Sheet.objects.adopted().count() == 2


def test_an_objective_is_never_deleted_even_without_sheets(caluso):
    objective = Objective(plan=make_plan(caluso))
    objective.save()
    with pytest.raises(ImmutableError, match="Un obiettivo non si cancella"):
        objective.delete()
    with pytest.raises(IntegrityError, match="Un obiettivo non si cancella"), transaction.atomic():
        Objective.objects.all().delete()


def test_the_admin_has_no_page_for_what_is_adopted():
    assert {Sheet, Phase, Indicator, Participation, Objective} & set(admin.site._registry) == set()


def test_a_stub_may_receive_its_text(stub):
    stub.title, stub.weight = "Sportello unico", 25
    stub.save()
    Phase(sheet=stub, position=1, text="Avvio").save()
    stub.on_file = True
    stub.save()
    stub.title = "Altro"
    with pytest.raises(ImmutableError, match=FROZEN):
        stub.save()
    assert refused("DELETE FROM objectives_phase WHERE sheet_id = " + str(stub.pk)) == MESSAGE


def test_a_stub_stays_in_its_place(adopted, stub):
    moves = [
        "state = 'BOZZA'",
        "deliberation_id = NULL",
        f"deliberation_id = {adopted.deliberation_id}",
        f"objective_id = {adopted.objective_id} + 1",
        "sector_id = sector_id + 1",
        "number = 2",
    ]
    update = "UPDATE objectives_sheet SET {} WHERE id = " + str(stub.pk)
    assert {move: refused(update.format(move)) for move in moves} == dict.fromkeys(moves, MESSAGE)


def test_a_draft_is_changed_and_deleted_with_its_rows(draft):
    phase = Phase(sheet=draft, position=1, text="Avvio")
    phase.save()
    phase.text = "Altro"
    phase.save()
    draft.title = "Altro"
    draft.save()
    assert draft.delete()[0] == 2


def test_a_draft_of_a_proposal_goes_with_nothing_but_its_own_deed(draft, caluso):
    draft.deliberation = make_proposal(caluso)
    draft.save()
    with pytest.raises(ProtectedError):
        draft.deliberation.delete()


# ---- How things are called -------------------------------------------------------------------------------------------


def test_things_are_called_as_offices_call_them(adopted):
    assert [
        str(thing) for thing in (adopted, adopted.objective.plan, adopted.sector, adopted.manager, adopted.phases.get())
    ] == ["FINANZIARIO n° 1", "Piano della Performance 2022", "FINANZIARIO", "DR. DANILO BERTOLDI", "1. Avvio"]


def test_a_version_says_which_it_is_and_since_when_it_is_in_force(draft, adopted):
    assert (adopted.version_id, len(adopted.version_id)) == (adopted.fingerprint[:12], 12)
    assert (adopted.in_force_from, draft.in_force_from) == (dt.date(2022, 10, 18), None)
