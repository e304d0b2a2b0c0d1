"""What the database itself refuses, whatever program writes to it."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from simple_history.models import HistoricalChanges

from deliberations import guards as acts
from deliberations.choices import ActTextKind
from deliberations.models import ActText
from documents.models import freeze
from objectives import guards as sheets
from objectives.choices import PassageKind
from objectives.models import Acknowledgement, Comment, Correction, Enclosure, Passage, SavedSearch
from organisation.guards import Guard, history_guards, install
from organisation.models import Entity, Notice, Sector
from organisation.roles import Role
from tests.factories import load, make_entity, make_person, make_sector, written_act, written_sheet
from tests.raw_sql import refused

HISTORY = "La storia delle modifiche non si cambia e non si cancella."
HISTORICAL = sorted(
    model._meta.db_table
    for model in apps.get_models()
    if issubclass(model, HistoricalChanges) or hasattr(model, "m2m_history_id")
)


@pytest.fixture
def full_history(db):
    """At least one historical row of every kind that an import or a person makes."""
    caluso = make_entity()
    person = make_person("segretario", caluso, Role.SEGRETARIO)
    person.memberships.get().sectors.add(make_sector(caluso))
    staff = [{"category": "C", "name": "Anna Bianchi", "share": "50"}]
    amended = written_act(
        100,
        "2022-10-18",
        written_sheet(1, "MODIFICATO", staff=staff),
        cites=[(8, "2022-02-07")],
        members=[{"name": "Maria Rosa CENA", "office": "Sindaco", "present": True}],
        opinions=[{"kind": "TECNICA", "outcome": "FAVOREVOLE", "signer": None, "date": None}],
    )
    act = load(amended, caluso).act
    sheet = act.sheets.get()
    Passage(objective=sheet.objective, sheet=sheet, kind=PassageKind.ADOTTATA, by=person).save()
    Acknowledgement(sheet=sheet, rule="R28", message="Dopo il 30 settembre.", by=person).save()
    Correction(sheet=sheet, place="titolo", right="Obiettivo 1", by=person).save()
    comment = Comment(sheet=sheet, note="@segretario, va bene così?", by=person)
    comment.save()
    comment.mentions.add(person)
    file = freeze(entity=caluso, subject="allegato", name="nota.txt", content=b"nota", mime="text/plain")
    Enclosure(sheet=sheet, name="nota.txt", document=file, by=person).save()
    SavedSearch(user=person, entity=caluso, name="In ritardo", query="stato=APPROVATA").save()
    Notice(entity=caluso, to=person, subject="Una scheda attende", body="Da approvare.").save()
    ActText(entity=caluso, kind=ActTextKind.MODIFICA, subject="O", premises="P", dispositions="D").save()


def test_every_historical_table_is_guarded_against_change_and_removal():
    assert sorted((guard.table, guard.event) for guard in history_guards()) == [
        (table, event) for table in HISTORICAL for event in ("DELETE", "UPDATE")
    ]


@pytest.mark.parametrize(
    "table", [table for table in HISTORICAL if not table.startswith(("documents_", "evaluations_"))]
)
def test_history_is_only_added_to(full_history, table):
    key = "m2m_history_id" if table.endswith(("_sectors", "_mentions")) else "history_id"
    assert refused(f'UPDATE "{table}" SET {key} = {key} + 1000') == HISTORY
    assert refused(f'DELETE FROM "{table}"') == HISTORY


def test_history_is_not_changed_through_django_either(full_history):
    with pytest.raises(IntegrityError, match=HISTORY), transaction.atomic():
        Sector.history.all().update(name="ALTRO")
    with pytest.raises(IntegrityError, match=HISTORY), transaction.atomic():
        Sector.history.all().delete()
    with pytest.raises(IntegrityError, match=HISTORY), transaction.atomic():
        Sector.history.first().delete()


def test_a_refusal_leaves_the_transaction_usable_around_it(full_history):
    refused('DELETE FROM "organisation_historicalsector"')
    assert Sector.history.count() == 1


def test_installing_twice_is_as_good_as_once(db):
    for _ in range(2):
        install(connection, history_guards())
    assert refused('DELETE FROM "organisation_historicalentity"') is None  # no row, nothing to refuse
    make_entity()
    assert refused('DELETE FROM "organisation_historicalentity"') == HISTORY


def test_a_guard_of_a_table_that_is_not_there_yet_waits(db):
    install(connection, [Guard("evaluations_round", "DELETE", "1 = 1", "Mai.")])


def test_a_message_may_hold_apostrophes_and_percent_signs(db):
    make_entity()
    install(connection, [Guard("organisation_entity", "DELETE", "1 = 1", "L'ente resta al 100%: non s'elimina.")])
    assert refused("DELETE FROM organisation_entity") == "L'ente resta al 100%: non s'elimina."


@pytest.mark.django_db(transaction=True)
def test_a_table_that_a_migration_rebuilds_is_guarded_again():
    make_entity()
    historical = Entity.history.model
    with connection.schema_editor() as editor:
        if connection.vendor == "sqlite":
            editor._remake_table(historical)
    call_command("migrate", verbosity=0)
    assert refused('DELETE FROM "organisation_historicalentity"') == HISTORY


def test_a_migrate_puts_each_guard_in_place_once(db):
    with CaptureQueriesContext(connection) as run:
        call_command("migrate", verbosity=0)
    made = [query["sql"].split()[2] for query in run if query["sql"].startswith("CREATE TRIGGER")]
    assert len(made) == len(set(made)) > 50


@pytest.mark.parametrize(
    "table", ["objectives_sheet", "objectives_phase", "deliberations_deliberation", "objectives_historicalsheet"]
)
def test_no_table_is_emptied_at_one_stroke(full_history, table):
    """PostgreSQL's TRUNCATE passes by the guards of single rows; on SQLite a DELETE without WHERE meets them."""
    connection.check_constraints()
    whole = f'TRUNCATE "{table}" CASCADE' if connection.vendor == "postgresql" else f'DELETE FROM "{table}"'
    assert refused(whole) in {HISTORY, acts.MESSAGE, sheets.MESSAGE}


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("objectives_sheet", sheets.MESSAGE),
        ("deliberations_deliberation", acts.MESSAGE),
        ("objectives_historicalsheet", HISTORY),
    ],
)
def test_no_row_is_replaced_by_another(full_history, table, sentence):
    """REPLACE takes the old row away without a word of DELETE; PostgreSQL has ON CONFLICT for the same."""
    key = "history_id" if "historical" in table else "id"
    with connection.cursor() as cursor:
        names = [f'"{column.name}"' for column in connection.introspection.get_table_description(cursor, table)]
        cursor.execute(f'SELECT MIN({key}) FROM "{table}"')  # of the sheets: a stub, of an act that is not on file
        first = cursor.fetchone()[0]
    insert = f'INTO "{table}" ({", ".join(names)}) SELECT {", ".join(names)} FROM "{table}" WHERE {key} = {first}'
    changing = f"INSERT {insert} ON CONFLICT ({key}) DO UPDATE SET number = EXCLUDED.number + 1"
    assert refused(f"REPLACE {insert}" if connection.vendor == "sqlite" else changing) == sentence
