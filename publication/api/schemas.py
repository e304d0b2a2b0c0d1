"""The JSON Schemas of what the interface tells (OpenAPI 3.1 takes them as they are)."""

from typing import Any

from objectives.choices import Change
from publication.schema import ACT, DAY, OBJECTIVE, TEXT, WHOLE, many, thing

Schema = dict[str, Any]
ADDRESS: Schema = {"type": "string", "format": "uri"}
CODE: Schema = {"type": "string", "description": "il codice nell'indirizzo: gc-100-2022"}
YES: Schema = {"type": "boolean"}
VARIATION: Schema = {"enum": [*Change.values, None], "description": "null: il testo dell'atto non è in archivio"}


def _or_null(schema: Schema) -> Schema:
    return {"oneOf": [schema, {"type": "null"}]}


def named(name: str) -> Schema:
    """A reference to one of SCHEMAS."""
    return {"$ref": f"#/components/schemas/{name}"}


def _page(name: str) -> Schema:
    """A page of a list. The addresses of the pages beside it stand in the `Link` header too (RFC 8288)."""
    counted = {"type": "integer", "minimum": 0}
    return thing(
        {
            "pagina": counted,
            "pagine": counted,
            "totale": {**counted, "description": "quanti elementi in tutte le pagine"},
            "precedente": _or_null(ADDRESS),
            "successiva": _or_null(ADDRESS),
            "elementi": many(named(name)),
        }
    )


_ACT: Schema = {
    "codice": CODE,
    **ACT["properties"],
    "organo": TEXT,
    "numero": WHOLE,
    "anno": WHOLE,
    "oggetto": TEXT,
    "testo_in_archivio": {**YES, "description": "false: lo si conosce solo perché un altro atto lo cita"},
    "obiettivi": {**ADDRESS, "description": "il piano come risulta dopo questo atto"},
    "pagina": ADDRESS,
    "pdf": ADDRESS,
}
_OBJECTIVE: Schema = {
    **OBJECTIVE["properties"],
    "variazione": VARIATION,
    "motivo": TEXT,
    "rettifiche": many(thing({"dove": TEXT, "scritto": TEXT, "si_legga": TEXT, "del": DAY})),
    "atto": CODE,
    "pagina": ADDRESS,
    "pdf": ADDRESS,
}
_ONE = {
    "Ente": thing(
        {"codice": TEXT, "nome": TEXT, "dati_dimostrativi": YES, "piani": ADDRESS, "pagina": ADDRESS},
    ),
    "Piano": thing(
        {
            "anno": WHOLE,
            "nome": TEXT,
            "triennio": _or_null(many(WHOLE)),
            "pubblicato_fino_al": {"type": "string", "format": "date"},
            "relazione": _or_null(thing({**ACT["properties"], "pdf": ADDRESS})),
            **dict.fromkeys(("obiettivi", "atti", "validazioni", "pagina"), ADDRESS),
        }
    ),
    "Obiettivo": thing(_OBJECTIVE),
    "Atto": thing(_ACT),
    "Validazione": thing(
        {
            "oggetto": {"enum": ["PIANO", "RELAZIONE"]},
            "atto": _or_null(CODE),
            "esito": TEXT,
            "verbale_del": DAY,
            "codice_di_controllo": {"type": ["string", "null"]},
            "verifica": _or_null(ADDRESS),
        }
    ),
}
SCHEMAS: dict[str, Schema] = {
    **_ONE,
    "AttoConVariazioni": thing(
        {
            **_ACT,
            "variazioni": many(
                thing(
                    {
                        "codice": {**TEXT, "format": "uuid"},
                        "settore": TEXT,
                        "numero": WHOLE,
                        "obiettivo": TEXT,
                        "variazione": VARIATION,
                        "motivo": TEXT,
                    }
                )
            ),
        }
    ),
    "ObiettivoInDettaglio": thing({**_OBJECTIVE, "eliminato": {**YES, "description": "true: non è più nel piano"}}),
    **{f"Pagina{name}": _page(name) for name in _ONE},
    "Problema": {
        **thing({"type": {**TEXT, "format": "uri-reference"}, "title": TEXT, "status": WHOLE, "detail": TEXT}),
        "additionalProperties": True,
        "description": "Una risposta senza dati (RFC 9457); «parametro» dice quale non va, se è uno.",
    },
}
