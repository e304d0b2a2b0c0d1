"""The drafting form: a whole sheet in one page, bound to what is typed in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from deliberations.calendar import MONTHS
from objectives.choices import SLOTS, Change, Family
from objectives.draft_content import DraftContent
from objectives.forms.draft_fields import FieldsForm, IndicatorForm, PersonForm, PhaseForm, ReasonForm
from objectives.forms.expected_value import explained, stored_as
from objectives.forms.typed import INDICATORS, PHASES, STAFF, RowKind, Typed, TypedRow
from objectives.models import Sheet


@dataclass(frozen=True)
class Part:
    """A field of the form, and what the rules say of it."""

    field: BoundField
    findings: Sequence[Any] = ()


@dataclass(frozen=True)
class Month:
    """A check box of the month chart: "2022-10", "ottobre 2022"."""

    value: str
    label: str
    chosen: bool


@dataclass
class FormRow:
    """A row of the form. `number` is how people call it, `first` and `last` that it can't be moved further."""

    typed: TypedRow
    kind: RowKind
    form: forms.Form
    number: int
    first: bool
    last: bool
    findings: Sequence[Any] = ()

    @property
    def key(self) -> str:
        """The key of the row."""
        return self.typed.key

    @property
    def button(self) -> str:
        """How the ids of its buttons go on."""
        return f"{self.kind.prefix}-{self.key}"

    @property
    def month_names(self) -> tuple[str, ...]:
        """The heads of the month chart."""
        return MONTHS

    @property
    def parts(self) -> dict[str, Part]:
        """Its fields by name."""
        return {name: Part(self.form[name]) for name in self.form.fields}

    @property
    def years(self) -> list[tuple[str, list[Month]]]:
        """The month chart of a phase: a line of twelve months for each year."""
        chosen = set(self.typed.values.get("months", []))
        every = [value for value, _ in self.form.fields["months"].choices]  # type: ignore[attr-defined]
        lines: dict[str, list[Month]] = {}
        for value in every:
            year, month = value.split("-")
            lines.setdefault(year, []).append(Month(value, f"{MONTHS[int(month) - 1]} {year}", value in chosen))
        return list(lines.items())

    @property
    def reading(self) -> str:
        """How the expected value of an indicator is understood; empty for a row where nothing is typed."""
        if not isinstance(self.form, IndicatorForm) or not self.form.is_bound:
            return ""
        self.form.is_valid()
        return explained(self.form.target, self.form.plan_year, by_hand=self.form.by_hand)

    @property
    def corrected(self) -> bool:
        """Whether the reading of an indicator was corrected by hand, or is being corrected."""
        return any(self.typed.text(name) for name in ("kind", "direction", "number", "date", "unit", "year"))


@dataclass(frozen=True)
class Slot:
    """One of the 8 places for phases, empty or not."""

    number: int
    row: FormRow | None

    @property
    def add(self) -> str:
        """The id of the button that puts a phase there."""
        return f"aggiungi-fase-{self.number}"


@dataclass(frozen=True)
class FamilyRows:
    """The indicators of a family."""

    family: str
    label: str
    rows: list[FormRow]


class DraftForm:
    """The whole form. What is typed stays as typed, right or wrong.

    A row in which nothing is typed is no row: it is not stored, and nothing is asked of it. `focus` is the id of the
    field that the person goes on from.
    """

    def __init__(self, sheet: Sheet, typed: Typed, focus: str = "") -> None:
        self.sheet, self.typed, self.focus = sheet, typed, focus
        self.plan_year: int = sheet.objective.plan.year
        self.findings: list[Any] = []
        self.refusals: list[str] = []
        self._data = typed.data()
        self.fields = (ReasonForm if self.reason_only else FieldsForm)(self._data, sheet=sheet)
        self.slots = [self._slot(number) for number in range(1, max(SLOTS, *self._used_slots()) + 1)]
        self.families = [self._family(family) for family in Family]
        self.staff = self._rows(STAFF, typed.staff, PersonForm)

    @property
    def reason_only(self) -> bool:
        """Whether only the reason may be written: the content of an ELIMINATO is the one in force (R05)."""
        return self.sheet.change == Change.ELIMINATO

    def judge(self, findings: Iterable[Any]) -> None:
        """Put what the rules say of the stored draft where it applies."""
        self.findings = list(findings)
        for row in self.rows:
            row.findings = self._said_of(f"{PLACES[row.kind]}:{row.key}")

    @property
    def blank_rows(self) -> list[FormRow]:
        """A row of each kind to copy: "__chiave__" stands for its key."""
        forms_of = ((PHASES, PhaseForm), (INDICATORS, IndicatorForm), (STAFF, PersonForm))
        return [self._row(kind, TypedRow("__chiave__"), form, 0, False, False) for kind, form in forms_of]

    @property
    def rows(self) -> list[FormRow]:
        """Every row, in the order of the page."""
        phases = [slot.row for slot in self.slots if slot.row]
        return [*phases, *(row for family in self.families for row in family.rows), *self.staff]

    @property
    def parts(self) -> dict[str, Part]:
        """The fields of the sheet by name, each with what the rules say of it."""
        return {name: Part(self.fields[name], self._said_of(name)) for name in self.fields.fields}

    def is_valid(self) -> bool:
        """Tell whether everything can be kept as typed."""
        return not self.errors

    @property
    def errors(self) -> list[tuple[str, str, str]]:
        """What can't be kept as typed: the id of the field, how people call it, what is wrong."""
        found = [("bozza", "La scheda", refusal) for refusal in self.refusals] + _errors(self.fields, "")
        for row in self._filled():
            found += _errors(row.form, f"{NAMES[row.kind]} {row.number}, ")
        if len(self.slots) > SLOTS:
            found.append(("fasi", "Fasi", f"Le fasi sono al massimo {SLOTS}: toglierne."))
        return found

    def content(self) -> DraftContent:
        """Return what is to be stored. Raises ValueError for a form that is not valid."""
        if self.errors:
            raise ValueError("What can't be kept as typed is not stored.")
        fields = {name: self.fields.cleaned_data[name] for name in self.fields.fields}
        if self.reason_only:
            return DraftContent(fields=fields)
        rows = self._filled()
        return DraftContent(
            fields=fields,
            phases=[_phase(row) for row in rows if row.kind is PHASES],
            indicators=[_indicator(row) for row in rows if row.kind is INDICATORS],
            participations=[{**row.form.cleaned_data, "key": row.key} for row in rows if row.kind is STAFF],
        )

    def _filled(self) -> list[FormRow]:
        return [row for row in self.rows if row.form.is_bound]

    def _used_slots(self) -> list[int]:
        return [row.slot for row in self.typed.phases] or [0]

    def _slot(self, number: int) -> Slot:
        typed = self.typed.phase_at(number)
        if typed is None:
            return Slot(number, None)
        return Slot(number, self._row(PHASES, typed, PhaseForm, number, number == 1, number >= SLOTS))

    def _family(self, family: Family) -> FamilyRows:
        rows = [row for row in self.typed.indicators if row.text("family") == family]
        return FamilyRows(family, family.label, self._rows(INDICATORS, rows, IndicatorForm))

    def _rows(self, kind: RowKind, rows: list[TypedRow], form: type[forms.Form]) -> list[FormRow]:
        last = len(rows)
        return [self._row(kind, row, form, place, place == 1, place == last) for place, row in enumerate(rows, 1)]

    def _row(
        self, kind: RowKind, typed: TypedRow, form: type[forms.Form], number: int, first: bool, last: bool
    ) -> FormRow:
        told: dict[str, Any] = {} if kind is STAFF else {"plan_year": self.plan_year}
        prefix = f"{kind.prefix}-{typed.key}"
        if typed.is_blank:
            bound = form(prefix=prefix, initial={"family": typed.text("family")}, **told)
        else:
            bound = form(self._data, prefix=prefix, **told)
        for name, field in bound.fields.items():
            if self.focus == f"id_{prefix}-{name}":
                field.widget.attrs["autofocus"] = True
        return FormRow(typed, kind, bound, number, first, last)

    def _said_of(self, place: str) -> list[Any]:
        return [finding for finding in self.findings if finding.place == place]


PLACES = {PHASES: "phase", INDICATORS: "indicator", STAFF: "staff"}
NAMES = {PHASES: "Fase", INDICATORS: "Indice", STAFF: "Persona"}


def _errors(form: forms.Form, before: str) -> list[tuple[str, str, str]]:
    return [
        (form[name].auto_id, f"{before}{form[name].label}", str(message))
        for name, messages in form.errors.items()
        for message in messages
    ]


def _phase(row: FormRow) -> dict[str, Any]:
    typed = row.form.cleaned_data
    return {"key": row.key, "position": row.number, "text": typed["text"], "months": sorted(set(typed["months"]))}


def _indicator(row: FormRow) -> dict[str, Any]:
    form = row.form
    if not isinstance(form, IndicatorForm):
        raise TypeError("An indicator is typed in its own form.")
    kept = {name: form.cleaned_data[name] for name in ("family", "text", "expected", "weight")}
    return {"key": row.key, **kept, **stored_as(form.target)}
