"""What the database itself refuses: triggers, the same on SQLite and PostgreSQL.

They are put in place after every `migrate` (a SQLite table that a migration rebuilds loses its triggers), so they
are always the ones this code states. A refusal arrives in Python as django.db.IntegrityError with the message.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from simple_history.models import HistoricalChanges


@dataclass(frozen=True)
class Guard:
    """Refuse `event` (INSERT, UPDATE, DELETE) on the rows of `table` for which `condition` (SQL on OLD/NEW) holds.

    Two guards of one table and event differ in `purpose`, a word in the trigger's name.
    """

    table: str
    event: str
    condition: str
    message: str
    purpose: str = ""

    @property
    def name(self) -> str:
        """The trigger's name."""
        return "_".join(filter(None, ("guard", self.table, self.event.lower(), self.purpose)))

    @property
    def whole(self) -> str:
        """The name of the trigger that keeps PostgreSQL from emptying the table."""
        return f"guard_{self.table}_truncate"


def append_only(table: str) -> list[Guard]:
    """Return the guards that let rows of `table` be added and never changed or removed."""
    message = "La storia delle modifiche non si cambia e non si cancella."
    return [Guard(table, event, "1 = 1", message) for event in ("UPDATE", "DELETE")]


def historical_models() -> list[type[Model]]:
    """Return the models of every historical table of the installation, in the order of their tables."""
    historical = (m for m in apps.get_models() if issubclass(m, HistoricalChanges) or hasattr(m, "m2m_history_id"))
    return sorted(historical, key=lambda model: model._meta.db_table)


def history_guards() -> list[Guard]:
    """Return the guards of every historical table of the installation."""
    return [guard for model in historical_models() for guard in append_only(model._meta.db_table)]


def install(connection: BaseDatabaseWrapper, guards: Iterable[Guard]) -> None:
    """Put the guards in place, replacing those of the same name."""
    existing = set(connection.introspection.table_names())
    write = {"sqlite": _sqlite, "postgresql": _postgresql}[connection.vendor]
    with connection.cursor() as cursor:
        for guard in guards:
            if guard.table in existing:
                for statement in write(guard):
                    cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper, guards: Iterable[Guard]) -> None:
    """Take the guards away (a test database is emptied between tests; nothing else calls this)."""
    with connection.cursor() as cursor:
        for guard in guards:
            on = f' ON "{guard.table}"' if connection.vendor == "postgresql" else ""
            for name in (guard.name, guard.whole):
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on}')


def _quoted(message: str) -> str:
    return message.replace("'", "''")


def _sqlite(guard: Guard) -> list[str]:
    return [
        f'DROP TRIGGER IF EXISTS "{guard.name}"',
        f'CREATE TRIGGER "{guard.name}" BEFORE {guard.event} ON "{guard.table}" FOR EACH ROW '
        f"WHEN ({guard.condition}) BEGIN SELECT RAISE(ABORT, '{_quoted(guard.message)}'); END",
    ]


def _postgresql(guard: Guard) -> list[str]:
    row = "OLD" if guard.event == "DELETE" else "NEW"
    statements = [
        f'CREATE OR REPLACE FUNCTION "{guard.name}"() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN '
        f"IF ({guard.condition}) THEN RAISE EXCEPTION '{_quoted(guard.message).replace('%', '%%')}' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {row}; END $guard$",
        f'DROP TRIGGER IF EXISTS "{guard.name}" ON "{guard.table}"',
        f'CREATE TRIGGER "{guard.name}" BEFORE {guard.event} ON "{guard.table}" '
        f'FOR EACH ROW EXECUTE FUNCTION "{guard.name}"()',
    ]
    return statements + (_no_truncate(guard) if guard.event == "DELETE" else [])


def _no_truncate(guard: Guard) -> list[str]:
    """PostgreSQL can also empty a whole table, past the guards of its rows."""
    return [
        f'CREATE OR REPLACE FUNCTION "{guard.whole}"() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN '
        f"RAISE EXCEPTION '{_quoted(guard.message).replace('%', '%%')}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END $guard$",
        f'DROP TRIGGER IF EXISTS "{guard.whole}" ON "{guard.table}"',
        f'CREATE TRIGGER "{guard.whole}" BEFORE TRUNCATE ON "{guard.table}" EXECUTE FUNCTION "{guard.whole}"()',
    ]
