"""Reads a file with sheets, of whatever kind: the workbook that the program made, or a Word file."""

import io
import zipfile
from dataclasses import dataclass, field

from documents.file_types import BROKEN_ZIP
from documents.workbooks import NotAWorkbook, read_workbook
from objectives.importing.docx_document import MAIN_PART
from objectives.importing.findings import Clock, Limits, Unreadable
from objectives.models import Plan
from objectives.sheet_files.from_word import sheets_in_word
from objectives.sheet_files.from_workbook import Asked, sheets_in
from objectives.sheet_files.template import GUIDE, LISTS
from objectives.sheet_files.words import FileSheet

OURS = {GUIDE, LISTS}
NO_SHEETS = (
    "Nel file non ci sono schede del modello: scaricare il modello da questa pagina, compilarlo e caricare quello."
)


@dataclass
class SheetsRead:
    """What a file says. `refusal` is why it can't be read, if it can't; `notes` what was not read in it."""

    sheets: list[FileSheet] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refusal: str = ""


def read_sheets(content: bytes, plan: Plan, limits: Limits) -> SheetsRead:
    """Read a file with sheets of `plan`. Never raises for what is in it."""
    try:
        if is_word(content):
            return SheetsRead(sheets_in_word(content, plan, limits))
        return _from_workbook(content, plan, limits)
    except NotAWorkbook as refusal:
        return SheetsRead(refusal=str(refusal))
    except Unreadable as refusal:
        return SheetsRead(refusal=refusal.finding.message)


def is_word(content: bytes) -> bool:
    """Whether a file is a Word file, by the part that only those have."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return MAIN_PART in package.namelist()
    except BROKEN_ZIP:
        return False


def _from_workbook(content: bytes, plan: Plan, limits: Limits) -> SheetsRead:
    worksheets = read_workbook(content, limits.max_sheets, Clock(limits).check)
    sheets, others = sheets_in(worksheets, Asked(plan.entity.slug, plan.year))
    if not sheets:
        return SheetsRead(refusal=NO_SHEETS)
    notes = [f"Il foglio «{name}» non è del modello e non è stato letto." for name in others if name not in OURS]
    return SheetsRead(sheets, notes)
