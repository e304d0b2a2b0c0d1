"""The objectives in force as open data: .csv (a row for each) and .json (with phases and indicators), CC BY 4.0.

The JSON Schema is public too. Source of the licence: AgID, "Linee guida open data" (2023), which ask for CC BY 4.0.
"""

import csv
import io
from collections.abc import Callable, Iterable
from typing import Any

from organisation.models import Entity
from publication.plans import PublicPlan
from publication.readings import Reading
from publication.sheets import PublicSheet

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
FORMAT, VERSION = "caluso-perf/obiettivi", 1
FORMULA = ("=", "+", "-", "@", "\t", "\r")

Cell = Callable[[PublicSheet], object]


def _weight(sheet: PublicSheet) -> str:
    return "" if sheet.weight is None else sheet.weight_written


COLUMNS: dict[str, tuple[str, Cell]] = {
    "settore": ("nome del settore", lambda sheet: sheet.sector),
    "responsabile": ("responsabile di servizio, come stampato nell'atto", lambda sheet: sheet.manager),
    "numero": ("numero dell'obiettivo nel settore", lambda sheet: sheet.number),
    "peso": ("peso nel settore, con la virgola; vuoto se non noto", _weight),
    "tipo": ("tipo di obiettivo", lambda sheet: sheet.kind),
    "obiettivo": ("titolo", lambda sheet: sheet.title),
    "descrizione": ("descrizione", lambda sheet: sheet.description),
    "collegamento_dup": ("collegamento con il DUP", lambda sheet: sheet.dup_link),
    "pluriennale": ("sì o no", lambda sheet: "sì" if sheet.multi_year else "no"),
    "atto": ("deliberazione che ha approvato il testo", lambda sheet: sheet.act),
    "atto_del": ("giorno della seduta, AAAA-MM-GG", lambda sheet: sheet.act_on),
    "vigente_dal": ("da quando il testo è in vigore, AAAA-MM-GG", lambda sheet: sheet.in_force_from),
    "fasi": ("quante fasi", lambda sheet: len(sheet.phases)),
    "indicatori": ("quanti indicatori", lambda sheet: len(sheet.indicators)),
    "persone_coinvolte": ("quante persone; vuoto se il testo non è in archivio", lambda sheet: sheet.people),
    "codice": ("identità dell'obiettivo, la stessa in ogni versione", lambda sheet: sheet.code),
}
"""The columns of the .csv: what each says, and what of a sheet stands in it."""


def to_csv(sheets: Iterable[PublicSheet]) -> str:
    """Return the .csv file: semicolons and decimal commas, as spreadsheets in Italy read it; UTF-8 with its mark."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_cell(value(sheet)) for _, value in COLUMNS.values()] for sheet in sheets)
    return f"\N{BYTE ORDER MARK}{out.getvalue()}"


def _cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, "CSV injection")."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def to_dict(entity: Entity, found: PublicPlan, read: Reading, schema: str) -> dict[str, Any]:
    """Return the content of the .json file; `schema` is the address of its JSON Schema."""
    return {
        "$schema": schema,
        "formato": FORMAT,
        "versione": VERSION,
        "licenza": LICENCE,
        "ente": entity.name,
        "dati_dimostrativi": entity.is_demo,
        "piano": {"nome": found.plan.name, "anno": found.plan.year},
        "atti": [act_data(act.short, act.session_on, act.in_force_from) for act in found.acts],
        "obiettivi": [objective_data(sheet) for sheet in read.sheets],
    }


def act_data(name: str, on: Any, start: Any) -> dict[str, Any]:
    """Return how the open data name an act."""
    return {"atto": name, "del": on and on.isoformat(), "vigente_dal": start and start.isoformat()}


def objective_data(sheet: PublicSheet) -> dict[str, Any]:
    """Return what the open data tell of a sheet."""
    return {
        "codice": sheet.code,
        "settore": sheet.sector,
        "responsabile": sheet.manager,
        "numero": sheet.number,
        "peso": None if sheet.weight is None else float(sheet.weight),
        "tipo": sheet.kind,
        "obiettivo": sheet.title,
        "descrizione": sheet.description,
        "collegamento_dup": sheet.dup_link,
        "pluriennale": sheet.multi_year,
        "testo_in_archivio": sheet.on_file,
        "approvato_con": act_data(sheet.act, sheet.act_on, sheet.in_force_from),
        "persone_coinvolte": sheet.people,
        "fasi": [{"casella": phase.position, "testo": phase.text, "mesi": phase.months} for phase in sheet.phases],
        "indicatori": [
            {"famiglia": one.family, "testo": one.text, "atteso": one.expected, "anno": one.year}
            for one in sheet.indicators
        ],
    }
