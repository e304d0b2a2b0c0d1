"""The ledger of the history: what was changed, removed, added or moved behind the program's back is found and told."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from documents.models import freeze
from objectives.models import Sheet
from organisation.fingerprints import fingerprint, form_of, names_of
from organisation.guards import historical_models, history_guards, remove
from organisation.ledger import HistoryEntry, HistoryForm, chain, last, ledger_guards, remember_forms
from organisation.models import Membership, Sector
from organisation.recording import create_recorded, recording
from organisation.roles import Role
from tests.factories import make_entity, make_sector
from tests.raw_sql import refused

ROWS = Sector.history.model
CHANGED = "è stata cambiata: non ha più i valori con cui fu scritta"
REMOVED = "è stata tolta"
INSERTED = "è stata aggiunta senza passare dal programma"
RELINKED = "è stata cambiata o spostata nel registro: il suo anello non chiude la catena"


def sql(statement, *params):
    """What somebody does who has the database and needs no program."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def verify(*words):
    """Run the check. Return what it found, one line each, and its last word."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("verify_history", *words, stdout=out, stderr=err)
    except CommandError as failure:  # exit status 1
        return err.getvalue().splitlines(), str(failure)
    return err.getvalue().splitlines(), out.getvalue().splitlines()[-1]


@pytest.fixture
def sectors(caluso, segretario):
    """Three settori, one of them renamed; all chained, and every trigger out of the way."""
    with recording(by=segretario, why="Riordino"):
        made = create_recorded([Sector(entity=caluso, name=name, match_key=name) for name in ("A", "B", "C")])
        made[0].name = "A1"
        made[0].save()
    chain()
    remove(connection, [*history_guards(), *ledger_guards()])
    return made


def history_of(sector):
    return list(sector.history.order_by("history_id").values_list("history_id", flat=True))


def test_what_the_program_writes_is_whole(sectors):
    assert verify("--files") == ([], "La storia è integra.")


def test_a_changed_row_is_told_with_its_thing_its_moment_and_its_person(sectors):
    version = sectors[0].history.latest("history_id")
    sql("UPDATE organisation_historicalsector SET name = 'X' WHERE history_id = %s", version.history_id)
    [about, now], word = verify()
    assert about.startswith(
        f"La riga {version.history_id} di organisation_historicalsector (oggetto {sectors[0].pk}, scritta il "
    )
    assert about.endswith(f" da Segretario Rossi) {CHANGED}.")
    assert now == (
        f"Settore {sectors[0].pk} di organisation_sector non è come dice l'ultima riga della sua storia "
        "(colonne: name)."
    )
    assert word == "La storia è stata manomessa: 2 segni."


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("history_user_id", "NULL"),
        ("history_date", "'2020-01-01 00:00:00+00:00'"),
        ("history_change_reason", "'Altro'"),
    ],
)
def test_who_when_and_why_are_part_of_the_row(sectors, column, value):
    version = history_of(sectors[1])[0]
    sql(f"UPDATE organisation_historicalsector SET {column} = {value} WHERE history_id = {version}")
    [about], _ = verify()
    assert about.endswith(f" da Segretario Rossi) {CHANGED}.")


def test_a_removed_row_is_told_though_it_is_gone(sectors):
    version = history_of(sectors[0])[0]
    sql("DELETE FROM organisation_historicalsector WHERE history_id = %s", version)
    [about], _ = verify()
    assert about.startswith(f"La riga {version} di organisation_historicalsector (oggetto {sectors[0].pk}, scritta il ")
    assert about.endswith(f" da Segretario Rossi) {REMOVED}.")


def test_a_row_added_past_the_program_is_told(sectors):
    columns = ", ".join(f'"{name}"' for name in names_of(ROWS) if name != "history_id")
    sql(
        f"INSERT INTO organisation_historicalsector (history_id, {columns}) "
        f"SELECT 900, {columns} FROM organisation_historicalsector WHERE history_id = {history_of(sectors[1])[0]}"
    )
    [about], _ = verify()
    assert about.startswith("La riga 900 di organisation_historicalsector")
    assert about.endswith(f"{INSERTED}.")


def test_rows_that_change_places_are_told_both(sectors):
    first, second = history_of(sectors[1])[0], history_of(sectors[2])[0]
    for was, becomes in ((first, 901), (second, first), (901, second)):
        sql("UPDATE organisation_historicalsector SET history_id = %s WHERE history_id = %s", becomes, was)
    found, _ = verify()
    assert [line.split(" (")[0] for line in found] == [
        f"La riga {row} di organisation_historicalsector" for row in (first, second)
    ]


def test_places_in_the_chain_that_change_are_told(sectors):
    entries = HistoryEntry.objects.filter(table=ROWS._meta.db_table).order_by("position")[:2]
    places = [entry.position for entry in entries]
    for entry, place in ((entries[0].pk, 900), (entries[1].pk, places[0]), (entries[0].pk, places[1])):
        sql("UPDATE organisation_historyentry SET position = %s WHERE id = %s", place, entry)
    found, _ = verify()
    assert [line.split(":")[0] for line in found][:2] == [f"Posto {place}" for place in places]
    assert all(line.endswith(f"{RELINKED}.") for line in found)


def test_a_row_forged_together_with_its_entry_breaks_the_chain(sectors):
    version = history_of(sectors[1])[0]
    sql("UPDATE organisation_historicalsector SET name = 'X' WHERE history_id = %s", version)
    sql("UPDATE organisation_sector SET name = 'X' WHERE id = %s", sectors[1].pk)
    row = ROWS.objects.get(history_id=version)
    sql(
        'UPDATE organisation_historyentry SET digest = %s WHERE "table" = %s AND "row" = %s',
        *(fingerprint(row, names_of(ROWS)), ROWS._meta.db_table, version),
    )
    [about], _ = verify()
    assert about.endswith(f"{RELINKED}.")


def test_a_row_removed_together_with_its_entry_leaves_a_gap(sectors):
    version = history_of(sectors[0])[0]
    entry = HistoryEntry.objects.get(table=ROWS._meta.db_table, row=version)
    sql("DELETE FROM organisation_historicalsector WHERE history_id = %s", version)
    sql("DELETE FROM organisation_historyentry WHERE id = %s", entry.pk)
    assert verify()[0] == [f"I posti da {entry.position} a {entry.position} sono stati tolti dal registro."]


def test_a_chain_written_anew_is_found_only_against_the_paper(sectors):
    paper = str(last())
    assert verify("--anchor", paper) == ([], "La storia è integra.")
    sql("UPDATE organisation_historicalsector SET name = 'X' WHERE id = %s", sectors[1].pk)
    sql("UPDATE organisation_sector SET name = 'X' WHERE id = %s", sectors[1].pk)
    entry = HistoryEntry.objects.get(table=ROWS._meta.db_table, thing=sectors[1].pk)
    row = ROWS.objects.get(history_id=entry.row)
    sql("UPDATE organisation_historyentry SET position = NULL, link = '' WHERE position >= %s", entry.position)
    sql("UPDATE organisation_historyentry SET digest = %s WHERE id = %s", fingerprint(row, names_of(ROWS)), entry.pk)
    chain()
    assert verify()[0] == []
    assert verify("--anchor", paper)[0] == [
        f"L'impronta {paper} non è nella catena: la storia fu riscritta o troncata dopo che l'impronta fu presa."
    ]


@pytest.mark.parametrize("nonsense", ["", "x", "7-", "nove-abc", "-"])
def test_what_is_no_anchor_is_in_no_chain(sectors, nonsense):
    [about], _ = verify("--anchor", nonsense)
    assert about.startswith(f"L'impronta {nonsense} non è nella catena")


def test_a_thing_changed_past_the_program_disagrees_with_its_history(sectors):
    sql("UPDATE organisation_sector SET active = %s, name = 'Z' WHERE id = %s", False, sectors[1].pk)
    sql("DELETE FROM organisation_sector WHERE id = %s", sectors[2].pk)
    columns = ", ".join(field.column for field in Sector._meta.concrete_fields if field.name not in ("id", "match_key"))
    sql(
        f"INSERT INTO organisation_sector (id, match_key, {columns}) "
        f"SELECT 900, 'u', {columns} FROM organisation_sector WHERE id = {sectors[0].pk}"
    )
    assert verify()[0] == [
        f"Settore {sectors[1].pk} di organisation_sector non è come dice l'ultima riga della sua storia "
        "(colonne: name, active).",
        f"Settore {sectors[2].pk} di organisation_sector manca, mentre secondo la sua storia c'è.",
        "Settore 900 di organisation_sector c'è, mentre secondo la sua storia manca.",
    ]


def test_a_role_stretched_to_another_settore_is_found(caluso, segretario, sectors):
    membership = Membership.objects.get(user=segretario, role=Role.SEGRETARIO)
    sql(
        "INSERT INTO organisation_membership_sectors (membership_id, sector_id) VALUES (%s, %s)",
        *(membership.pk, sectors[0].pk),
    )
    [about], _ = verify()
    assert about.endswith("l'ultima riga della sua storia (colonne: sectors).")


def test_the_links_of_a_row_are_chained_too(caluso, segretario, sectors):
    Membership.objects.get(user=segretario).sectors.add(sectors[0])
    assert verify()[0] == []
    sql("DELETE FROM organisation_historicalmembership_sectors")
    assert [line.split(" di ")[1].split(" ")[0] for line in verify()[0]] == [
        "organisation_historicalmembership_sectors",
        "organisation_membership",
    ]


def test_a_file_changed_on_disk_is_found_when_files_are_looked_at(caluso):
    document = freeze(entity=caluso, subject="nota", name="nota.txt", content=b"nota", mime="text/plain")
    with open(document.file.path, "wb") as file:
        file.write(b"altro")
    assert verify()[0] == []
    assert verify("--files")[0] == [
        f"Documento {document.pk}: Il file «nota.txt» non è più quello registrato: rivolgersi all'assistenza."
    ]


def test_what_is_not_chained_yet_is_told_as_such(db):
    out = io.StringIO()
    call_command("history_anchor", stdout=out)
    assert out.getvalue() == "Il registro della storia è vuoto: non c'è ancora nessuna impronta.\n"
    make_entity()
    call_command("verify_history", stdout=out)
    assert f"Non ancora incatenate: {HistoryEntry.objects.count()}." in out.getvalue()
    call_command("history_anchor", stdout=out)
    assert out.getvalue().splitlines()[-1] == str(last())
    assert HistoryEntry.objects.filter(position=None).count() == 0


def test_a_history_older_than_the_ledger_is_taken_as_it_was_once(caluso):
    make_sector(caluso)
    remove(connection, ledger_guards())
    sql("DELETE FROM organisation_historyentry")
    found, said = verify()
    assert (found, said.partition(".")[0]) == ([], "Il registro della storia è vuoto, la storia no")
    assert verify("--begin") == ([], "La storia è integra.")
    assert {entry.found for entry in HistoryEntry.objects.all()} == {True}
    assert verify("--begin")[1].startswith("Le righe più vecchie del registro sono già state prese")


def test_rows_older_than_a_column_are_still_verified(sectors):
    names = [name for name in names_of(ROWS) if name != "active"]
    form = form_of(ROWS._meta.db_table, names)
    HistoryForm(name=form, table=ROWS._meta.db_table, columns=names).save()
    version = ROWS.objects.get(history_id=history_of(sectors[1])[0])
    entry = HistoryEntry.objects.get(table=ROWS._meta.db_table, row=version.pk)
    sql(
        "UPDATE organisation_historyentry SET form = %s, digest = %s WHERE id = %s",
        *(form, fingerprint(version, names), entry.pk),
    )
    sql("UPDATE organisation_historyentry SET position = NULL, link = '' WHERE position >= %s", entry.position)
    chain()
    assert verify()[0] == []


def test_the_form_of_every_table_is_kept(db):
    remember_forms(historical_models())
    tables = {model._meta.db_table for model in historical_models()}
    assert tables <= set(HistoryForm.objects.values_list("table", flat=True))


def test_a_save_costs_one_insert_more(caluso, django_assert_num_queries):
    sector = make_sector(caluso)
    with django_assert_num_queries(3):  # the row, its history, its entry
        sector.save()


def test_what_is_rolled_back_leaves_no_entry(caluso):
    count = HistoryEntry.objects.count()
    with transaction.atomic():
        make_sector(caluso)
        transaction.set_rollback(True)
    assert HistoryEntry.objects.count() == count


def test_the_values_are_those_that_are_stored_whatever_type_they_came_in():
    fields = {"weight": [7, Decimal(7), Decimal("7.00"), "7.0"], "created_at": ["2026-11-23T10:00:00+01:00"]}
    rows = Sheet.history.model
    assert len({fingerprint(rows(weight=value), ["weight"]) for value in fields["weight"]}) == 1
    moment = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
    assert fingerprint(rows(created_at=moment), ["created_at"]) == fingerprint(
        rows(created_at=fields["created_at"][0]), ["created_at"]
    )


def test_the_database_keeps_the_ledger(caluso):
    chain()
    entry = HistoryEntry.objects.order_by("pk").first()
    kept = "Il registro della storia non si cambia e non si cancella."
    for column in ("digest", "link"):
        assert refused(f"UPDATE organisation_historyentry SET {column} = 'x' WHERE id = {entry.pk}") == kept
    assert refused("DELETE FROM organisation_historyentry") == kept
    with pytest.raises(IntegrityError), transaction.atomic():
        HistoryEntry(table=entry.table, row=entry.row, form="", digest="", thing=1).save()
