"""Two people on one draft: both texts, field by field and row by row, and the one that comes of the choices."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django import forms

from deliberations.calendar import MONTHS
from objectives.changes.words import Kind, Pieces, compare_words
from objectives.forms.draft import NAMES, DraftForm, FormRow
from objectives.forms.typed import FIELDS, INDICATORS, PHASES, ROW_KINDS, TEXTS, RowKind, Typed, TypedRow, settle

MINE, STORED = "mio", "salvato"
CHOICE = "scelta-"
ORDER = "ordine"
ORDERS = {INDICATORS.listed: "Ordine degli indici", "persone": "Ordine del personale"}
_NUMBERS = {"number", "weight"}


@dataclass(frozen=True)
class Side:
    """One of two texts to choose from: its pieces, and whether each stands only here."""

    value: str
    label: str
    pieces: list[tuple[str, bool]]


@dataclass(frozen=True)
class Difference:
    """A field or a row that two people left different: what each has there; empty for a row that is not there.

    `chosen` is the side that is chosen, or suggested because the other one left this point as it was.
    """

    name: str
    label: str
    mine: str
    stored: str
    chosen: str = ""

    @property
    def choice(self) -> str:
        """The name of the choice in the page."""
        return f"{CHOICE}{self.name}"

    @property
    def marked(self) -> list[Side]:
        """Both texts, what only one of them has marked."""
        pieces = compare_words(self.stored, self.mine) if self.mine and self.stored else ()
        return [
            Side(MINE, "Tieni il mio", self._pieces(pieces, self.mine, Kind.ADDED)),
            Side(STORED, "Tieni quello salvato", self._pieces(pieces, self.stored, Kind.REMOVED)),
        ]

    def _pieces(self, pieces: Pieces, text: str, own: Kind) -> list[tuple[str, bool]]:
        if not pieces:
            return [(text, False)] if text else []
        return [(piece.text, piece.kind == own) for piece in pieces if piece.kind in (Kind.KEPT, own)]


def differences(mine: DraftForm, stored: DraftForm) -> list[Difference]:
    """Return where the two texts differ, in the order of the page."""
    found = [
        Difference(name, str(mine.fields.fields[name].label), _shown(mine, name), _shown(stored, name))
        for name in FIELDS
        if name in mine.fields.fields and _plain(mine.typed.fields, name) != _plain(stored.typed.fields, name)
    ]
    for kind in () if mine.reason_only else ROW_KINDS:
        found += _row_differences(mine, stored, kind)
    suggested = _suggested(mine.typed, stored.typed)
    return [replace(one, chosen=suggested.get(one.name, "")) for one in found]


def state_of(typed: Typed) -> str:
    """Return what stands in a form, each field and row by a digest, for a page to keep until it is saved."""
    return json.dumps(_digests(typed), separators=(",", ":"))


def _digests(typed: Typed) -> dict[str, str]:
    values: dict[str, object] = {name: _plain(typed.fields, name) for name in FIELDS}
    for kind in ROW_KINDS:
        rows = (row for row in typed.rows(kind) if not row.is_blank)
        values |= {f"{kind.prefix}:{row.key}": _compared(row, kind) for row in rows}
    return {name: hashlib.sha256(repr(value).encode()).hexdigest()[:10] for name, value in values.items()}


def _suggested(mine: Typed, stored: Typed) -> dict[str, str]:
    """Where only one of the two changed what stood there when the first form was opened: that one's text."""
    try:
        before = json.loads(mine.opened)
    except (ValueError, RecursionError):  # what a page sends may be anything
        return {}
    if not isinstance(before, dict):
        return {}
    here, there = _digests(mine), _digests(stored)
    names = here.keys() | there.keys()
    by_me = {name for name in names if here.get(name) != before.get(name)}
    by_other = {name for name in names if there.get(name) != before.get(name)}
    return dict.fromkeys(by_me - by_other, MINE) | dict.fromkeys(by_other - by_me, STORED)


def merged(mine: Typed, stored: Typed, choices: Mapping[str, str]) -> Typed:
    """Return the text that takes from `stored` what was chosen there, and the rest from `mine`.

    `choices` holds "mio" or "salvato" by the name of a difference.
    """
    result = Typed(row_version=stored.row_version)
    for name in FIELDS:
        source = stored if choices.get(name) == STORED else mine
        if name in source.fields:
            result.fields[name] = source.fields[name]
    for kind in ROW_KINDS:
        result.rows(kind).extend(_merged_rows(mine, stored, kind, choices))
    settle(result)
    return result


def _merged_rows(mine: Typed, stored: Typed, kind: RowKind, choices: Mapping[str, str]) -> list[TypedRow]:
    sides = {MINE: {row.key: row for row in mine.rows(kind)}, STORED: {row.key: row for row in stored.rows(kind)}}
    first = STORED if choices.get(f"{ORDER}:{kind.listed}") == STORED else MINE
    keys = [*sides[first], *sides[MINE], *sides[STORED]]
    chosen = {key: sides[choices.get(f"{kind.prefix}:{key}", MINE)].get(key) for key in keys}
    return [row for row in chosen.values() if row is not None]


def _row_differences(mine: DraftForm, stored: DraftForm, kind: RowKind) -> list[Difference]:
    of_mine = {row.key: row for row in mine.rows if row.kind is kind and not row.typed.is_blank}
    of_stored = {row.key: row for row in stored.rows if row.kind is kind}
    found = []
    for key in dict.fromkeys([*of_stored, *of_mine]):
        one, other = of_mine.get(key), of_stored.get(key)
        if one and other and _compared(one.typed, kind) == _compared(other.typed, kind):
            continue
        row = one or other
        if row is not None:
            found.append(Difference(f"{kind.prefix}:{key}", f"{NAMES[kind]} {row.number}", _lines(one), _lines(other)))
    orders = [[key for key in side if key in of_mine and key in of_stored] for side in (of_mine, of_stored)]
    if kind is not PHASES and orders[0] != orders[1]:
        names = [
            "\n".join(f"{place}. {_begins(side[key])}" for place, key in enumerate(order, 1))
            for order, side in zip(orders, (of_mine, of_stored), strict=True)
        ]
        found.append(Difference(f"{ORDER}:{kind.listed}", ORDERS[kind.listed], *names))
    return found


def _compared(row: TypedRow, kind: RowKind) -> tuple[object, ...]:
    return (row.slot, *(_plain(row.values, name) for name in kind.fields))


def _plain(texts: TEXTS, name: str) -> object:
    """What is typed, without what is no difference to the archive: white space, a comma or a point, the order of
    months."""
    if name == "months":
        return sorted(set(texts.get(name, [])))
    text = " ".join(unicodedata.normalize("NFC", "".join(texts.get(name, []))).split())
    if name not in _NUMBERS:
        return text
    try:
        return str(Decimal(text.replace(",", ".")).normalize())
    except ArithmeticError:  # no number, or one too large to be written out
        return text


def _shown(form: DraftForm, name: str) -> str:
    field, text = form.fields.fields[name], "".join(form.typed.fields.get(name, []))
    if isinstance(field, forms.BooleanField):
        return "sì" if text else "no"
    return _label(field, text)


def _label(field: forms.Field, text: str) -> str:
    """The words of a choice, or the text as typed."""
    choices = getattr(field, "choices", ())
    return next((str(label) for value, label in choices if str(value) == text), text)


def _begins(row: FormRow) -> str:
    return row.typed.text("name") or row.typed.text("text")


def _lines(row: FormRow | None) -> str:
    """A row as people read it, line by line."""
    if row is None:
        return ""
    lines = [_begins(row)]
    if row.kind is PHASES:
        months = ", ".join(_month(month) for month in sorted(row.typed.values.get("months", [])))
        return "\n".join([*lines, f"Casella: {row.number}", f"Mesi: {months or 'nessuno'}"])
    for name, field in row.form.fields.items():
        text = row.typed.text(name)
        if text and name not in {"name", "text", "family"}:
            lines.append(f"{field.label}: {_label(field, text)}")
    return "\n".join(lines)


def _month(value: str) -> str:
    year, _, month = value.partition("-")
    known = month.isdecimal() and 1 <= int(month) <= len(MONTHS)
    return f"{MONTHS[int(month) - 1]} {year}" if known else value
