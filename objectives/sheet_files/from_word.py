"""Reads the sheets of a Word file in the official form, as an act is read, and finds the versions they continue."""

from collections.abc import Iterable
from typing import Any

from objectives.choices import Change, Family
from objectives.forms.expected_value import written_number
from objectives.forms.typed import Typed, TypedRow, settle
from objectives.importing.act_reader import read_sheets
from objectives.importing.docx_document import read_docx
from objectives.importing.findings import ERROR, Clock, Finding, Limits, Notes
from objectives.importing.sheet_reader import SheetReader
from objectives.models import Indicator, Participation, Phase, Plan, Sheet
from objectives.models.rows import Row
from objectives.sheet_files.words import YES, FileSheet, Problem
from objectives.sheet_rows import is_multi_year, keep_keys
from organisation.folding import fold, sector_key
from organisation.models import Sector

TOLD = {"I05", "I06", "I03"}
"""What a person must know who brings sheets of their own: what was not understood, and what is missing."""


def sheets_in_word(content: bytes, plan: Plan, limits: Limits) -> list[FileSheet]:
    """Return the sheets of a .docx, each with the version that it continues. Raises Unreadable."""
    clock, notes = Clock(limits), Notes()
    readers, _ = read_sheets(read_docx(content, limits, clock, notes), limits, clock, notes)
    sectors = {sector.match_key: sector for sector in plan.entity.sectors.all()}
    tails = Sheet.objects.of(plan).filter(successor=None).with_rows().order_by("state", "pk")
    standing = [sheet for sheet in tails if not (sheet.is_adopted and sheet.change == Change.ELIMINATO)]
    found = [_file_sheet(reader, index, plan, sectors, standing, notes) for index, reader in enumerate(readers)]
    _tell(found, readers, notes)
    return found


def _file_sheet(
    reader: SheetReader, index: int, plan: Plan, sectors: dict[str, Sector], standing: list[Sheet], notes: Notes
) -> FileSheet:
    content, path = reader.sheet, f"sheets.{index}"
    sector = sectors.get(sector_key(content["sector"]))
    base = next((one for one in standing if sector and _is_same(one, sector, content)), None)
    file = FileSheet(
        f"scheda {index + 1} ({content['sector']} n° {content['number']})",
        _words(content, plan, base),
        version=base.pk if base else 0,
        sector=str(sector.pk) if sector else "",
        change=content["change"],
    )
    file.stray = _stray(reader, plan, sector, base)
    begins = notes.places[path].line
    file.places = {f"id_{name}": _line(notes, f"{path}.{name}", begins) for name in ("title", "description", "manager")}
    for kind, rows in (("fase", file.words.phases), ("indice", file.words.indicators), ("persona", file.words.staff)):
        listed = {"fase": "phases", "indice": "indicators", "persona": "staff"}[kind]
        for place, row in enumerate(rows):
            for name in row.values:
                file.places[f"id_{kind}-{row.key}-{name}"] = _line(notes, f"{path}.{listed}.{place}", begins)
    return file


def _is_same(sheet: Sheet, sector: Sector, content: dict[str, Any]) -> bool:
    return sheet.sector_id == sector.pk and sheet.number == content["number"]


def _stray(reader: SheetReader, plan: Plan, sector: Sector | None, base: Sheet | None) -> str:
    """Why a sheet is none of this plan's; empty for one that is."""
    head, content = reader.head, reader.sheet
    if fold(head.entity) != fold(plan.entity.name):
        return f"è di «{head.entity}», non di «{plan.entity.name}»"
    if head.year != plan.year:
        return f"è dell'anno {head.year}: caricarla dalla pagina di quel piano"
    if sector is None:
        return f"il settore «{content['sector']}» non è in archivio: scriverlo come nelle altre schede"
    if base is None and content["change"] in (Change.MODIFICATO, Change.ELIMINATO):
        return f"è segnata {content['change']}, ma nel piano il settore non ha una scheda n° {content['number']}"
    return ""


def _words(content: dict[str, Any], plan: Plan, base: Sheet | None) -> Typed:
    weight = content["weight"]
    fields = {name: [content[name]] for name in ("kind", "title", "description", "dup_link", "manager")}
    fields |= {"number": [str(content["number"])], "weight": [_number(weight)]}
    if base is None:
        fields["multi_year"] = [YES if is_multi_year(content, plan.year) else ""]
    phases = [Phase(position=one["slot"], text=one["text"], months=one["months"]) for one in content["phases"]]
    indicators = [
        Indicator(position=place, family=one["family"], text=one["text"], expected=one["expected"])
        for place, one in enumerate(content["indicators"], start=1)
    ]
    staff = [Participation(position=place, **one) for place, one in enumerate(content["staff"], start=1)]
    if base is not None:
        keep_keys(phases, base.phases.all(), "text")
        keep_keys(indicators, base.indicators.all(), "family", "text")
        keep_keys(staff, base.participations.all(), "name")
    words = Typed(
        base.row_version if base else 0,
        fields,
        [TypedRow(str(one.key), {"text": [one.text], "months": one.months}, one.position) for one in phases],
        list(_rows([one for one in indicators if one.family in Family.values], "family", "text", "expected")),
        list(_rows(staff, "category", "name", "share")),
    )
    settle(words)
    return words


def _rows(rows: Iterable[Row], *names: str) -> Iterable[TypedRow]:
    return (TypedRow(str(row.key), {name: [getattr(row, name)] for name in names}) for row in rows)


def _number(value: Any) -> str:
    """A number of the head as a person types it; what is none, as it is written."""
    return written_number(value) if hasattr(value, "normalize") else str(value).replace(".", ",")


def _line(notes: Notes, path: str, begins: int) -> str:
    place = notes.places.get(path)
    return f"riga {place.line if place else begins}"


def _tell(found: list[FileSheet], readers: list[SheetReader], notes: Notes) -> None:
    """Put what the reading noted to the sheet in which it stands."""
    begins = [notes.places[f"sheets.{index}"].line for index in range(len(readers))]
    for finding in notes.findings:
        if finding.code not in TOLD and finding.severity != ERROR:
            continue
        before = [index for index, line in enumerate(begins) if line <= (finding.line or begins[0])]
        _note(found[before[-1] if before else 0], finding)


def _note(file: FileSheet, finding: Finding) -> None:
    if finding.severity == ERROR:
        file.problems.append(Problem(finding.where, finding.message))
    else:
        file.notes.append(f"{finding.where}: {finding.message}" if finding.where else finding.message)
