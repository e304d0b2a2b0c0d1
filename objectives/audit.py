"""The full audit of an objective: every save of every version and of its rows, field by field, by whom (system time).

The rows are django-simple-history's, which nobody changes or removes; those of a draft outlive its withdrawal.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import CharField, Field, ForeignKey, OuterRef, Q, QuerySet, Subquery, Value
from django.utils.timezone import localtime

from objectives.choices import State
from objectives.models import Indicator, Objective, Participation, Phase, Sheet
from objectives.permissions import Standing
from objectives.weights import written

PER_PAGE = 100  # history rows; those of one save are shown together
TOGETHER = timedelta(seconds=2)  # between the first and the last row of one save
NOT_SHOWN = {"id", "key", "sheet", "objective", "base", "row_version", "fingerprint", "created_at", "created_by"}
MODELS: dict[str, Any] = {"scheda": Sheet, "fase": Phase, "indicatore": Indicator, "personale": Participation}
NAMED = {Sheet: ("sector", "manager", "deliberation", "substitutes__sector", "submitted_by", "approved_by")}


DEEDS = {"+": "aggiunta", "~": "modificata", "-": "tolta"}


class Difference(NamedTuple):
    """A field with what stood in it and what stands in it now; either may be empty."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """What a save did to the sheet or to one of its rows: `deed` is aggiunta, modificata or tolta."""

    what: str
    deed: str
    differences: list[Difference]
    place: tuple[int, int, int]

    @property
    def is_change(self) -> bool:
        """Whether both what stood there and what stands there now are to be told."""
        return self.deed == DEEDS["~"]


@dataclass(frozen=True)
class Save:
    """One save: when, by whom, why, for which act, and of which version. The sheet comes first, then its rows."""

    at: datetime
    by: Any
    why: str
    act: str
    version: str
    entries: list[Entry] = field(default_factory=list)


def audit_page(objective: Objective, person: Standing, number: str | None) -> tuple[Page[Any], list[Save]]:
    """Return a page of the history rows that the person may see, the latest first, and its saves.

    A constant number of queries. Who may not see drafts sees what was written with an act, of adopted versions alone.
    """
    versions = _versions(objective)
    index = _index(objective, versions, person)
    page = Paginator(index, PER_PAGE).get_page(number)
    wanted = [(kind, key) for _, kind, key in page]
    rows = {kind: _rows(model, [key for one, key in wanted if one == kind]) for kind, model in MODELS.items()}
    return page, list(_saves([(kind, *rows[kind][key]) for kind, key in wanted], versions))


def _versions(objective: Objective) -> dict[int, Sheet]:
    return {sheet.pk: sheet for sheet in Sheet.objects.filter(objective=objective).select_related("deliberation")}


def _index(objective: Objective, versions: dict[int, Sheet], person: Standing) -> Any:
    """When, of which kind, under which key: the history rows that the person may see, of all four tables."""
    ever = Sheet.history.filter(objective=objective).order_by().values_list("id", "sector").distinct()
    seen = {key for key, sector in ever if person.sees_drafts(sector)}
    adopted = {key for key, sheet in versions.items() if sheet.state == State.ADOTTATA}
    parts = []
    for kind, model in MODELS.items():
        sheet = "id" if model is Sheet else "sheet"
        visible = Q(**{f"{sheet}__in": seen}) | Q(**{f"{sheet}__in": adopted - seen}) & ~Q(history_act="")
        rows = model.history.filter(visible).order_by().annotate(table=Value(kind, output_field=CharField()))
        parts.append(rows.values_list("history_date", "table", "history_id"))
    first, *others = parts
    return first.union(*others, all=True).order_by("-history_date", "table", "-history_id")


def _rows(model: Any, keys: Sequence[int]) -> dict[int, tuple[Any, Any]]:
    """The history rows under these keys, each with the one before it of the same thing."""
    before = model.history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id")).order_by("-history_id")
    related = ("history_user", *NAMED.get(model, ()))
    rows: QuerySet[Any] = model.history.filter(history_id__in=keys).select_related(*related)
    found = list(rows.annotate(earlier=Subquery(before.values("history_id")[:1])))
    earlier = model.history.select_related(*related).in_bulk([row.earlier for row in found if row.earlier])
    return {row.history_id: (row, earlier.get(row.earlier)) for row in found}


def _saves(rows: Sequence[tuple[str, Any, Any]], versions: dict[int, Sheet]) -> Iterator[Save]:
    """The rows of one save together: of one version, by one person for one reason, within a moment."""
    save, last = None, None
    for kind, row, earlier in rows:
        sheet = row.id if kind == "scheda" else row.sheet_id
        same = (sheet, row.history_user_id, row.history_change_reason, row.history_act)
        if save is None or last != same or save.at - row.history_date > TOGETHER or _is_another(save, kind, row):
            if save:
                yield _in_order(save)
            save = Save(row.history_date, row.history_user, same[2] or "", same[3], _version_name(versions.get(sheet)))
            last = same
        save.entries.append(_entry(kind, row, earlier))
    if save:
        yield _in_order(save)


def _in_order(save: Save) -> Save:
    save.entries.sort(key=lambda entry: entry.place)
    return save


def _is_another(save: Save, kind: str, row: Any) -> bool:
    """Whether the row is of an earlier save: each one writes the sheet once, but for the one that makes it."""
    return kind == "scheda" and row.history_type != "+" and any(entry.what == "Scheda" for entry in save.entries)


def _version_name(sheet: Sheet | None) -> str:
    if sheet is None:
        return "proposta ritirata"
    if sheet.state == State.ADOTTATA and sheet.deliberation:
        return f"versione della {sheet.deliberation.short}"
    return f"proposta in corso ({sheet.get_state_display()})"


def _entry(kind: str, row: Any, earlier: Any) -> Entry:
    before, after = (row, None) if row.history_type == "-" else (earlier, row)
    place = (list(MODELS).index(kind), 0 if kind == "scheda" else row.position, row.history_id)
    return Entry(_name(kind, row), DEEDS[row.history_type], list(_differences(before, after)), place)


def _name(kind: str, row: Any) -> str:
    if kind == "scheda":
        return "Scheda"
    if kind == "fase":
        return f"Fase {row.position}"
    return f"Indicatore {row.position}" if kind == "indicatore" else f"Personale, riga {row.position}"


def _differences(before: Any, after: Any) -> Iterator[Difference]:
    model = type(before or after).instance_type
    for one in model._meta.concrete_fields:
        if one.name in NOT_SHOWN or not hasattr(before or after, one.attname):
            continue
        was, now = _written(one, before), _written(one, after)
        if was != now:
            yield Difference(str(one.verbose_name).capitalize(), was, now)


def _written(one: "Field[Any, Any]", row: Any) -> str:
    """The value of a field as people read it; nothing for an empty one."""
    value = None if row is None else getattr(row, one.attname)
    if value in (None, "", []):
        return ""
    if isinstance(one, ForeignKey):
        return str(getattr(row, one.name) or f"n. {value}")
    if one.choices:
        return str(getattr(row, f"get_{one.name}_display")())
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "sì" if value else "no"
    if isinstance(value, datetime):
        return localtime(value).strftime("%d/%m/%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return written(value) if isinstance(value, Decimal) else str(value)
