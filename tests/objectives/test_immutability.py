"""What an act adopted stands for ever, whatever program, form or statement tries to change it (R05, R08)."""

import uuid

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from deliberations.models import Deliberation, ImmutableError
from objectives.guards import ENTRANCE, GROUND, MESSAGE
from objectives.models import (
    Acknowledgement,
    Correction,
    Indicator,
    Objective,
    Participation,
    Passage,
    Phase,
    Sheet,
)
from organisation.recording import change_recorded, create_recorded
from tests.factories import (
    make_draft,
    make_plan,
    make_proposal,
    make_sector,
)
from tests.raw_sql import refused

NOW = timezone.now()
HISTORY = "La storia delle modifiche non si cambia e non si cancella."
FROZEN = r"^Una scheda adottata non si cambia e non si cancella"
ROWS = ["phases", "indicators", "participations"]


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
    draft.deliberation, draft.state = make_proposal(adopted.sector.entity), "ADOTTATA"
    draft.save()
    mine.title = "Altro"
    with pytest.raises(IntegrityError, match=FROZEN), transaction.atomic():
        mine.save()


def test_no_sheet_enters_a_registered_act(adopted):
    """An act says what it says from the day it is adopted: what it adopts is in it before it is registered."""
    draft = make_draft(adopted.sector, adopted.objective.plan, number=9)
    update = f"UPDATE objectives_sheet SET state = 'ADOTTATA', deliberation_id = {adopted.deliberation_id} WHERE id = "
    assert refused(update + str(draft.pk)) == ENTRANCE
    draft.deliberation, draft.state = adopted.deliberation, "ADOTTATA"
    with pytest.raises(ImmutableError, match=f"^{ENTRANCE}$"):
        draft.save()
    draft.pk = None
    with pytest.raises(ImmutableError, match=f"^{ENTRANCE}$"):
        draft.save()
    with pytest.raises(IntegrityError, match=f"^{ENTRANCE}"), transaction.atomic():
        create_recorded([draft])
    draft.deliberation = Deliberation.objects.get(number=8)  # not on file: a stub of another change may still come
    draft.save()


def test_what_is_adopted_in_bulk_is_frozen_where_it_stands(draft, caluso):
    draft.deliberation, draft.state = make_proposal(caluso), "ADOTTATA"
    change_recorded([draft], "deliberation", "state")
    with pytest.raises(ImmutableError, match=FROZEN):
        draft.save()
    made = Sheet(
        objective=draft.objective, sector=draft.sector, change="INSERITO", state="ADOTTATA", number=2, weight=1
    )
    made.deliberation = draft.deliberation
    with pytest.raises(ImmutableError, match=FROZEN):
        create_recorded([made])[0].save()


def test_the_ground_under_an_adopted_sheet_does_not_move(adopted, esempio):
    objective, plan, sector = adopted.objective, adopted.objective.plan, adopted.sector
    other = make_plan(esempio, 2023)
    moves = {
        "objectives_objective SET plan_id": (other.pk, objective),
        "objectives_objective SET code": ("'" + "0" * 32 + "'", objective),
        "objectives_plan SET entity_id": (esempio.pk, plan),
        "objectives_plan SET year": (2023, plan),
        "organisation_sector SET entity_id": (esempio.pk, sector),
    }
    answers = {move: refused(f"UPDATE {move} = {value} WHERE id = {row.pk}") for move, (value, row) in moves.items()}
    assert answers == dict.fromkeys(moves, GROUND)


def test_moving_the_ground_is_refused_in_italian(adopted, esempio):
    objective, plan, sector = adopted.objective, adopted.objective.plan, adopted.sector
    for field, value in (("plan", make_plan(esempio, 2023)), ("code", uuid.uuid4())):
        moved = Objective.objects.get(pk=objective.pk)
        setattr(moved, field, value)
        with pytest.raises(ImmutableError, match=f"^{GROUND}$"):
            moved.save()
    plan.year = 2024
    sector.entity = esempio
    for moved, sentence in ((plan, GROUND), (sector, "Un settore non passa a un altro ente: crearne uno nuovo.")):
        with pytest.raises(ValidationError) as refusal:
            moved.full_clean()
        assert refusal.value.messages == [sentence]


def test_what_carries_no_adopted_sheet_is_still_corrected(caluso):
    plan = make_plan(caluso, 2023)
    draft = make_draft(make_sector(caluso), plan)
    plan.year = 2024
    plan.full_clean()
    plan.save()
    draft.objective.plan = make_plan(caluso, 2025)
    draft.objective.save()
    assert Objective.objects.get().plan.year == 2025


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


@pytest.fixture
def remarks(adopted, segretario):
    """One of each kind of what is written once beside a sheet."""
    made = [
        Passage(objective=adopted.objective, sheet=adopted, kind="ADOTTATA", by=segretario),
        Acknowledgement(sheet=adopted, rule="R28", message="Dopo il 30 settembre.", by=segretario),
        Correction(sheet=adopted, place="Titolo", right="Obiettivo", note="Refuso.", by=segretario),
    ]
    for remark in made:
        remark.save()
    return made


def test_what_was_noted_on_the_path_is_only_added_to(remarks):
    for remark in remarks:
        table = remark._meta.db_table
        assert refused(f"UPDATE {table} SET note = 'Altro' WHERE id = {remark.pk}") == HISTORY, table
        assert refused(f"DELETE FROM {table} WHERE id = {remark.pk}") == HISTORY, table


def test_nor_does_a_program_of_ours_change_what_was_noted(remarks):
    for remark in remarks:
        remark.note = "Altro"
        for write in (remark.save, remark.delete):
            with pytest.raises(ImmutableError, match=r"^Ciò che è stato annotato resta"):
                write()
        with pytest.raises(IntegrityError, match=HISTORY), transaction.atomic():
            change_recorded([remark], "note")
        with pytest.raises(IntegrityError, match=HISTORY), transaction.atomic():
            type(remark).objects.filter(pk=remark.pk).delete()


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
