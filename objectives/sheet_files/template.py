"""The workbook in which an office fills in the sheets of its settore: one worksheet each, laid out like the form."""

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from objectives.choices import SLOTS, Family
from objectives.forms.draft import DraftForm
from objectives.forms.typed import Typed, TypedRow
from objectives.sheet_files import layout
from objectives.sheet_files.words import FIELDS, choices, digest

LISTS = "Elenchi"
GUIDE = "Istruzioni"
INPUT, SHORT, MONTH, LABEL, HEAD = "Casella", "Casella breve", "Mese", "Voce", "Testata"
_GREEN = PatternFill("solid", bgColor="9FD3B4")  # of a rule, programs paint the background
_SIDE = Side(style="thin", color="B0B8C0")
_LINE = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_WRAPPED, _CENTRED = Alignment(vertical="top", wrap_text=True), Alignment(horizontal="center", vertical="top")
_WIDTHS = {layout.LABEL: 26, layout.TEXT: 74}
_MONTH_WIDTH = 5.5
_SHORT = {"expected", "category", "name", "share"}
_FORMULA = ("=", "+", "-", "@")


class Template:
    """The workbook while it is written."""

    def __init__(self, *, entity: str, year: int, sector: int, title: str, lists: dict[str, list[str]]) -> None:
        self._book = Workbook()
        self._book.properties.title, self._book.properties.creator = title, "Caluso Perf"
        self._book.properties.language = "it-IT"
        self._made_for, self._year, self._title = (entity, str(year), str(sector)), year, title
        self._months = layout.month_columns(year)
        self._book.remove(self._book.worksheets[0])
        for style in _styles():
            self._book.add_named_style(style)
        self._guide: Any = self._book.create_sheet(GUIDE)
        self._lists: Any = self._book.create_sheet(LISTS)
        self._lists.sheet_state = "hidden"
        for column, words in enumerate(lists.values(), start=1):
            for row, text in enumerate(words or [""], start=1):
                _put_text(self._lists.cell(row, column), text)
        self._ranges = {
            name: f"{LISTS}!${letter}$1:${letter}${max(1, len(words))}"
            for letter, (name, words) in zip("AB", lists.items(), strict=True)
        }

    def guide(self, lines: Sequence[str]) -> None:
        """Write the first worksheet: how it is done."""
        self._guide.column_dimensions["A"].width = 110
        for row, line in enumerate(lines, start=1):
            cell = self._guide.cell(row, 1)
            _put_text(cell, line)
            cell.alignment = _WRAPPED
            cell.font = Font(bold=True, size=14) if row == 1 else Font(size=11)

    def add(self, name: str, status: str, words: Typed, version: int) -> None:
        """Add the worksheet of a sheet; `version` is 0 for a new one."""
        sheet: Any = self._book.create_sheet(name)
        origin = layout.Origin(*self._made_for, version, words.row_version, digest(words))
        _put_text(sheet.cell(1, layout.CODES), origin.code)
        writer = _Writer(sheet, self._months, self._ranges)
        writer.head(f"{self._title} – {name}", status)
        writer.fields(words)
        writer.phases(words.phases)
        for family in Family:
            writer.indicators(family, [row for row in words.indicators if row.text("family") == family])
        writer.people(words.staff)
        writer.finish()

    def content(self) -> bytes:
        """Return the file."""
        out = io.BytesIO()
        self._book.save(out)
        return out.getvalue()


def _styles() -> list[NamedStyle]:
    """The looks of cells: those to write in are not locked, and short ones keep what is typed as it is typed.

    Long texts are not of the kind "text": older programs show none of more than 255 characters so.
    """
    opened: dict[str, Any] = {"border": _LINE, "protection": Protection(locked=False)}
    said: dict[str, Any] = {"border": _LINE, "alignment": _WRAPPED}
    return [
        NamedStyle(INPUT, alignment=_WRAPPED, **opened),
        NamedStyle(SHORT, alignment=_WRAPPED, number_format="@", **opened),
        NamedStyle(MONTH, alignment=_CENTRED, **opened),
        NamedStyle(LABEL, font=Font(bold=True), fill=PatternFill("solid", fgColor="E8EDF2"), **said),
        NamedStyle(HEAD, font=Font(bold=True, color="FFFFFF"), fill=PatternFill("solid", fgColor="17324D"), **said),
    ]


class _Writer:
    """Writes one worksheet, row by row."""

    def __init__(self, sheet: Any, months: dict[int, str], lists: dict[str, str]) -> None:
        self._sheet, self._months, self._lists, self._row = sheet, months, lists, 1
        self._rules: dict[str, DataValidation] = {}
        sheet.column_dimensions[get_column_letter(layout.CODES)].hidden = True
        for column, width in _WIDTHS.items():
            sheet.column_dimensions[get_column_letter(column)].width = width
        for column in months:
            sheet.column_dimensions[get_column_letter(column)].width = _MONTH_WIDTH

    def head(self, title: str, status: str) -> None:
        _put_text(self._sheet.cell(1, layout.LABEL), title)
        self._sheet.cell(1, layout.LABEL).font = Font(bold=True, size=14)
        _put_text(self._sheet.cell(2, layout.LABEL), status)
        self._sheet.cell(2, layout.LABEL).font = Font(color="4D5B69")
        self._row = 3

    def fields(self, words: Typed) -> None:
        for name in FIELDS:
            self._next(f"campo:{name}", layout.LABELS[name])
            text = "".join(words.fields[name])
            self._input(layout.TEXT, text, name, number=name in {"number", "weight"})

    def phases(self, rows: Sequence[TypedRow]) -> None:
        heads = {column: layout.month_name(month) for column, month in self._months.items()}
        self._part("fasi", "Fase", {layout.TEXT: "Descrizione delle fasi di attuazione", **heads})
        by_slot = {row.slot: row for row in rows}
        first = self._row
        for slot in range(1, SLOTS + 1):
            row = by_slot.get(slot)
            self._next(f"fase:{slot}:{row.key if row else ''}", str(slot))
            self._input(layout.TEXT, row.text("text") if row else "", "phase")
            chosen = row.values.get("months", []) if row else []
            for column, month in self._months.items():
                self._write(self._row - 1, column, layout.MONTH_SIGN if month in chosen else "", MONTH)
        last = get_column_letter(max(self._months))
        chart = f"{get_column_letter(layout.FIRST_MONTH)}{first}:{last}{self._row - 1}"
        self._rule("month").add(chart)
        rule = CellIsRule(operator="equal", formula=[f'"{layout.MONTH_SIGN}"'], fill=_GREEN)
        self._sheet.conditional_formatting.add(chart, rule)

    def indicators(self, family: Family, rows: Sequence[TypedRow]) -> None:
        heads = {layout.TEXT: "Indice di risultato", layout.EXPECTED[0]: "ATTESO", layout.WEIGHT[0]: "Peso"}
        self._part(f"indici-{family}", f"Indici di {family.label}", heads, layout.EXPECTED, layout.WEIGHT)
        for row in [*rows, *(TypedRow("") for _ in range(layout.EMPTY_INDICATORS))]:
            self._next(f"indice:{family}:{row.key}", "")
            self._input(layout.TEXT, row.text("text"), "indicator")
            self._input(layout.EXPECTED, row.text("expected"), "expected")
            self._input(layout.WEIGHT, row.text("weight"), "indicator_weight", number=True)

    def people(self, rows: Sequence[TypedRow]) -> None:
        heads = {layout.TEXT: "Personale coinvolto: cognome e nome", layout.SHARE[0]: "% partecipazione"}
        self._part("persone", "Cat.", heads, layout.SHARE)
        for row in [*rows, *(TypedRow("") for _ in range(layout.EMPTY_PEOPLE))]:
            self._next(f"persona::{row.key}", "")
            self._input(layout.LABEL, row.text("category"), "category")
            self._input(layout.TEXT, row.text("name"), "name")
            self._input(layout.SHARE, row.text("share"), "share")

    def finish(self) -> None:
        """Mark the end, put the lists and notes in place, and keep labels from being overwritten by mistake."""
        _put_text(self._sheet.cell(self._row, layout.CODES), layout.END)
        for rule in self._rules.values():
            self._sheet.add_data_validation(rule)
        self._sheet.freeze_panes = self._sheet.cell(3, layout.TEXT)
        protection = self._sheet.protection  # without a password: against slips only
        protection.sheet, protection.formatRows, protection.formatColumns = True, False, False
        protection.insertRows, protection.formatCells = False, False
        self._sheet.page_setup.orientation, self._sheet.page_setup.paperSize = "landscape", self._sheet.PAPERSIZE_A3
        self._sheet.page_setup.fitToWidth, self._sheet.page_setup.fitToHeight = 1, 0
        self._sheet.sheet_properties.pageSetUpPr.fitToPage = True

    def _next(self, code: str, label: str) -> None:
        """Begin a row."""
        _put_text(self._sheet.cell(self._row, layout.CODES), code)
        if label:
            cell = self._sheet.cell(self._row, layout.LABEL)
            _put_text(cell, label)
            cell.style = LABEL
        self._row += 1

    def _part(self, code: str, label: str, heads: dict[int, str], *wide: tuple[int, int]) -> None:
        """The head of a part of the form."""
        _put_text(self._sheet.cell(self._row, layout.CODES), f"titolo:{code}")
        for column, text in {layout.LABEL: label, **heads}.items():
            cell = self._sheet.cell(self._row, column)
            _put_text(cell, text)
            cell.style = HEAD
        for first, last in wide:
            self._merge(self._row, first, last)
        self._row += 1

    def _input(self, columns: int | tuple[int, int], text: str, name: str, *, number: bool = False) -> None:
        """A cell to write in, in the row that was begun, with its list or its note."""
        first, last = columns if isinstance(columns, tuple) else (columns, columns)
        row = self._row - 1
        for column in range(first + 1, last + 1):
            self._write(row, column, "", INPUT)
        cell = self._write(row, first, "" if number else text, SHORT if name in _SHORT else INPUT)
        if number:
            _put_number(cell, text)
        if last > first:
            self._merge(row, first, last)
        self._rule(name).add(cell.coordinate)

    def _merge(self, row: int, first: int, last: int) -> None:
        """Make one cell of several; their borders are drawn already (merge_cells would draw each anew, slowly)."""
        self._sheet.merged_cells.add(f"{get_column_letter(first)}{row}:{get_column_letter(last)}{row}")

    def _write(self, row: int, column: int, text: str, style: str) -> Any:
        """A cell to write in: text stays text."""
        cell = self._sheet.cell(row, column)
        cell.style = style
        _put_text(cell, text)
        return cell

    def _rule(self, name: str) -> DataValidation:
        """The list, the limits and the note of a kind of cells."""
        if name not in self._rules:
            rule = DataValidation(**self._limits(name), allow_blank=True)
            rule.promptTitle, rule.prompt = layout.LABELS.get(name, "")[:32], layout.NOTES[name]
            rule.showInputMessage, rule.showErrorMessage = name != "month", name in {"multi_year", "motive", "month"}
            rule.errorTitle, rule.error = "Valore non previsto", layout.NOTES[name]
            self._rules[name] = rule
        return self._rules[name]

    def _limits(self, name: str) -> dict[str, Any]:
        if name == "multi_year":
            return {"type": "list", "formula1": '"sì,no"'}
        if name == "month":
            return {"type": "list", "formula1": f'"{layout.MONTH_SIGN}"'}
        if name in self._lists:
            return {"type": "list", "formula1": self._lists[name]}
        return {"type": None}


def _put_text(cell: Any, text: str) -> None:
    """Write text that stays text, whatever it begins with."""
    if not text:
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
    if text.startswith(_FORMULA):
        cell.quotePrefix = True


def _put_number(cell: Any, text: str) -> None:
    """Write a number as a number; what is none stays as it was typed."""
    try:
        cell.value = float(text.replace(",", ".")) if text else None
    except ValueError:
        _put_text(cell, text)


def lists_of(form: DraftForm) -> dict[str, list[str]]:
    """Return what is chosen from lists: the responsabili of the settore, and why a sheet changes."""
    return {name: list(dict.fromkeys(label for _, label in choices(form, name))) for name in ("manager", "motive")}
