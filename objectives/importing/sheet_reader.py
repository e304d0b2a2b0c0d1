"""Reads one sheet from its lines, part by part of the form, whatever columns it was typed in."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from objectives.importing import sheet_rows as rows
from objectives.importing.exchange_format import ROUNDS
from objectives.importing.findings import WARNING, Notes, Place
from objectives.importing.lines import PARAGRAPH, Line
from objectives.importing.sheet_head import change_word, read_head
from organisation.folding import fold

# the parts of the form, in its order; a row opens a part only when no later one is open
PARTS = (
    "head",
    "sector",
    "title",
    "description",
    "phases",
    "indicators",
    "family",
    "months",
    "reviews",
    "staff",
    "total",
)
PART_NAMES = {
    "sector": "SETTORE",
    "title": "OBIETTIVO",
    "description": "descrizione obiettivo",
    "phases": "Descrizione delle fasi di attuazione",
    "family": "INDICI DI RISULTATO",
    "months": "CRONOPROGRAMMA",
    "reviews": "VERIFICA",
    "staff": "PERSONALE COINVOLTO NELL'OBIETTIVO",
    "total": "totale partecipazione agli obiettivi",
}
_FAMILY = re.compile(r"(?:indic\w*|obiettivi) d(?:i |el |ell'|ella )?(?P<family>\w+)")
_FAMILIES = {
    "quantita": "QUANTITA",
    "tempo": "TEMPO",
    "tempi": "TEMPO",
    "costo": "COSTO",
    "costi": "COSTO",
    "qualita": "QUALITA",
}
_DESCRIPTION = re.compile(r"descrizione(?: dell'| )?(?:obiettivo)?:?")


class SheetReader:
    """Walks over the lines of one sheet. `sheet` is the exchange form of what was read, `parts` which were there."""

    def __init__(self, lines: Sequence[Line], index: int, notes: Notes) -> None:
        self.head = read_head(lines[0])
        self.sheet: dict[str, Any] = {"sector": "", "manager": "", "kind": self.head.kind, "number": self.head.number}
        self.sheet |= {"weight": self.head.weight, "change": self.head.change, "title": "", "description": ""}
        self.sheet |= {"dup_link": "", "phases": [], "indicators": [], "staff": []}
        self.parts = ["head"]
        self.last = lines[-1].place
        self._notes, self._path = notes, f"sheets.{index}"
        self._columns: dict[str, int] = {}
        self._width = 0
        self._family = ""
        self._slots: dict[int, tuple[str, list[str], Place]] = {}
        self._month_columns: dict[int, int] = {}
        self._month_places: dict[int, Place] = {}
        self._right_half = 0
        self._reviews: dict[str, dict[str, str]] = {name: {} for name in ROUNDS}
        notes.places[self._path] = lines[0].place
        for line in lines[1:]:
            self._read(line)
        self._finish()

    def _read(self, line: Line) -> None:
        """Let the line open a part of the form, or be a row of the part that is open."""
        for part, opens in _OPENINGS:
            if PARTS.index(part) >= PARTS.index(self.parts[-1]) and opens(self, line):
                if part != self.parts[-1]:
                    self.parts.append(part)
                return
        _ROWS[self.parts[-1]](self, line)

    # what opens a part

    def _opens_sector(self, line: Line) -> bool:
        if not line.first.startswith("settore") or not any(
            fold(cell).startswith("responsabile") for cell in line.cells
        ):
            return False
        self._columns, self._width = rows.columns_of(line.cells, rows.SECTOR_COLUMNS), len(line.cells)
        return True

    def _opens_title(self, line: Line) -> bool:
        return self._opens_text(line, "title", line.first.rstrip(":") == "obiettivo")

    def _opens_description(self, line: Line) -> bool:
        return self._opens_text(line, "description", bool(_DESCRIPTION.fullmatch(line.first)))

    def _opens_text(self, line: Line, key: str, opens: bool) -> bool:
        if opens:
            self.sheet[key] = " ".join(cell for cell in line.cells[1:] if cell)
            self._notes.places[f"{self._path}.{key}"] = line.place
        return opens

    def _opens_phases(self, line: Line) -> bool:
        return line.first.startswith(("descrizione delle fasi", "fasi di attuazione")) and len(line.filled) == 1

    def _opens_indicators(self, line: Line) -> bool:
        return line.first.startswith(("indici di risultato", "indicatori di risultato")) and len(line.filled) == 1

    def _opens_family(self, line: Line) -> bool:
        if not any(fold(cell).startswith("atteso") for cell in line.cells[1:]):
            return False
        match = _FAMILY.fullmatch(line.first.rstrip(":"))
        word = match["family"] if match else line.first
        self._family = _FAMILIES.get(word, word.upper())
        self._columns, self._width = rows.columns_of(line.cells, rows.INDICATOR_COLUMNS, first="text"), len(line.cells)
        return True

    def _opens_months(self, line: Line) -> bool:
        columns = rows.month_columns(line.cells)
        self._month_columns = columns or self._month_columns
        return bool(columns) or (line.first.rstrip(":") == "cronoprogramma" and len(line.filled) == 1)

    def _opens_reviews(self, line: Line) -> bool:
        halves = [
            index
            for index, cell in enumerate(line.cells)
            if fold(cell).startswith(("verifica intermedia", "verifica finale"))
        ]
        known = len(halves) == 2 or (len(halves) == 1 and "months" in self.parts)
        if not known or (self.parts[-1] == "reviews" and self._right_half):
            return False
        self._right_half = halves[1] if len(halves) == 2 else len(line.cells)
        self._review_row(line)
        return True

    def _opens_staff(self, line: Line) -> bool:
        return line.first.startswith("personale coinvolto") and len(line.filled) == 1

    def _opens_total(self, line: Line) -> bool:
        if self.parts[-1] not in {"staff", "total"} or not line.first.startswith("totale") or self._is_cut(line):
            return False
        self._notes.details[f"{self._path}.staff_total"] = " ".join(cell for cell in line.cells[1:] if cell)
        return True

    def _is_cut(self, line: Line) -> bool:
        """Whether the file ends in the middle of the sheet's last words, which begin like their whole."""
        whole = PART_NAMES["total"]
        return line.place == self.last and whole.startswith(line.first) and line.first not in {whole, "totale"}

    # the rows of a part

    def _head_row(self, line: Line) -> None:
        change = change_word(line.text)
        if change and not self.sheet["change"]:
            self.sheet["change"] = change
        else:
            self._unknown(line)

    def _sector_row(self, line: Line) -> None:
        for key, value in rows.by_columns(line.cells, self._columns, self._width).items():
            self.sheet[key] = f"{self.sheet[key]} {value}".strip()
        self._notes.places.setdefault(f"{self._path}.sector", line.place)
        self._notes.places.setdefault(f"{self._path}.manager", line.place)

    def _text_row(self, line: Line) -> None:
        key = self.parts[-1]
        if not line.cells[0] and line.filled:
            self.sheet[key] = f"{self.sheet[key]} {line.text}".strip()
        elif key == "description" or not self.sheet[key]:
            self.sheet[key] = PARAGRAPH.join(text for text in (self.sheet[key], line.text) if text)
        else:
            self._unknown(line)

    def _phase_row(self, line: Line) -> None:
        found = rows.phases_of(line.cells)
        if not found:
            self._unknown(line)
        for slot, text in found:
            if slot in self._slots:
                self._note_double(slot, line)
            elif text:
                self._slots[slot] = (text, [], line.place)

    def _note_double(self, slot: int, line: Line) -> None:
        self._notes.add("E", "I04", f"Il posto {slot} delle fasi è scritto due volte: lasciarne uno.", line.place)

    def _family_row(self, line: Line) -> None:
        values = rows.by_columns(line.cells, self._columns, self._width)
        row = {key: values.get(key, "") for key in ("text", "expected", "achieved", "deviation")}
        self._notes.places[f"{self._path}.indicators.{len(self.sheet['indicators'])}"] = line.place
        self.sheet["indicators"].append({"family": self._family} | row)

    def _month_row(self, line: Line) -> None:
        slot = rows.slot_number(line.cells[0])
        if slot is None or not self._month_columns:
            self._unknown(line)
            return
        year = self.head.year if isinstance(self.head.year, int) else 0
        months = rows.months_of(line.cells, self._month_columns, year)
        text, earlier, place = self._slots.get(slot, ("", [], line.place))
        if months and not text:
            message = f"Il cronoprogramma segna dei mesi per la fase {slot}, che non ha testo: controllare."
            self._notes.add(WARNING, "I05", message, line.place)
        if months:
            self._month_places[slot] = line.place
        if text or months:
            self._slots[slot] = (text, sorted({*earlier, *months}), place)

    def _review_row(self, line: Line) -> None:
        key = next((key for cell in line.cells if (key := rows.review_label(cell))), None)
        if key is None:
            self._unknown(line)
            return
        middle = rows.second_label(line.cells, key) or self._right_half
        halves = (line.cells[:middle], line.cells[middle:])
        swapped = key == "date" and fold(line.cells[0]).startswith("verifica finale")
        for name, half in zip(reversed(ROUNDS) if swapped else ROUNDS, halves, strict=True):
            self._review_value(name, key, rows.review_value(half, key), line)

    def _review_value(self, name: str, key: str, value: str, line: Line) -> None:
        if value and key in {"analysis", "measures"}:
            self._unknown(line)
        elif value:
            self._reviews[name][key] = value
            self._notes.places.setdefault(f"{self._path}.reviews", line.place)

    def _staff_row(self, line: Line) -> None:
        if self._is_cut(line):
            return  # that the sheet's last part is missing is said once, at its end
        columns = rows.columns_of(line.cells, rows.STAFF_COLUMNS)
        if line.first.startswith("cat") and "name" in columns:
            self._columns, self._width = columns, len(line.cells)
        elif {"category", "name", "share"} <= self._columns.keys():
            self._notes.places[f"{self._path}.staff.{len(self.sheet['staff'])}"] = line.place
            self.sheet["staff"].append(rows.by_columns(line.cells, self._columns, self._width))
        else:
            self._unknown(line)

    def _unknown(self, line: Line) -> None:
        shown = line.text if len(line.text) <= 80 else f"{line.text[:80]}…"
        message = f"Il testo «{shown}» non è una parte riconosciuta della scheda e non viene registrato."
        self._notes.add(WARNING, "I05", message, line.place)

    def _finish(self) -> None:
        for index, (slot, (text, months, place)) in enumerate(sorted(self._slots.items())):
            self.sheet["phases"].append({"slot": slot, "text": text, "months": months})
            self._notes.places[f"{self._path}.phases.{index}"] = place
            if slot in self._month_places:
                self._notes.places[f"{self._path}.phases.{index}.months"] = self._month_places[slot]
        empty = dict.fromkeys(("date", "value_average", "time_average", "causes", "effects", "taken", "to_take"), "")
        reviews = [{"round": name} | empty | found for name, found in self._reviews.items() if found]
        if reviews:
            self.sheet["reviews"] = reviews


_Opens = Callable[[SheetReader, Line], bool]
_OPENINGS: tuple[tuple[str, _Opens], ...] = (
    ("sector", SheetReader._opens_sector),
    ("title", SheetReader._opens_title),
    ("description", SheetReader._opens_description),
    ("phases", SheetReader._opens_phases),
    ("indicators", SheetReader._opens_indicators),
    ("family", SheetReader._opens_family),
    ("months", SheetReader._opens_months),
    ("reviews", SheetReader._opens_reviews),
    ("staff", SheetReader._opens_staff),
    ("total", SheetReader._opens_total),
)
_ROWS: dict[str, Callable[[SheetReader, Line], None]] = {
    "head": SheetReader._head_row,
    "sector": SheetReader._sector_row,
    "title": SheetReader._text_row,
    "description": SheetReader._text_row,
    "phases": SheetReader._phase_row,
    "indicators": SheetReader._unknown,
    "family": SheetReader._family_row,
    "months": SheetReader._month_row,
    "reviews": SheetReader._review_row,
    "staff": SheetReader._staff_row,
    "total": SheetReader._unknown,
}
