"""The JSON Schema (draft 2020-12) of the objectives as open data."""

from typing import Any

from objectives.choices import Family
from publication.open_data import FORMAT, LICENCE, VERSION

TEXT, WHOLE = {"type": "string"}, {"type": "integer"}
DAY = {"type": ["string", "null"], "format": "date"}


def thing(properties: dict[str, Any]) -> dict[str, Any]:
    """Exactly these properties, all of them."""
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def many(item: dict[str, Any]) -> dict[str, Any]:
    """A list of it."""
    return {"type": "array", "items": item}


ACT = thing({"atto": {**TEXT, "description": "come lo citano gli uffici: GC 100/2022"}, "del": DAY, "vigente_dal": DAY})
PHASE = thing(
    {
        "casella": {"type": "integer", "minimum": 1, "maximum": 8, "description": "posto della fase nella scheda"},
        "testo": TEXT,
        "mesi": many({"type": "string", "pattern": r"^\d{4}-\d{2}$"}),
    }
)
INDICATOR = thing(
    {
        "famiglia": {"enum": Family.labels},
        "testo": TEXT,
        "atteso": {**TEXT, "description": "come scritto nell'atto"},
        "anno": {"type": ["integer", "null"], "description": "anno a cui si riferisce il valore atteso"},
    }
)
OBJECTIVE = thing(
    {
        "codice": {**TEXT, "format": "uuid", "description": "identità dell'obiettivo, la stessa in ogni versione"},
        "settore": TEXT,
        "responsabile": {**TEXT, "description": "responsabile di servizio, come stampato nell'atto"},
        "numero": WHOLE,
        "peso": {"type": ["number", "null"], "minimum": 0, "maximum": 100, "description": "null: non noto"},
        "tipo": TEXT,
        "obiettivo": TEXT,
        "descrizione": TEXT,
        "collegamento_dup": TEXT,
        "pluriennale": {"type": "boolean"},
        "testo_in_archivio": {"type": "boolean", "description": "false: se ne conoscono solo settore e numero"},
        "approvato_con": ACT,
        "persone_coinvolte": {"type": ["integer", "null"], "description": "solo quante: i nomi non sono pubblici"},
        "fasi": many(PHASE),
        "indicatori": many(INDICATOR),
    }
)
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Obiettivi del Piano della Performance in vigore",
    **thing(
        {
            "$schema": TEXT,
            "formato": {"const": FORMAT},
            "versione": {"const": VERSION},
            "licenza": {"const": LICENCE},
            "ente": TEXT,
            "dati_dimostrativi": {"type": "boolean", "description": "true: ente e dati sono inventati"},
            "piano": thing({"nome": TEXT, "anno": WHOLE}),
            "atti": many(ACT),
            "obiettivi": many(OBJECTIVE),
        }
    ),
}
