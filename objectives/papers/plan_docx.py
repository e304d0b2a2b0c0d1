"""A plan at a moment as .docx: its settori one after the other, each sheet in the official form."""

from datetime import UTC, datetime
from itertools import groupby

from documents.word import WordFile
from objectives.exchange import plan_header, sheet_to_dict
from objectives.models import Plan, Sheet
from objectives.moments import Moment
from objectives.papers.sheet_docx import add_sheet
from objectives.pdf import form_from_exchange
from objectives.snapshots import snapshot
from objectives.weights import WeightSum, written

LIST_WIDTHS = (12, 102, 20, 40)


def plan_docx(plan: Plan, moment: Moment) -> bytes:
    """Return the .docx of what `plan` holds at `moment`, in four queries."""
    sheets = list(Sheet.objects.of(plan).in_force(moment.acts).with_rows())
    sheets.sort(key=lambda sheet: (sheet.sector.match_key, sheet.number, sheet.pk))
    title = f"{plan}, {moment.label}"
    footer = f"{plan.entity.name} · {title}"
    file = WordFile(title=title, author=plan.entity.name, created=datetime.now(UTC), footer=footer)
    file.title(plan.entity.name.upper())
    file.heading(f"{plan}".upper(), 1)
    file.subtitle(f"{moment.label[0].upper()}{moment.label[1:]}")
    if plan.entity.is_demo:
        file.paragraph("DATI DIMOSTRATIVI", strong=True)
    if not sheets:
        file.paragraph("In questo momento il piano non ha obiettivi in vigore.")
    for sector, own in groupby(sheets, key=lambda sheet: sheet.sector):
        _add_sector(file, plan, sector.name, list(own))
    return file.content()


def _add_sector(file: WordFile, plan: Plan, name: str, sheets: list[Sheet]) -> None:
    weights = WeightSum([sheet.weight for sheet in sheets], plan.weight_total, plan.weight_tolerance)
    file.heading(name, 2, new_page=True)
    file.paragraph(f"{weights.sentence}.")
    rows = [[str(sheet.number), _title(sheet), written(sheet.weight), _act(sheet)] for sheet in sheets]
    file.table(LIST_WIDTHS, [["N°", "Obiettivo", "Peso", "Testo della"]], rows)
    for sheet in sheets:
        if sheet.on_file:
            _add_sheet(file, plan, sheet)


def _add_sheet(file: WordFile, plan: Plan, sheet: Sheet) -> None:
    act = sheet.deliberation
    named = {"body": act.body, "number": act.number, "year": act.year, "date": None} if act else {}
    document = {"entity": plan.entity.name, "act": named, "plan": plan_header(plan)}
    form = form_from_exchange(sheet_to_dict(sheet), document, version=sheet.version_id, plan_name=plan.name)
    add_sheet(file, form, snapshot(sheet), None)


def _title(sheet: Sheet) -> str:
    return sheet.title if sheet.on_file else "testo non in archivio"


def _act(sheet: Sheet) -> str:
    return sheet.deliberation.dated if sheet.deliberation else ""
