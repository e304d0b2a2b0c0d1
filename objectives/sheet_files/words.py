"""A sheet in the words of a file: what the drafting form holds, with names and labels instead of keys."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from objectives.choices import Family, Motive
from objectives.forms.draft import DraftForm
from objectives.forms.expected_value import CORRECTIONS
from objectives.forms.typed import INDICATORS, PHASES, ROW_KINDS, STAFF, Typed, TypedRow
from organisation.folding import fold

FIELDS = (
    *("number", "weight", "kind", "title", "description", "dup_link", "multi_year", "manager", "motive"),
    "motive_text",
)
"""The fields of the form that a file holds; what is not there (`substitutes`) stays as it is."""

ROW_FIELDS = {
    "fase": ("text", "months"),
    "indice": ("family", "text", "expected", "weight"),
    "persona": ("category", "name", "share"),
}
YES, NO = "sì", "no"
_FAMILIES = list(Family.values)
_MOTIVES = {fold(motive.label): motive.value for motive in Motive}


@dataclass(frozen=True)
class Problem:
    """What in a file can't be taken as it is: where ("cella C12"), what is wrong and what to do."""

    place: str
    message: str


@dataclass
class FileSheet:
    """A sheet as a file says it.

    `version` is the key of the version that it was filled from, 0 for a new objective; the words carry the row version
    of a draft; `sector` is the key of its settore; `digest` names what was written there when the file was made.
    `stray` says why it is none of this plan's; `change` is the word of the act, where the file says it. `places` holds
    the cells of the form's fields, by their ids.
    """

    name: str
    words: Typed
    version: int = 0
    sector: str = ""
    digest: str = ""
    change: str = ""
    stray: str = ""
    places: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def is_untouched(self) -> bool:
        """Whether it says what it said when it was made."""
        return not self.problems and not self.stray and bool(self.digest) and digest(self.words) == self.digest


def in_words(form: DraftForm) -> Typed:
    """Return what a form holds in the words of a file."""
    typed = form.typed
    fields = {name: list(typed.fields.get(name, [""])) for name in FIELDS}
    fields["manager"] = [_label(form, "manager")]
    fields["motive"] = [_label(form, "motive") if typed.fields.get("motive", [""]) != [""] else ""]
    fields["multi_year"] = [YES if typed.fields.get("multi_year") else NO]
    rows = {kind: [_row_in_words(kind.prefix, row) for row in typed.rows(kind)] for kind in ROW_KINDS}
    rows[INDICATORS].sort(key=lambda row: _FAMILIES.index(row.text("family")))  # as the form has them
    return Typed(typed.row_version, fields, rows[PHASES], rows[INDICATORS], rows[STAFF])


def from_words(words: Typed, opened: DraftForm) -> Typed:
    """Return what is typed into a form so that it holds these words; `opened` is the form as it stands.

    A word that is none of the choices stays as it is, for the form to refuse.
    """
    stands = opened.typed
    fields = {**stands.fields, **{name: texts for name, texts in words.fields.items() if name in FIELDS}}
    if "manager" in words.fields:
        fields["manager"] = [_manager(_text(words, "manager"), opened)]
    if "motive" in words.fields:
        fields["motive"] = [_MOTIVES.get(fold(_text(words, "motive")), _text(words, "motive"))]
    if "multi_year" in words.fields:
        fields["multi_year"] = ["on"] if fold(_text(words, "multi_year")) in {"si", "x"} else []
    known = {row.key: row for row in stands.indicators}
    indicators = [_with_corrections(row, known.get(row.key)) for row in words.indicators]
    return replace(stands, fields=fields, phases=words.phases, indicators=indicators, staff=words.staff, opened="")


def digest(words: Typed) -> str:
    """Return what names these words: the same for the same text, however it is spaced."""
    fields = [_plain(_text(words, name)) for name in FIELDS]
    rows = [
        [row.slot, *(_plain(" ".join(row.values.get(name, []))) for name in ROW_FIELDS[kind.prefix])]
        for kind in ROW_KINDS
        for row in words.rows(kind)
        if not row.is_blank
    ]
    return hashlib.sha256(json.dumps([fields, rows]).encode()).hexdigest()[:16]


def _row_in_words(prefix: str, row: TypedRow) -> TypedRow:
    return TypedRow(row.key, {name: list(row.values.get(name, [])) for name in ROW_FIELDS[prefix]}, row.slot)


def _with_corrections(row: TypedRow, known: TypedRow | None) -> TypedRow:
    """Keep what the file does not say, and a reading that a person corrected for as long as its value stands."""
    if known is None:
        return row
    same = all(_plain(row.text(name)) == _plain(known.text(name)) for name in ("family", "expected"))
    stays = ("weight", *(CORRECTIONS if same else ()))  # a Word file knows no weights of indicators
    kept = {name: known.values[name] for name in stays if name in known.values}
    return TypedRow(row.key, {**kept, **row.values}, row.slot)


def _manager(name: str, opened: DraftForm) -> str:
    """The key of a responsabile of the settore by their name; the one who stands there first."""
    if not name.strip():
        return ""
    if fold(name) == fold(_label(opened, "manager")):
        return "".join(opened.typed.fields.get("manager", []))
    known = {fold(label): key for key, label in reversed(choices(opened, "manager"))}
    return known.get(fold(name), f"«{name}»")


def choices(form: DraftForm, name: str) -> list[tuple[str, str]]:
    """Return the choices of a field of the sheet, without the empty one."""
    offered: Any = form.fields.fields[name]
    every: Iterable[tuple[Any, Any]] = offered.choices
    return [(str(key), str(label)) for key, label in every if str(key)]


def _label(form: DraftForm, name: str) -> str:
    chosen = "".join(form.typed.fields.get(name, []))
    labels: Mapping[str, str] = dict(choices(form, name)) if name in form.fields.fields else {}
    return labels.get(chosen, "")


def _text(words: Typed, name: str) -> str:
    return "".join(words.fields.get(name, []))


def _plain(text: str) -> str:
    return " ".join(text.split())
