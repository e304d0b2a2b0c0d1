"""Tables as files that offices open: .xlsx (all of them), .csv (one of them), .json (all of them).

The .csv is as spreadsheets in Italy read it: UTF-8 with its mark, semicolons, decimal commas, days as 31/12/2026. Text
that a spreadsheet would take for a formula begins with an apostrophe there (OWASP, "CSV injection").
"""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from documents.spreadsheets import MIME, Table, Value, write_workbook

FORMAT, VERSION = "caluso-perf/tabelle", 1
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
XLSX, CSV, JSON = "xlsx", "csv", "json"


@dataclass(frozen=True)
class TableFile:
    """Tables under one title; `stem` is the name of their file without its ending.

    `facts` are what the tables say of themselves (entity, plan, day): the last sheet of the workbook, the head of the
    .json.
    """

    title: str
    stem: str
    tables: Sequence[Table]
    facts: Sequence[tuple[str, Value]] = field(default_factory=list)


def table_response(file: TableFile, form: str, only: str = "") -> HttpResponse:
    """Answer with a file of this form; `only` names the table of a .csv, as in its address, the first one if empty.

    Raises Http404 with a sentence for a form, or a table, that there is not.
    """
    if form == XLSX:
        return attachment(write_workbook(file.tables, title=file.title), f"{file.stem}.xlsx", MIME)
    if form == JSON:
        return attachment(to_json(file).encode(), f"{file.stem}.json", "application/json")
    if form != CSV:
        raise Http404("Questi dati si scaricano come .xlsx, .csv o .json.")
    table = next((one for one in file.tables if only in ("", slugify(one.name))), None)
    if table is None:
        raise Http404("Questa tabella non c'è: tornare alla pagina e scegliere dal menu «Scarica».")
    name = f"{file.stem}-{slugify(table.name)}.csv" if only else f"{file.stem}.csv"
    return attachment(to_csv(table).encode(), name, "text/csv; charset=utf-8")


def attachment(content: bytes, name: str, mime: str) -> HttpResponse:
    """Answer with a file to be kept, which no cache of others may hold."""
    response = HttpResponse(content, content_type=mime)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def to_csv(table: Table) -> str:
    """Return a table as .csv."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.title for column in table.columns])
    writer.writerows([_written(column.value(thing)) for column in table.columns] for thing in table.things)
    return f"\N{BYTE ORDER MARK}{out.getvalue()}"


def to_json(file: TableFile) -> str:
    """Return all tables as .json: of each a list of objects, with the titles of its columns for names."""
    content = {
        "formato": FORMAT,
        "versione": VERSION,
        "titolo": file.title,
        "scaricato_il": timezone.localdate().isoformat(),
        "dati": {name: _plain(value) for name, value in file.facts},
        "tabelle": {
            table.name: [
                {column.title: _plain(column.value(thing)) for column in table.columns} for thing in table.things
            ]
            for table in file.tables
        },
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def _written(value: Value) -> str:
    """A cell as an office writes it."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", ",")
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA) else text


def _plain(value: Value) -> Any:
    """A value as .json holds it: numbers as numbers, days as "2026-12-31", nothing as null."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
