"""How a row of each table reaches the entity it belongs to, or why it belongs to none.

Policies (operations.isolation.policies) and the check of what crosses (operations.isolation.crossing) are made from it;
a test fails for a model that is not here.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model
from simple_history.models import HistoricalChanges

from organisation.models import Entity

ITSELF = "id"
OWNERS: dict[str, tuple[str, ...]] = {
    # The field that leads to the entity, or to a row that leads there; of several, whichever is filled in.
    # A historical row leads where its thing did.
    "organisation.Entity": (ITSELF,),
    "organisation.Sector": ("entity",),
    "organisation.Manager": ("sector",),
    "organisation.Membership": ("entity",),
    "organisation.Membership_sectors": ("sector",),
    "organisation.Notice": ("entity",),
    "documents.Document": ("entity",),
    "documents.SignedCopy": ("document",),
    "deliberations.Deliberation": ("entity",),
    "deliberations.Attendance": ("deliberation",),
    "deliberations.Opinion": ("deliberation",),
    "deliberations.Citation": ("deliberation",),
    "deliberations.ActText": ("entity",),
    "objectives.Plan": ("entity",),
    "objectives.Objective": ("plan",),
    "objectives.Sheet": ("objective",),
    "objectives.Phase": ("sheet",),
    "objectives.Indicator": ("sheet",),
    "objectives.Participation": ("sheet",),
    "objectives.Passage": ("objective",),
    "objectives.Acknowledgement": ("sheet", "deliberation"),
    "objectives.Correction": ("sheet",),
    "objectives.Comment": ("sheet",),
    "objectives.Comment_mentions": ("comment",),
    "objectives.Enclosure": ("document",),
    "objectives.SavedSearch": ("entity",),
    "evaluations.ScoreRules": ("plan",),
    "evaluations.Round": ("plan",),
    "evaluations.RoundPassage": ("round",),
    "evaluations.SectorReview": ("round",),
    "evaluations.Result": ("round",),
    "evaluations.PhaseProgress": ("round",),
    "evaluations.StaffShare": ("round",),
    "evaluations.SheetReview": ("round",),
    "evaluations.ScoreOverride": ("round",),
    "evaluations.EvidenceFile": ("round",),
    "evaluations.Aside": ("file",),
    "evaluations.Report": ("plan",),
    "evaluations.ReportText": ("report",),
    "evaluations.Validation": ("plan",),
    "evaluations.PackageFile": ("validation",),
    "evaluations.Remark": ("validation",),
}
OF_NO_ENTITY: dict[str, str] = {
    # A model, or all those of a library.
    "organisation.User": "a person may work in several entities, and the history of each names them",
    "organisation.User_groups": "the person's",
    "organisation.User_user_permissions": "the person's",
    "organisation.SignIn": "the person's: one signs in to the installation",
    "organisation.HistoryEntry": "one chain for the installation (ADR 0034): keys and fingerprints, no text",
    "organisation.HistoryForm": "names of columns",
    "evaluations.Subscription": "the person's: one calendar for all their entities",
    "account": "the person's",
    "admin": "the person's: what they did on the management pages, by the keys of things",
    "auth": "the program's",
    "contenttypes": "the program's",
    "django_tasks_database": "the queue of the installation: keys of things, no text",
    "mfa": "the person's",
    "sessions": "the person's",
}
READ_BY_ALL = ("organisation.Entity", "organisation.Membership")
"""By these it is settled who sees what: names of entities, and who has which role where, are told to any query."""


def installed() -> list[type[Model]]:
    """Return every model with a table of its own, those between two others and the historical ones included."""
    every = apps.get_models(include_auto_created=True)
    return sorted((m for m in every if m._meta.managed and not m._meta.proxy), key=lambda model: model._meta.db_table)


def ways(model: type[Model]) -> tuple[str, ...]:
    """Return the fields of a model that lead towards its entity; none where it belongs to none."""
    if hasattr(model, "m2m_history_id"):
        return ("history",) if ways(step(model, "history").related_model) else ()
    return OWNERS.get(subject_of(model)._meta.label, ())


def owned() -> list[type[Model]]:
    """Return the models whose rows belong to an entity."""
    return [model for model in installed() if ways(model)]


def subject_of(model: type[Model]) -> type[Model]:
    """Return what a historical model is the history of; any other model itself."""
    return model.instance_type if is_history(model) else model  # type: ignore[attr-defined]


def is_history(model: type[Model]) -> bool:
    """Tell whether the rows are those of a history."""
    return issubclass(model, HistoricalChanges)


def history_of(model: type[Model]) -> type[Model] | None:
    """Return the model of the history of these rows, or None."""
    manager = getattr(model, "history", None)
    return None if manager is None else manager.model


def paths(model: type[Model]) -> Iterator[str]:
    """Give the lookups from a row to its entity, as "sheet__objective__plan__entity"."""
    for way in ways(model):
        if way == ITSELF:
            yield way
            continue
        target = step(model, way).related_model
        yield from ([way] if target is Entity else (f"{way}__{rest}" for rest in paths(target)))


def step(model: type[Model], name: str) -> ForeignKey[Any, Any]:
    """Return the foreign key of that name."""
    field = model._meta.get_field(name)
    if not isinstance(field, ForeignKey):
        raise TypeError(f"{model._meta.label}.{name} leads nowhere.")
    return field
