"""Which steps of a migration the old version of the program survives while it still serves (docs/operations.md).

Allowed are new tables, new columns that may be left out of an INSERT, indexes, and what the database does not notice.
All else is a contract step: it belongs into a migration of its own, one release later, that says so in an attribute
`contract` with the reason why no serving version needs what it takes away.
"""

from collections.abc import Iterable, Iterator

from django.db import connection
from django.db.migrations import Migration, operations
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import Field, ManyToManyField
from django.db.models.fields import NOT_PROVIDED

HARMLESS = (
    operations.CreateModel,
    operations.AddIndex,
    operations.RemoveIndex,
    operations.RenameIndex,
    operations.RemoveConstraint,
    operations.AlterModelOptions,
    operations.AlterModelManagers,
)
CODE = (operations.RunPython, operations.RunSQL)


def unsafe_steps(migration: Migration, before: ProjectState) -> Iterator[str]:
    """Yield a sentence for each step that the old version may not survive, or that there is no way back from."""
    contract = getattr(migration, "contract", "")
    yield from _walk(migration.operations, before, migration.app_label, contract)


def _walk(steps: Iterable[Operation], state: ProjectState, app: str, contract: str) -> Iterator[str]:
    for step in steps:
        after = state.clone()
        step.state_forwards(app, after)
        if not step.reversible:
            yield f"{step.describe()}: there is no way back."
        if isinstance(step, operations.SeparateDatabaseAndState):
            yield from _walk(step.database_operations, state, app, contract)
        elif not contract and (why := _why_not(step, state, after, app)):
            yield f"{step.describe()}: {why}."
        state = after


def _why_not(step: Operation, before: ProjectState, after: ProjectState, app: str) -> str:
    if isinstance(step, HARMLESS):
        return ""
    if isinstance(step, operations.AddField):
        return _added(step.field)
    if isinstance(step, operations.AlterField):
        model = step.model_name_lower
        old = before.apps.get_model(app, model)._meta.get_field(step.name)
        new = after.apps.get_model(app, model)._meta.get_field(step.name)
        return _altered(old, new)
    if isinstance(step, CODE):
        return "what it does to rows that the old version writes has to be thought over"
    return "the old version writes and reads as if it had not been done"


def _added(field: Field) -> str:  # type: ignore[type-arg]
    if isinstance(field, ManyToManyField) or field.generated:
        return ""
    if field.unique and field.db_default is not NOT_PROVIDED:
        return "the second row of the old version would have the same value"
    if field.null or field.db_default is not NOT_PROVIDED:
        return ""
    return "the old version leaves it out of its INSERT, and it has neither NULL nor a default in the database"


def _altered(old: Field, new: Field) -> str:  # type: ignore[type-arg]
    if old.null and not new.null:
        return "the old version may write NULL"
    if new.unique and not old.unique:
        return "the old version may write a value twice"
    if old.db_default is not NOT_PROVIDED and new.db_default is NOT_PROVIDED:
        return "an older version leaves it out of its INSERT"
    if _narrower(old, new):
        return "the old version writes values of the old type"
    return ""


def _narrower(old: Field, new: Field) -> bool:  # type: ignore[type-arg]
    if (old.db_parameters(connection)["type"], old.column) == (new.db_parameters(connection)["type"], new.column):
        return False
    longer = (new.max_length or 0) > (old.max_length or 0) > 0
    return not (longer and old.get_internal_type() == new.get_internal_type() and old.column == new.column)
