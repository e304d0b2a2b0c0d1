"""Every write of a tracked row leaves who, when, why and for which act; what would leave none is refused."""

import datetime as dt

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone
from simple_history.models import HistoricalRecords

from organisation.models import Entity, Membership, Sector, User
from organisation.recording import (
    Tracked,
    UntrackedWriteError,
    change_recorded,
    create_recorded,
    current_act,
    recording,
)
from tests.factories import load, make_entity, make_person, make_sector, written_act, written_sheet

pytestmark = pytest.mark.django_db
TRACKED = [model for model in apps.get_models() if issubclass(model, Tracked)]


def told(row):
    """What a history row tells."""
    return row.history_type, row.history_user, row.history_change_reason, row.history_act


def test_a_row_tells_who_when_why_and_for_which_act(caluso, segretario):
    before = timezone.now()
    with recording(by=segretario, why="Nuova pianta organica", act="GC 5/2022"):
        sector = make_sector(caluso)
    (row,) = sector.history.all()
    assert told(row) == ("+", segretario, "Nuova pianta organica", "GC 5/2022")
    assert before <= row.history_date <= timezone.now()


def test_adding_changing_and_removing_are_all_told(caluso, segretario):
    with recording(by=segretario, why="Prova", act=""):
        sector = make_sector(caluso)
        sector.name = "TRIBUTI"
        sector.save()
        sector.delete()
    rows = Sector.history.order_by("history_id")
    assert [(row.history_type, row.name) for row in rows] == [("+", "FINANZIARIO"), ("~", "TRIBUTI"), ("-", "TRIBUTI")]
    assert {told(row)[1:] for row in rows} == {(segretario, "Prova", "")}


def test_the_installation_itself_acts_without_a_person(caluso):
    with recording(by=None, why="Caricamento iniziale"):
        sector = make_sector(caluso)
    assert told(sector.history.get()) == ("+", None, "Caricamento iniziale", "")


def test_what_is_named_ends_with_the_block_even_after_an_error(segretario):
    with pytest.raises(KeyError), recording(by=segretario, why="Prova", act="GC 5/2022"):
        raise KeyError
    assert current_act() == ""


def test_blocks_nest_and_the_inner_one_counts(caluso, segretario):
    with recording(by=segretario, why="fuori", act="GC 1/2022"):
        with recording(by=None, why="dentro", act="GC 2/2022"):
            inner = make_sector(caluso, "A")
        outer = make_sector(caluso, "B")
    assert told(inner.history.get()) == ("+", None, "dentro", "GC 2/2022")
    assert told(outer.history.get()) == ("+", segretario, "fuori", "GC 1/2022")


def test_outside_a_block_the_person_is_the_one_of_the_request(caluso, segretario, rf):
    request = rf.get("/")
    request.user = segretario
    HistoricalRecords.context.request = request
    try:
        sector = make_sector(caluso)
    finally:
        del HistoricalRecords.context.request
    assert told(sector.history.get()) == ("+", segretario, None, "")


def test_many_rows_at_once_are_told_one_by_one(caluso, segretario):
    with recording(by=segretario, why="Importazione", act="GC 100/2022"):
        sectors = create_recorded([Sector(entity=caluso, name=name, match_key=name) for name in ("A", "B", "C")])
    assert [told(sector.history.get()) for sector in sectors] == [("+", segretario, "Importazione", "GC 100/2022")] * 3


def test_many_rows_cost_as_many_queries_as_one(caluso, django_assert_num_queries):
    with django_assert_num_queries(3):  # the rows, their histories, their entries in the ledger
        create_recorded([Sector(entity=caluso, name=f"S{n}", match_key=f"s{n}") for n in range(20)])


def test_none_at_all_is_no_error():
    assert create_recorded([]) == []
    assert change_recorded([], "active") is None


def test_many_rows_are_changed_at_once_and_each_change_is_told(caluso, segretario):
    rows = create_recorded([Sector(entity=caluso, name=name, match_key=name) for name in ("a", "b")])
    for row in rows:
        row.active = False
    with recording(by=segretario, why="Riordino", act="GC 1/2026"):
        change_recorded(rows, "active")
    assert [sector.active for sector in caluso.sectors.all()] == [False, False]
    told = Sector.history.filter(history_type="~").order_by("id")
    assert [(row.name, row.active, row.history_user, row.history_change_reason, row.history_act) for row in told] == [
        ("a", False, segretario, "Riordino", "GC 1/2026"),
        ("b", False, segretario, "Riordino", "GC 1/2026"),
    ]
    with pytest.raises(UntrackedWriteError):
        caluso.sectors.update(active=True)


@pytest.mark.parametrize("model", [*TRACKED, User], ids=lambda model: model.__name__)
def test_writes_that_would_leave_no_trace_are_refused(model):
    with pytest.raises(UntrackedWriteError, match=rf"^{model.__name__}: update\(\) would leave no history"):
        model.objects.update(pk=1)
    with pytest.raises(UntrackedWriteError, match=r"bulk_create\(\) leaves no history"):
        model.objects.bulk_create([model()])
    with pytest.raises(UntrackedWriteError, match=r"bulk_update\(\) would leave no history"):
        model.objects.bulk_update([], ["pk"])


def test_the_refusal_holds_through_relations_and_filters(caluso):
    make_sector(caluso)
    with pytest.raises(UntrackedWriteError):
        caluso.sectors.filter(active=True).update(active=False)
    with pytest.raises(UntrackedWriteError):
        caluso.sectors.bulk_create([Sector(name="X")])
    assert caluso.sectors.get().active


def test_a_bulk_write_is_not_left_open_after_create_recorded(caluso):
    create_recorded([Sector(entity=caluso, name="A", match_key="a")])
    with pytest.raises(UntrackedWriteError):
        Sector.objects.bulk_create([Sector(entity=caluso, name="B", match_key="b")])


def test_the_sectors_of_a_membership_are_told_too(caluso, segretario):
    membership = Membership.objects.get(user=segretario)
    with recording(by=None, why="Assegnato al settore"):
        membership.sectors.add(make_sector(caluso))
    latest = membership.history.latest("history_id")
    assert [row.sector.name for row in latest.sectors.all()] == ["FINANZIARIO"]
    assert told(latest) == ("~", None, "Assegnato al settore", "")


def test_the_history_of_a_user_keeps_no_password(segretario):
    assert {"password", "last_login"} & {field.name for field in User.history.model._meta.get_fields()} == set()


def test_a_user_is_never_deleted(segretario):
    with pytest.raises(Exception, match="si disattiva, non si cancella"):
        segretario.delete()
    with pytest.raises(Exception, match="si disattiva, non si cancella"):
        User.objects.filter(pk=segretario.pk).delete()
    assert User.objects.get() == segretario


def test_everything_an_import_writes_names_person_reason_and_act(caluso, segretario):
    act = load(written_act(8, "2022-02-07", written_sheet(1), written_sheet(2)), caluso, by=segretario).act
    expected = (segretario, "Importazione dell'atto Giunta Comunale 8/2022", "Giunta Comunale 8/2022")
    tracked = [model for model in TRACKED if model not in (Entity, Membership)]
    rows = [row for model in tracked for row in model.history.all()]
    assert {told(row)[1:] for row in rows} == {expected}
    assert act.history.filter(history_type="+").count() == 1
    assert act.session_on == dt.date(2022, 2, 7)


@pytest.mark.django_db(transaction=True)
def test_a_process_that_dies_between_a_row_and_its_history_leaves_neither():
    def die(execute, sql, *args):
        if sql.startswith('INSERT INTO "organisation_historical'):
            raise SystemExit
        return execute(sql, *args)

    entity = make_entity(name="Prima")
    person = make_person("anna")
    entity.name, person.first_name = "Dopo", "Anna"
    for one in (entity, person):
        with pytest.raises(SystemExit), connection.execute_wrapper(die):
            one.save()
    with pytest.raises(SystemExit), connection.execute_wrapper(die):
        entity.delete()
    assert [str(one) for one in Entity.objects.all()] == ["Prima"]
    assert User.objects.get().first_name == ""
