"""What is in force on a day, against django-simple-history's as_of() on the same data, and as the history grows."""

import datetime as dt
import itertools
from collections.abc import Callable

from django.db import connections
from django.db.models import Model, QuerySet
from django.utils import timezone

from benchmarks.measuring import Figure, Line, medians, milliseconds
from deliberations.models import Deliberation
from objectives.models import Objective, Plan, Sheet
from organisation.models import Entity, Sector

SHEETS, PLANS, VERSIONS = 50, 10, 10  # sheets of a plan, plans of an entity, versions of a sheet: one per act
SMALL, LARGE = 10_000, 100_000  # objectives
TIMES = 200


def measure() -> list[Line]:
    """Fill both databases and measure."""
    fill("history", SMALL)
    fill("large", LARGE)
    copy_into_history("history")
    ours, as_of, large = medians(TIMES, ours_on("history"), as_of_on("history"), ours_on("large"), warm_up=5)
    return [
        Figure(
            "in_force on a day, one plan of 50; 10,000 objectives × 10 versions",
            milliseconds(ours), f"as_of() {milliseconds(as_of)}", as_of / ours, "× as fast", 2.5, at_most=False,
        ),
        Figure(
            "in_force on a day, 100,000 objectives × 10 versions",
            milliseconds(large), f"10,000 × 10 {milliseconds(ours)}", large / ours, limit=1.5,
        ),
    ]  # fmt: skip


def ours_on(alias: str) -> Callable[[], list[Sheet]]:
    """Read what is in force in the middle of a plan's acts, each time of another plan."""
    plans = plans_of(alias)

    def read() -> list[Sheet]:
        plan = next(plans)
        acts = plan.entity.deliberations.in_force_on(middle(plan))
        return whole(list(Sheet.objects.using(alias).of(plan).in_force(acts)))

    return read


def as_of_on(alias: str) -> Callable[[], list[Sheet]]:
    """Read the same with simple-history."""
    plans = plans_of(alias)

    def read() -> list[Sheet]:
        plan = next(plans)
        moment = dt.datetime.combine(middle(plan), dt.time(12), timezone.get_default_timezone())
        return whole(list(Sheet.history.db_manager(alias).as_of(moment).filter(objective__plan=plan)))

    return read


def plans_of(alias: str) -> "itertools.cycle[Plan]":
    """About a hundred plans from all over the database, so that what is asked for is not always at hand."""
    found = Plan.objects.using(alias).select_related("entity").order_by("pk")
    return itertools.cycle(list(found)[:: found.count() // 100])


def middle(plan: Plan) -> dt.date:
    """The day on which the sixth of the plan's ten versions is in force."""
    return dt.date(plan.year, 3, 15)


def whole(sheets: list[Sheet]) -> list[Sheet]:
    """Make sure that the right thing is measured. Raises AssertionError."""
    if (len(sheets), {sheet.position for sheet in sheets}) != (SHEETS, {6}):
        raise AssertionError(f"{len(sheets)} sheets, not the {SHEETS} of the sixth act")
    return sheets


def fill(alias: str, objectives: int) -> None:
    """Make one row of each kind with Django, and multiply it in the database."""
    plans = objectives // SHEETS
    year = f"2015 + {above('n', VERSIONS)} % {PLANS}"
    day = dated(alias, f"({year}) || '-03-' || (10 + (n - 1) % {VERSIONS})")
    multiply(alias, Entity(name="Misura", slug="misura"), plans // PLANS, slug="'misura-' || n")
    multiply(alias, Sector(entity_id=1, name="S", match_key="s"), plans // PLANS, entity_id="n")
    multiply(
        alias,
        Plan(entity_id=1, year=2015),
        plans,
        entity_id=f"{above('n', PLANS)} + 1",
        year=f"2015 + (n - 1) % {PLANS}",
    )
    multiply(
        alias, Deliberation(number=1, year=2015, entity_id=1, **ACT), plans * VERSIONS,
        entity_id=f"{above('n', PLANS * VERSIONS)} + 1", number="n", year=year, session_on=day, in_force_from=day,
    )  # fmt: skip
    multiply(alias, Objective(plan_id=1), objectives, plan_id=f"{above('n', SHEETS)} + 1", code=code(alias))
    multiply(
        alias, Sheet(objective_id=1, sector_id=1, deliberation_id=1, **SHEET), objectives * VERSIONS,
        objective_id=f"{above('n', VERSIONS)} + 1",
        sector_id=f"{above('n', VERSIONS * SHEETS * PLANS)} + 1",
        deliberation_id=f"{above('n', VERSIONS * SHEETS)} * {VERSIONS} + (n - 1) % {VERSIONS} + 1",
        number=f"{above('n', VERSIONS)} % {SHEETS} + 1",
        position=f"(n - 1) % {VERSIONS} + 1",
        base_id=f"CASE WHEN n % {VERSIONS} = 1 THEN NULL ELSE n - 1 END",
        change=f"CASE WHEN n % {VERSIONS} = 1 THEN 'INSERITO' ELSE 'MODIFICATO' END",
    )  # fmt: skip
    QuerySet(Deliberation, using=alias).update(registered_at=timezone.now())  # no sheet enters a registered act
    if connections[alias].vendor == "postgresql":  # its autovacuum would do this soon
        with connections[alias].cursor() as cursor:
            cursor.execute("ANALYZE")


ACT = {"subject": "Modifica", "session_on": dt.date(2015, 3, 10), "in_force_from": dt.date(2015, 3, 10)}
SHEET = {
    "state": "ADOTTATA", "change": "INSERITO", "number": 1, "weight": 20, "title": "OBIETTIVO DI MISURA",
    "description": "L'obiettivo prevede una descrizione lunga come quelle vere. " * 5,
}  # fmt: skip


def above(number: str, each: int) -> str:
    """The number, from 0, of the row above it when every row has `each` rows below it."""
    return f"(({number} - 1) / {each})"


def dated(alias: str, text: str) -> str:
    """A text as this database keeps a day."""
    return f"CAST({text} AS date)" if connections[alias].vendor == "postgresql" else text


def code(alias: str) -> str:
    """A new UUID as this database keeps it."""
    return "gen_random_uuid()" if connections[alias].vendor == "postgresql" else "lower(hex(randomblob(16)))"


def multiply(alias: str, first: Model, count: int, **columns: str) -> None:
    """Insert `first` as row 1, and rows 2 to `count` like it but for `columns`: SQL expressions of the number n."""
    first.pk = 1
    QuerySet(type(first), using=alias).bulk_create([first])  # plain Django: history and guards are not measured
    table, names = first._meta.db_table, [field.column for field in first._meta.concrete_fields]
    values = {"id": "n", **columns}
    selected = ", ".join(values.get(name, f'one."{name}"') for name in names)
    listed = ", ".join(f'"{name}"' for name in names)
    with connections[alias].cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE numbers(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count}) "  # noqa: S608 - our own names
            f'INSERT INTO "{table}" ({listed}) SELECT {selected} FROM "{table}" one, numbers WHERE one.id = 1'
        )


def copy_into_history(alias: str) -> None:
    """Tell the same to simple-history: every objective is one row, changed by every act on the day it took effect."""
    model = Sheet.history.model
    own = {
        "id": "s.objective_id", "history_id": "s.id", "history_date": "d.in_force_from", "history_user_id": "NULL",
        "history_type": "CASE WHEN s.base_id IS NULL THEN '+' ELSE '~' END",
        "history_act": "''", "history_change_reason": "NULL",
    }  # fmt: skip
    if connections[alias].vendor == "sqlite":
        own["history_date"] += " || ' 00:00:00'"
    names = [field.column for field in model._meta.concrete_fields]
    selected = ", ".join(own.get(name, f's."{name}"') for name in names)
    listed = ", ".join(f'"{name}"' for name in names)
    with connections[alias].cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{model._meta.db_table}" ({listed}) SELECT {selected} '  # noqa: S608 - our own names
            f'FROM "{Sheet._meta.db_table}" s JOIN "{Deliberation._meta.db_table}" d ON d.id = s.deliberation_id'
        )
