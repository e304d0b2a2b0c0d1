"""What the interface tells of each thing, as JSON: nothing that the public pages don't."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from deliberations.models import Deliberation
from evaluations.models import Validation
from organisation.models import Entity
from publication.hidden_names import HiddenNames
from publication.open_data import act_data, objective_data
from publication.plans import PublicPlan
from publication.sheets import PublicSheet

Data = dict[str, Any]


@dataclass(frozen=True)
class Teller:
    """Tells of things with their addresses, absolute as `request` came in."""

    request: HttpRequest

    def address(self, name: str, *parts: object) -> str:
        """Return the absolute address of a page, a file or an operation."""
        return self.request.build_absolute_uri(reverse(name, args=parts))

    def entity(self, one: Entity) -> Data:
        """Tell of an entity."""
        return {
            "codice": one.slug,
            "nome": one.name,
            "dati_dimostrativi": one.is_demo,
            "piani": self.address("api_plans", one.slug),
            "pagina": self.address("public", one.slug),
        }

    def plan(self, found: PublicPlan) -> Data:
        """Tell of a plan, with the addresses of what it holds."""
        plan, at = found.plan, (found.plan.entity.slug, found.plan.year)
        return {
            "anno": plan.year,
            "nome": plan.name,
            "triennio": [plan.triennium_start, plan.triennium_end] if plan.triennium_start else None,
            "pubblicato_fino_al": found.until.isoformat(),
            "relazione": self.report(found),
            "obiettivi": self.address("api_objectives", *at),
            "atti": self.address("api_acts", *at),
            "validazioni": self.address("api_validations", *at),
            "pagina": self.address("public_plan", *at),
        }

    def report(self, found: PublicPlan) -> Data | None:
        """Tell of the approved Relazione, if there is one."""
        if found.report is None or found.report.act is None:
            return None
        act = found.report.act
        return {
            **act_data(act.short, act.session_on, act.in_force_from),
            "pdf": self.address("public_report", found.plan.entity.slug, found.plan.year),
        }

    def act(self, found: PublicPlan, act: Deliberation, hidden: HiddenNames) -> Data:
        """Tell of an act of the plan."""
        at = (found.plan.entity.slug, found.plan.year, act.slug)
        return {
            "codice": act.slug,
            **act_data(act.short, act.session_on, act.in_force_from),
            "organo": act.body,
            "numero": act.number,
            "anno": act.year,
            "oggetto": hidden.out_of(act.subject),
            "testo_in_archivio": act.on_file,
            "obiettivi": self.address("api_objectives_after", *at),
            "pagina": self.address("public_plan_after", *at),
            "pdf": self.address("public_plan_pdf", *at),
        }

    def objective(self, found: PublicPlan) -> Callable[[PublicSheet], Data]:
        """Return what tells of a version of an objective of this plan."""
        plan = self.address("public_plan", found.plan.entity.slug, found.plan.year)

        def told(sheet: PublicSheet) -> Data:
            page = f"{plan}dopo/{sheet.act_slug}/schede/{sheet.objective}/"
            corrections = [
                {"dove": one.place, "scritto": one.written, "si_legga": one.right, "del": one.noted_on.isoformat()}
                for one in sheet.corrections
            ]
            return {
                **objective_data(sheet),
                "variazione": sheet.change or None,
                "motivo": sheet.motive,
                "rettifiche": corrections,
                "atto": sheet.act_slug,
                "pagina": page,
                "pdf": f"{page}scheda.pdf",
            }

        return told

    def validation(self, one: Validation) -> Data:
        """Tell what the Nucleo decided."""
        return {
            "oggetto": "PIANO" if one.act else "RELAZIONE",
            "atto": one.act.slug if one.act else None,
            "esito": one.get_state_display(),
            "verbale_del": one.minutes_on.isoformat() if one.minutes_on else None,
            "codice_di_controllo": one.code or None,
            "verifica": self.address("check_code", one.code) if one.code else None,
        }


def variation(sheet: PublicSheet) -> Data:
    """Tell what an act did to an objective."""
    return {
        "codice": sheet.code,
        "settore": sheet.sector,
        "numero": sheet.number,
        "obiettivo": sheet.title,
        "variazione": sheet.change or None,
        "motivo": sheet.motive,
    }
