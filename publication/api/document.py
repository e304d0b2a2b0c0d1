"""The description of the interface for programs: an OpenAPI 3.1 document, made from the table of its operations."""

from typing import Any

from publication.api.asking import PARAMETERS
from publication.api.operations import OPERATIONS, ROOT, Operation
from publication.api.problems import Kind
from publication.api.schemas import SCHEMAS, named
from publication.open_data import LICENCE

ABOUT = (
    "I piani della performance pubblicati in «Amministrazione trasparente»: piani, obiettivi, atti, validazioni. "
    "Sola lettura, senza accesso. Delle persone coinvolte si dice solo quante sono."
)
SLUG = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}
PATH_PARAMETERS: dict[str, dict[str, Any]] = {
    "ente": {"description": "Il nome breve dell'ente.", "schema": SLUG},
    "anno": {"description": "L'anno del piano.", "schema": {"type": "integer", "minimum": 1990, "maximum": 2200}},
    "codice": {"description": "L'identità dell'obiettivo.", "schema": {"type": "string", "format": "uuid"}},
    "atto": {"description": "Il codice dell'atto: gc-100-2022.", "schema": SLUG},
}
PROBLEM = {"application/problem+json": {"schema": named("Problema")}}


def document(server: str) -> dict[str, Any]:
    """Return the OpenAPI document; `server` is the absolute address of the site."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Dati aperti del Piano della Performance",
            "version": "1.0.0",
            "summary": "Obiettivi, atti e validazioni, come pubblicati",
            "description": ABOUT,
            "license": {"name": "CC BY 4.0", "url": LICENCE},
        },
        "servers": [{"url": f"{server}/{ROOT.rstrip('/')}"}],
        "paths": {f"/{one.path}": {"get": _operation(one)} for one in OPERATIONS},
        "components": {"schemas": SCHEMAS},
    }


def _operation(one: Operation) -> dict[str, Any]:
    problems = {
        Kind.PARAMETRO: "Un parametro non va: la risposta dice quale e perché.",
        Kind.NON_TROVATO: "Non c'è, o non è pubblicato.",
        Kind.TROPPE_RICHIESTE: "Da questo indirizzo, in un minuto: «Retry-After» dice quanto aspettare.",
    }
    if "anno" in one.in_path:
        problems[Kind.NON_PIU_PUBBLICATO] = "I cinque anni di pubblicazione sono finiti."
    return {
        "operationId": one.name.removeprefix("api_"),
        "summary": one.summary,
        "parameters": [
            *({"name": name, "in": "path", "required": True, **PATH_PARAMETERS[name]} for name in one.in_path),
            *({"name": name, "in": "query", **PARAMETERS[name]} for name in one.query),
        ],
        "responses": {
            "200": {"description": "Trovato.", "content": {"application/json": {"schema": named(one.schema)}}},
            **{str(kind.status): {"description": said, "content": PROBLEM} for kind, said in problems.items()},
        },
    }
