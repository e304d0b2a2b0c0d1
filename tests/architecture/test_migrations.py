"""The old version serves while the new one migrates: no migration after the first release takes it anything."""

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from tests.architecture.sources import ROOMS
from tests.architecture.steps import unsafe_steps

FIRST_RELEASE = {"organisation": 3, "documents": 3, "deliberations": 3, "objectives": 5, "evaluations": 2}
"""The last migration of each app with which databases are known to be in use."""
LOADER = MigrationLoader(None)
LATER = sorted(
    key
    for key in LOADER.disk_migrations
    if key[0] in ROOMS and int(key[1].partition("_")[0]) > FIRST_RELEASE.get(key[0], 0)
)


@pytest.mark.parametrize("key", LATER, ids=".".join)
def test_the_old_version_serves_on_beside_it(key):
    migration = LOADER.disk_migrations[key]
    assert list(unsafe_steps(migration, LOADER.project_state(key, at_end=False))) == []


def steps_of(*operations, **marks):
    """What is said of a migration with these steps, after a table of towns."""
    before = ProjectState()
    town = migrations.CreateModel(
        "Town",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("name", models.CharField(max_length=20)),
            ("note", models.TextField(null=True)),
            ("size", models.IntegerField(db_default=0)),
        ],
    )
    town.state_forwards("towns", before)
    migration = type("Migration", (migrations.Migration,), {"operations": list(operations), **marks})("0002", "towns")
    return [told.partition(": ")[2] for told in unsafe_steps(migration, before)]


OLD_GOES_ON = "the old version writes and reads as if it had not been done."
UNSAFE = [
    (
        migrations.AddField("town", "roles", models.JSONField(default=list)),
        "the old version leaves it out of its INSERT, and it has neither NULL nor a default in the database.",
    ),
    (
        migrations.AddField("town", "code", models.CharField(max_length=4, unique=True, db_default="")),
        "the second row of the old version would have the same value.",
    ),
    (migrations.RemoveField("town", "note"), OLD_GOES_ON),
    (migrations.RenameField("town", "note", "remark"), OLD_GOES_ON),
    (migrations.DeleteModel("Town"), OLD_GOES_ON),
    (migrations.RenameModel("Town", "City"), OLD_GOES_ON),
    (migrations.AlterModelTable("Town", "city"), OLD_GOES_ON),
    (migrations.AlterUniqueTogether("town", {("name", "note")}), OLD_GOES_ON),
    (
        migrations.AddConstraint("town", models.CheckConstraint(condition=models.Q(size__gte=0), name="no_less")),
        OLD_GOES_ON,
    ),
    (migrations.AlterField("town", "note", models.TextField()), "the old version may write NULL."),
    (
        migrations.AlterField("town", "name", models.CharField(max_length=20, unique=True)),
        "the old version may write a value twice.",
    ),
    (migrations.AlterField("town", "size", models.IntegerField()), "an older version leaves it out of its INSERT."),
    (
        migrations.AlterField("town", "name", models.CharField(max_length=10)),
        "the old version writes values of the old type.",
    ),
    (migrations.AlterField("town", "name", models.IntegerField()), "the old version writes values of the old type."),
    (
        migrations.RunSQL("SELECT 1", "SELECT 1"),
        "what it does to rows that the old version writes has to be thought over.",
    ),
]
SAFE = [
    migrations.AddField("town", "mayor", models.TextField(null=True)),
    migrations.AddField(
        "town", "roles", models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    ),
    migrations.AddField("town", "twins", models.ManyToManyField("towns.Town")),
    migrations.AddIndex("town", models.Index(fields=["name"], name="towns_by_name")),
    migrations.AlterField("town", "name", models.CharField("nome", max_length=40)),
    migrations.AlterField("town", "size", models.IntegerField(null=True, db_default=0)),
    migrations.CreateModel("Street", [("id", models.BigAutoField(primary_key=True))]),
]


@pytest.mark.parametrize(("step", "told"), UNSAFE, ids=lambda one: type(one).__name__)
def test_what_the_old_version_does_not_survive(step, told):
    assert steps_of(step) == [told]
    assert steps_of(step, contract="Since the last release nothing reads or writes it.") == []
    hidden = migrations.SeparateDatabaseAndState(database_operations=[step])
    assert steps_of(hidden) == [told]


@pytest.mark.parametrize("step", SAFE, ids=lambda one: type(one).__name__)
def test_what_it_survives(step):
    assert steps_of(step) == []


def test_a_step_without_a_way_back_is_told_even_in_a_contract():
    told = ["there is no way back."]
    assert steps_of(migrations.RunSQL("SELECT 1"), contract="Nothing reads it.") == told
