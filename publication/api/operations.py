"""Every operation of the interface, once: addresses, document and page are made from this table."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse

from publication.api import views

PAGED = ("pagina", "per_pagina")
PLAN = "enti/{ente}/piani/{anno}"
ROOT = "api/v1/"


@dataclass(frozen=True)
class Operation:
    """An address of the interface: what it is called, what it tells, what may be asked for beside it."""

    name: str
    path: str
    summary: str
    view: Callable[..., HttpResponse]
    schema: str
    query: tuple[str, ...] = ()

    @property
    def in_path(self) -> list[str]:
        """The names of what stands in its address."""
        return re.findall(r"{(\w+)}", self.path)


OPERATIONS = [
    Operation("api_entities", "enti", "Gli enti che pubblicano i loro piani", views.entities, "PaginaEnte", PAGED),
    Operation("api_entity", "enti/{ente}", "Un ente", views.entity, "Ente"),
    Operation("api_plans", "enti/{ente}/piani", "I piani di un ente", views.plans, "PaginaPiano", PAGED),
    Operation("api_plan", PLAN, "Un piano", views.plan, "Piano"),
    Operation(
        "api_objectives",
        f"{PLAN}/obiettivi",
        "Gli obiettivi in vigore oggi, o un altro giorno",
        views.objectives,
        "PaginaObiettivo",
        (*PAGED, "al"),
    ),
    Operation("api_objective", f"{PLAN}/obiettivi/{{codice}}", "Un obiettivo", views.objective, "ObiettivoInDettaglio"),
    Operation(
        "api_objective_versions",
        f"{PLAN}/obiettivi/{{codice}}/versioni",
        "Le versioni di un obiettivo, atto per atto",
        views.objective_versions,
        "PaginaObiettivo",
        PAGED,
    ),
    Operation("api_acts", f"{PLAN}/atti", "Gli atti del piano", views.acts, "PaginaAtto", PAGED),
    Operation("api_act", f"{PLAN}/atti/{{atto}}", "Un atto, con ciò che ha cambiato", views.act, "AttoConVariazioni"),
    Operation(
        "api_objectives_after",
        f"{PLAN}/atti/{{atto}}/obiettivi",
        "Gli obiettivi dopo un atto",
        views.objectives_after,
        "PaginaObiettivo",
        PAGED,
    ),
    Operation(
        "api_validations",
        f"{PLAN}/validazioni",
        "Le decisioni del Nucleo di Valutazione",
        views.decided,
        "PaginaValidazione",
        PAGED,
    ),
]
