"""Plans, sheets and rows: what they may hold, in Italian and in the database."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from objectives.models import Phase, Plan
from organisation.models import Entity, Manager, Membership, Sector
from organisation.roles import Role
from tests.factories import (
    make_plan,
    make_sector,
)

NOW = timezone.now()


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


@pytest.mark.parametrize("slug", ["gestione", "accesso", "static"])
def test_an_entity_takes_no_address_of_the_program(slug, db):
    assert refusals(Entity(name="X", slug=slug)) == [
        f"«{slug}» è riservato al programma: scegliere un altro nome breve."
    ]


def test_a_colour_is_written_as_pages_write_it(db):
    assert refusals(Entity(name="X", slug="x", colour="blu")) == ["Il colore si scrive come #0066cc."]


# ---- How things are called -------------------------------------------------------------------------------------------


def test_things_are_called_as_offices_call_them(adopted):
    assert [
        str(thing) for thing in (adopted, adopted.objective.plan, adopted.sector, adopted.manager, adopted.phases.get())
    ] == ["FINANZIARIO n° 1", "Piano della Performance 2022", "FINANZIARIO", "DR. DANILO BERTOLDI", "1. Avvio"]


def test_a_version_says_which_it_is_and_since_when_it_is_in_force(draft, adopted):
    assert (adopted.version_id, len(adopted.version_id)) == (adopted.fingerprint[:12], 12)
    assert (adopted.in_force_from, draft.in_force_from) == (dt.date(2022, 10, 18), None)
