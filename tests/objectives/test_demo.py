"""The demonstration: the real act and an invented town, side by side and never mixed."""

import datetime as dt
import io
from collections import Counter, defaultdict
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from deliberations import calendar
from deliberations.models import Deliberation
from objectives.choices import Change, Family, Motive
from objectives.models import Indicator, Participation, Phase, Plan, Sheet
from organisation.models import Entity, Manager, Membership, Sector
from organisation.roles import Role


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """What the command tells as it loads the demonstration: once, as each test takes back what it does."""
    out = io.StringIO()
    with override_settings(DEMO=True), django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", stdout=out)
        yield out.getvalue()
        transaction.set_rollback(True)


@pytest.fixture
def demo(told, db):
    """The two entities, loaded."""
    return Entity.objects.get(slug="caluso"), Entity.objects.get(slug="esempio")


def weights_by_sector(sheets) -> dict[str, Decimal]:
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for sheet in sheets:
        totals[sheet.sector.name] += sheet.weight
    return dict(totals)


def in_force(entity: Entity, day: dt.date):
    plan = Plan.objects.get(entity=entity)
    return Sheet.objects.of(plan).in_force(entity.deliberations.in_force_on(day))


def everything() -> dict[str, int]:
    """How many rows of each kind there are, their histories included."""
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def test_only_a_demonstration_gets_demonstration_data(db, settings):
    settings.DEMO = False
    before = everything()
    with pytest.raises(CommandError) as refusal:
        call_command("load_demo")
    assert str(refusal.value) == "I dati dimostrativi si caricano solo in una dimostrazione: avviare con DEMO=1."
    assert everything() == before


def test_a_second_time_changes_nothing(demo, capsys):
    before = everything()
    call_command("load_demo")
    assert everything() == before
    assert capsys.readouterr().out.count("era già in archivio") == 4


def test_the_invented_town_is_marked_and_the_real_one_is_not(demo):
    caluso, invented = demo
    assert (caluso.name, caluso.supra, caluso.is_demo) == ("Comune di Caluso", "Città Metropolitana di Torino", False)
    assert (invented.name, invented.is_demo) == ("Comune di Esempio", True)
    assert (caluso.published, invented.published) == (False, True)
    subjects = Deliberation.objects.filter(entity=invented).values_list("subject", flat=True)
    assert [subject[:18] for subject in subjects] == ["DATI DIMOSTRATIVI "] * 3
    assert {manager.name.split()[-1] for manager in Manager.objects.filter(sector__entity=invented)} == {"ESEMPIO"}
    people = Participation.objects.filter(sheet__objective__plan__entity=invented).values_list("name", flat=True)
    assert {name.split()[-1] for name in people} == {"INVENTATO", "INVENTATA"}


def test_real_and_invented_data_never_mix(demo):
    sheets = Sheet.objects.select_related("objective__plan", "sector", "manager__sector", "deliberation", "base")
    for sheet in sheets:
        entity = sheet.objective.plan.entity_id
        assert sheet.sector.entity_id == entity
        assert sheet.deliberation is None or sheet.deliberation.entity_id == entity
        assert sheet.manager is None or sheet.manager.sector.entity_id == entity
        assert sheet.base is None or sheet.base.objective_id == sheet.objective_id
    of_caluso, invented = ({name for (name,) in Sector.objects.filter(entity=e).values_list("name")} for e in demo)
    assert of_caluso & invented == set()
    assert Deliberation.objects.filter(entity=demo[0], subject__contains="DIMOSTRATIVI").count() == 0


def test_every_demonstration_user_but_one_belongs_to_one_town(demo, told):
    towns = Counter(Membership.objects.values_list("user__username", flat=True))
    assert [name for name, count in towns.items() if count > 1] == ["segretario.due.enti"]
    assert set(Membership.objects.values_list("entity", "role")) == {(e.pk, role) for e in demo for role in Role}
    assert [name for name in towns if name not in told] == []


def test_the_real_act_is_the_whole_real_act(demo):
    act = Deliberation.objects.get(entity=demo[0], number=100, year=2022)
    assert Counter(act.sheets.values_list("change", flat=True)) == {"MODIFICATO": 11, "ELIMINATO": 1, "INSERITO": 1}


def test_on_every_day_the_invented_plan_has_thirty_sheets_weighing_100_a_settore(demo):
    for day in ("2026-02-05", "2026-06-28", "2026-06-29", "2026-09-21", "2026-09-22"):
        sheets = in_force(demo[1], dt.date.fromisoformat(day))
        totals = weights_by_sector(sheets.select_related("sector"))
        assert (day, len(sheets), len(totals), set(totals.values())) == (day, 30, 6, {Decimal(100)})


def test_one_act_approves_and_two_change(demo):
    acts = Deliberation.objects.filter(entity=demo[1]).in_order()
    told = [(act.short, act.in_force_from.isoformat(), act.sheets.count()) for act in acts]
    assert told == [
        ("GC 12/2026", "2026-02-05", 30),
        ("GC 58/2026", "2026-06-29", 7),
        ("GC 97/2026", "2026-09-22", 4),
    ]
    late = [act.short for act in acts if calendar.is_late(act.session_on, act.published_on, demo[1].late_after_days)]
    assert late == ["GC 97/2026"]


def test_a_sheet_changed_by_both_acts_keeps_its_three_versions(demo):
    sheet = in_force(demo[1], dt.date(2026, 12, 1)).get(title="INVENTARIO DEL PATRIMONIO IMMOBILIARE")
    versions = [sheet, sheet.base, sheet.base.base]
    assert [(v.deliberation.short, v.weight) for v in versions] == [
        ("GC 97/2026", 20),
        ("GC 58/2026", 20),
        ("GC 12/2026", 15),
    ]


def test_every_feature_has_something_to_show(demo):
    invented = Sheet.objects.filter(objective__plan__entity=demo[1])
    rows = {"sheet__in": invented}
    assert set(invented.values_list("change", flat=True)) == set(Change.values)
    assert set(invented.exclude(motive="").values_list("motive", flat=True)) == set(Motive.values)
    assert set(Indicator.objects.filter(**rows).values_list("family", flat=True)) == set(Family.values)
    assert set(Counter(Phase.objects.filter(**rows).values_list("sheet", flat=True)).values()) >= {2, 3, 4, 5, 6, 8}
    assert any(month.startswith("2027") for phase in Phase.objects.filter(**rows) for month in phase.months)
    assert Indicator.objects.filter(**rows).exclude(achieved="").count() > 0
    assert invented.filter(multi_year=True).exists()
    assert invented.exclude(printed_reviews=[]).exists()
    assert invented.exclude(dup_link="").exists()
